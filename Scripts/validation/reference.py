"""Kernels of LFPykernels for a description: discs on the axis and the dipole."""

import importlib.util
import itertools
from pathlib import Path

import neuron
import numpy as np
from neuron import h

import cells
import description

NUMBERS = itertools.count()


def template(cell, name):
    """The cell as a template in hoc, which is what LFPykernels takes. Frozen channels are part of the leak."""
    sections = list(cell["sections"].items())
    lines = [f"begintemplate {name}", "public init, all", "public " + ", ".join(n for n, _ in sections),
             "objref all", "create " + ", ".join(n for n, _ in sections), "proc init() {", "all = new SectionList()"]
    leaks = leak(cell)
    for section, spec in sections:
        lines += [f"{section} {{", "all.append()", f"nseg = {cell['discretization']['counts'].get(section, 1)}",
                  f"Ra = {cell.get('Ra', 100)}", f"cm = {cell.get('cm', 1)}"]
        lines += [f"pt3dadd({x}, {y}, {z}, {d})" for x, y, z, d in spec["points"]]
        lines += ["insert pas", f"g_pas = {leaks[section]!r}", f"e_pas = {cell['vrest']}"]
        for entry in cell["membrane"]:
            if "Ih" in entry and section in entry.get("sections", [section]):
                lines += ["insert HCurrentLinear", f"gbar_HCurrentLinear = {entry['Ih']['g']}",
                          f"vr_HCurrentLinear = {cell['vrest']}"]
        lines.append("}")
    for section, spec in sections:
        if "parent" in spec:
            lines.append(f"connect {section}(0), {spec['parent']}")
    return "\n".join(lines + ["}", f"endtemplate {name}", ""])


def leak(cell):
    """The leak of each section with that of frozen channels, S/cm2."""
    sections = cells.build(cell, linear=True)
    h.finitialize(cell["vrest"])
    result = {}
    for name, section in sections.items():
        segment = section(0.5)
        result[name] = float(segment.g_pas)
        if hasattr(segment, "gbar_FastSodium"):
            result[name] += segment.gbar_FastSodium * segment.m_FastSodium**3 * segment.h_FastSodium
        if hasattr(segment, "gbar_FastPotassium"):
            result[name] += segment.gbar_FastPotassium * segment.m_FastPotassium
    return result


def kernels(network, folder):
    """`(X, Y): {probe: outputs x lags}`, lags dt ... tau, for probes of two kinds."""
    load_mechanisms()
    dt, tau = network["time"]["dt"], network["time"]["tau"]
    pathways = list(description.connections(network))
    result = {}
    for name in description.postsynaptic(network):
        onto = [p for p in pathways if p["post"] == name]
        for pathway in onto:
            # NEURON keeps templates by name, so that no two may have the same.
            kernel, probes = approximation(network, name, onto, folder, f"Reference{next(NUMBERS)}")
            result[pathway["pre"], name] = {
                probe: kernel.get_kernel(
                    probes=[model], Vrest=vrest(network, name), dt=dt, X=pathway["pre"], t_X=200,
                    tau=tau, g_eff=kernel.conductance_based, fir=True)[type(model).__name__]
                for probe, model in probes.items()}
    return result


def load_mechanisms():
    """LFPykernels' synapses that inject currents; a second time NEURON does nothing."""
    places = importlib.util.find_spec("lfpykernels").submodule_search_locations
    neuron.load_mechanisms(str(Path(list(places)[0]) / "tests"))


def vrest(network, name):
    rest = network["cells"][network["populations"][name]["cell"]]["vrest"]
    return [float(v) for v in rest] if isinstance(rest, list) else float(rest)


def approximation(network, name, onto, folder, template_name):
    import lfpykernels
    from scipy import stats

    populations, population = network["populations"], network["populations"][name]
    cell = network["cells"][population["cell"]]
    file = folder / f"{template_name}.hoc"
    file.write_text(template(cell, template_name))
    depth = population["somata"]["depth"]["norm"]
    conductances = not onto[0]["synapse"].get("current")
    external = population.get("external", {"count": 0, "rate": 0, "synapse": {
        "exp2": {"weight": 0.0, "tau1": 0.2, "tau2": 1.8, "e": 0}}})

    def synapse(spec):
        return {"syntype": "Exp2Syn" if conductances else "SynapticCurrent", **spec["exp2"]}

    def place(placement):
        listed = placement["depth"] if isinstance(placement["depth"], list) else [placement["depth"]]
        return {
            "section": placement["sections"], "fun": [stats.norm] * len(listed),
            "funargs": [dict(c["norm"]) for c in listed], "funweights": [c.get("weight", 1.0) for c in listed]}

    def truncated(spec):
        law = spec["truncnorm"]
        ends = (law.get(k, f) for k, f in (("low", -np.inf), ("high", np.inf)))
        a, b = ((end - law["loc"]) / law["scale"] for end in ends)
        return {"a": a, "b": b, "loc": law["loc"], "scale": law["scale"]}

    kernel = lfpykernels.KernelApprox(
        X=[p["pre"] for p in onto], Y=name,
        N_X=np.array([populations[p["pre"]]["size"] for p in onto]), N_Y=population["size"],
        C_YX=np.array([p["probability"] for p in onto]),
        cellParameters={
            "templatefile": str(file), "templatename": template_name, "templateargs": None,
            "morphology": str(file), "delete_sections": False, "v_init": vrest_start(cell),
            "passive": False, "nsegs_method": None},
        populationParameters={
            "radius": population["somata"]["radius"], "loc": depth["loc"], "scale": depth["scale"]},
        rotationParameters={"x": 0, "y": 0},
        multapseFunction=stats.truncnorm, multapseParameters=[truncated(p["multapses"]) for p in onto],
        delayFunction=stats.truncnorm, delayParameters=[truncated(p["delay"]) for p in onto],
        synapseParameters=[synapse(p["synapse"]) for p in onto],
        synapsePositionArguments=[place(p["placement"]) for p in onto],
        extSynapseParameters=synapse(external["synapse"]),
        nu_ext=external["rate"], n_ext=external["count"],
        nu_X={p["pre"]: populations[p["pre"]]["rate"] for p in onto}, conductance_based=conductances)
    return kernel, models(network, name, depth)


def vrest_start(cell):
    return cell["vrest"][0] if isinstance(cell["vrest"], list) else cell["vrest"]


def models(network, name, depth):
    import lfpykernels
    import potentials

    result = {}
    for probe, entry in network["probes"].items():
        (kind, spec), = entry.items()
        if kind == "gauss_cylinder":
            result[probe] = lfpykernels.GaussCylinderPotential(
                cell=None, z=potentials.contacts_of(spec)[:, 2], sigma=float(spec["sigma"]),
                R=network["populations"][name]["somata"]["radius"], sigma_z=depth["scale"])
        elif kind == "population_dipole":
            result[probe] = lfpykernels.KernelApproxCurrentDipoleMoment(cell=None)
    return result


def predict(kernels_, spikes, steps, dt):
    """Signals at steps 0, 1, ... `steps` of the probes that LFPykernels has."""
    counts = {name: np.bincount(step, minlength=steps + 1)[:steps + 1] for name, (_, step) in spikes.items()}
    result = {}
    for (pre, _), probes in kernels_.items():
        for probe, kernel in probes.items():
            # Lags begin at dt, so that a spike in step n acts at n + 1 first.
            signal = np.array([np.convolve(counts[pre], [0, *taps])[:steps + 1] for taps in kernel])
            result[probe] = result.get(probe, 0) + signal
    return result
