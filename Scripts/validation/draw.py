"""Networks drawn from their statistics: where cells are, and which synapses they have."""

from dataclasses import dataclass

import numpy as np

import description


@dataclass
class Placed:
    """Cells of a population: ends of compartments, cells x compartments x 3, um."""

    starts: np.ndarray
    ends: np.ndarray

    @property
    def middles(self):
        return (self.starts + self.ends) / 2

    def __len__(self):
        return len(self.starts)


def place(population, shape, rng):
    """Somata on a disc and in depth, each cell turned about the vertical."""
    n, somata = population["size"], population["somata"]
    r = somata["radius"] * np.sqrt(rng.random(n))
    phi, turn = 2 * np.pi * rng.random((2, n))
    z = description.distribution(somata["depth"]).rvs(size=n, random_state=rng)
    at = np.stack([r * np.cos(phi), r * np.sin(phi), z], axis=1)[:, None]
    c, s, o, i = np.cos(turn), np.sin(turn), np.zeros(n), np.ones(n)
    rotation = np.stack([c, -s, o, s, c, o, o, o, i], axis=1).reshape(n, 3, 3)
    turned = lambda points: np.einsum("cij,kj->cki", rotation, points) + at
    return Placed(turned(shape.starts), turned(shape.ends))


def probabilities(shape, placed, placement):
    """How probable each compartment is for a synapse, cells x compartments: area times the density at
    the compartment's own depth."""
    allowed = np.isin(shape.section, placement["sections"]) if "sections" in placement else True
    density = description.depth_density(placement.get("depth"))
    weights = np.broadcast_to(shape.area * allowed, (len(placed), len(shape)))
    if density is not None:
        weights = weights * density(placed.middles[:, :, 2])
    return weights / weights.sum(axis=1, keepdims=True)


def chosen(weights, cell, rng):
    """A compartment for each synapse, whose cell is `cell`."""
    edges = np.cumsum(weights, axis=1)
    edges /= edges[:, -1:]
    flat = (edges + np.arange(len(edges))[:, None]).ravel()
    index = np.searchsorted(flat, cell + rng.random(len(cell)), side="right")
    return np.minimum(index - cell * weights.shape[1], weights.shape[1] - 1)


@dataclass
class Synapses:
    """Synapses of a pathway, sorted by presynaptic neuron."""

    pre: np.ndarray
    cell: np.ndarray
    compartment: np.ndarray
    delay: np.ndarray


def connect(network, connection, shape, placed, rng):
    """Each pair connected with its probability, by a drawn number of synapses, each at its own place
    and with its own delay."""
    n_pre = network["populations"][connection["pre"]]["size"]
    n_post = len(placed)
    linked = rng.random((n_pre, n_post)) < connection["probability"]
    pre, cell = np.nonzero(linked)
    numbers, chances = description.counts(connection.get("multapses", {"constant": 1}))
    repeats = rng.choice(numbers, p=chances, size=len(pre))
    pre, cell = np.repeat(pre, repeats), np.repeat(cell, repeats)
    weights = probabilities(shape, placed, connection.get("placement", {}))
    compartment = chosen(weights, cell, rng)
    delay = description.distribution(as_law(connection["delay"])).rvs(size=len(pre), random_state=rng)
    return Synapses(pre, cell, compartment, delay)


def as_law(value):
    return value if isinstance(value, dict) else {"constant": value}


def spikes(network, duration, dt, rng, modulation, low=2, high=80):
    """Spikes of each population as (neuron, step), Poisson with rates that fluctuate together.

    Each population's rate is its mean times 1 + modulation x(t), x a sum of sinusoids of random phase
    between two frequencies (Hz) with standard deviation 1; where that is negative there are none.
    """
    steps = int(round(duration / dt))
    t = np.arange(steps) * dt * 1e-3
    result = {}
    for name, population in network["populations"].items():
        f = rng.uniform(low, high, 40)
        x = np.cos(2 * np.pi * (f[:, None] * t + rng.random((40, 1)))).sum(axis=0) / np.sqrt(20)
        rate = population["rate"] * np.maximum(1 + modulation * x, 0)
        rate *= population["rate"] / rate.mean()
        expected = population["size"] * rate * dt * 1e-3
        number = rng.poisson(expected)
        # A spike belongs to a step; there is none at the first, where the simulation begins.
        number[0] = 0
        step = np.repeat(np.arange(steps), number)
        result[name] = (rng.integers(0, population["size"], len(step)), step)
    return result
