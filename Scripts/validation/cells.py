"""Model cells in NEURON, section by section, and where their compartments lie."""

import numpy as np
from neuron import h

#: Names in descriptions, and NEURON's mechanisms here. A quasi-active channel is the linear one.
MECHANISMS = {
    ("NaTa_t", False): "FastSodium",
    ("SKv3_1", False): "FastPotassium",
    ("Ih", False): "HCurrent",
    ("Ih", True): "HCurrentLinear",
}


class Shape:
    """Compartments of a cell whose soma is at the origin: ends (n x 3, um), diameters, areas, sections."""

    def __init__(self, cell):
        starts, ends, names = [], [], []
        for name, section in cell["sections"].items():
            points = np.array(section["points"], float)[:, :3]
            along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
            n = cell["discretization"]["counts"].get(name, 1)
            edges = np.linspace(0, along[-1], n + 1)
            at = np.stack([np.interp(edges, along, points[:, k]) for k in range(3)], axis=1)
            starts.append(at[:-1])
            ends.append(at[1:])
            names += [name] * n
        self.starts, self.ends = np.concatenate(starts), np.concatenate(ends)
        self.section = np.array(names)
        built = build(cell, linear=True)
        self.area = np.array([segment.area() for segment in segments(built)])
        self.diameter = np.array([segment.diam for segment in segments(built)])

    @property
    def middles(self):
        return (self.starts + self.ends) / 2

    def __len__(self):
        return len(self.area)


def build(cell, linear, reversals=None, without=()):
    """The sections of one cell by name.

    With `linear`, quasi-active channels are the linear ones, else the real ones; channels in `without`
    are left out. `reversals` are the leak's reversal potentials, one for each compartment.
    """
    sections = {}
    for name, spec in cell["sections"].items():
        section = h.Section(name=name)
        for x, y, z, diameter in spec["points"]:
            section.pt3dadd(x, y, z, diameter)
        if "parent" in spec:
            parent, place = spec["parent"].rstrip(")").split("(")
            section.connect(sections[parent](float(place)), 0)
        section.Ra, section.cm = cell.get("Ra", 100), cell.get("cm", 1)
        section.nseg = cell["discretization"]["counts"].get(name, 1)
        sections[name] = section
    for entry in cell["membrane"]:
        (channel, values), = ((k, v) for k, v in entry.items() if k != "sections")
        for name in entry.get("sections", sections) if channel not in without else ():
            insert(sections[name], channel, values, cell["vrest"], linear)
    if reversals is not None:
        for segment, e in zip(segments(sections), reversals):
            segment.e_pas = e
    return sections


def segments(sections):
    return [segment for section in sections.values() for segment in section]


def insert(section, channel, values, rest, linear):
    if channel == "passive":
        section.insert("pas")
        section.g_pas = values["g"]
        return
    is_linear = linear and values.get("approximation", "quasi_active") == "quasi_active"
    mechanism = MECHANISMS[channel, is_linear]
    section.insert(mechanism)
    setattr(section, "gbar_" + mechanism, values["g"])
    if is_linear:
        setattr(section, "vr_" + mechanism, rest)
    if mechanism == "FastSodium":
        section.ena = 50
    if mechanism == "FastPotassium":
        section.ek = -85


def reversals_at_rest(cell, linear):
    """Reversal potentials of the leak with which no current flows at the cell's `vrest`."""
    sections = build(cell, linear)
    rest = cell["vrest"]
    h.finitialize(rest)
    h.fcurrent()
    names = ("ina", "ik", "i_HCurrent", "i_HCurrentLinear")
    return [
        rest + sum(getattr(s, name) for name in names if hasattr(s, name)) / s.g_pas
        for s in segments(sections)]


def frozen(cell, reversal):
    """Leaks, S/cm2 and mV for each compartment, that stand for the leak and the channels that spike, with
    their gates as they are at `vrest`."""
    sections = build(cell, linear=False)
    h.finitialize(cell["vrest"])
    leaks = []
    for segment in segments(sections):
        conductances = [(segment.g_pas, reversal)]
        if hasattr(segment, "gbar_FastSodium"):
            open_ = segment.m_FastSodium**3 * segment.h_FastSodium
            conductances.append((segment.gbar_FastSodium * open_, segment.ena))
        if hasattr(segment, "gbar_FastPotassium"):
            conductances.append((segment.gbar_FastPotassium * segment.m_FastPotassium, segment.ek))
        total = sum(g for g, _ in conductances)
        leaks.append((total, sum(g * e for g, e in conductances) / total))
    return leaks
