"""What a contact measures of each cell, as cells x outputs x compartments, mV/nA."""

import numpy as np


def points(placed, diameter, contacts, sigma):
    contacts = np.asarray(contacts, float)
    away = np.linalg.norm(placed.middles[:, None] - contacts[None, :, None], axis=3)
    return 1 / (4 * np.pi * sigma * np.maximum(away, diameter / 2))


def lines(placed, diameter, contacts, sigma):
    contacts = np.asarray(contacts, float)[None, :, None]
    start, end = placed.starts[:, None], placed.ends[:, None]
    length = np.linalg.norm(end - start, axis=3)
    unit = (end - start) / length[..., None]
    behind = ((contacts - end) * unit).sum(axis=3)
    rho = np.sqrt(np.maximum(((contacts - end) ** 2).sum(axis=3) - behind**2, 0))
    rho = np.maximum(rho, diameter / 2)
    return (np.arcsinh((behind + length) / rho) - np.arcsinh(behind / rho)) / (4 * np.pi * sigma * length)


def discs(placed, z, sigma, radius):
    """On the axis, each compartment a disc of uniform current at its own depth."""
    a = placed.middles[:, None, :, 2] - np.asarray(z, float)[None, :, None]
    return (np.sqrt(a**2 + radius**2) - np.abs(a)) / (2 * np.pi * sigma * radius**2)


def contacts_of(spec):
    z = spec["z"]
    if isinstance(z, dict):
        z = np.linspace(z["from"], z["to"], z["count"])
    z = np.asarray(z, float)
    return np.stack([np.full_like(z, spec.get("x", 0)), np.full_like(z, spec.get("y", 0)), z], axis=1)


def matrices(network, population, placed, shape):
    """The matrices of all probes of a description, by name."""
    result = {}
    for name, probe in network["probes"].items():
        (kind, spec), = probe.items()
        if kind == "population_dipole":
            result[name] = placed.middles[:, None, :, 2]
            continue
        contacts, sigma = contacts_of(spec), spec.get("sigma", 0.3)
        if kind == "gauss_cylinder":
            radius = network["populations"][population]["somata"]["radius"]
            result[name] = discs(placed, contacts[:, 2], sigma, radius)
        elif kind == "point_source":
            result[name] = points(placed, shape.diameter, contacts, sigma)
        elif kind == "line_source":
            result[name] = lines(placed, shape.diameter, contacts, sigma)
        else:
            raise ValueError(f"no truth for probes '{kind}'")
    return result
