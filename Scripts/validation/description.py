"""Network descriptions as the simulations need them, read from the file that the tool reads, too."""

import copy

import numpy as np
import yaml
from scipy import stats


def read(path):
    with open(path) as file:
        return yaml.safe_load(file)


def finer(network, factor):
    """The description with more frequent spikes and weaker synapses, with the same mean conductances."""
    network = copy.deepcopy(network)
    synapses = [connection["synapse"] for connection in network["connections"]]
    for population in network["populations"].values():
        population["rate"] *= factor
        if "external" in population:
            population["external"]["count"] *= factor
            synapses.append(population["external"]["synapse"])
    # By YAML's aliases one synapse may stand in several places.
    for synapse in {id(s): s for s in synapses}.values():
        synapse["exp2"]["weight"] /= factor
    return network


def shrink(network, factor, connected=True):
    """Makes populations smaller, and the probabilities of connection larger, which keeps indegrees."""
    for population in network["populations"].values():
        population["size"] //= factor
    for connection in network["connections"] if connected else ():
        connection["probability"] *= factor


def distribution(spec):
    """A frozen distribution of SciPy from `{norm: {loc: 0, scale: 75}}`."""
    (name, values), = ((k, v) for k, v in spec.items() if k != "weight")
    if name == "truncnorm" and ("low" in values or "high" in values):
        loc, scale = values["loc"], values["scale"]
        low, high = values.get("low", -np.inf), values.get("high", np.inf)
        return stats.truncnorm((low - loc) / scale, (high - loc) / scale, loc, scale)
    if name == "constant":
        return Constant(values)
    return getattr(stats, name)(**values)


class Constant:
    def __init__(self, value):
        self.value = value

    def rvs(self, size, random_state=None):
        return np.full(size, float(self.value))


def counts(spec):
    """Numbers of synapses of a connected pair, and how probable each is."""
    law = distribution(spec)
    if isinstance(law, Constant):
        return np.array([int(law.value)]), np.array([1.0])
    is_discrete = hasattr(law.dist, "pmf")
    numbers = np.arange(0 if is_discrete else 1, 100)
    weights = law.pmf(numbers) if is_discrete else law.pdf(numbers)
    return numbers, weights / weights.sum()


def depth_density(components):
    """The density of synapses over depth, of one component or a list with weights; None for all depths."""
    if components is None:
        return None
    listed = components if isinstance(components, list) else [components]
    laws = [(c.get("weight", 1), distribution(c)) for c in listed]
    return lambda z: sum(w * law.pdf(z) for w, law in laws)


def connections(network):
    """One entry for each pair of populations."""
    for entry in network["connections"]:
        posts = entry["post"] if isinstance(entry["post"], list) else [entry["post"]]
        pres = entry["pre"] if isinstance(entry["pre"], list) else [entry["pre"]]
        for post in posts:
            for pre in pres:
                yield {**entry, "pre": pre, "post": post}


def postsynaptic(network):
    return [name for name, p in network["populations"].items() if "cell" in p]
