"""The networks that are simulated, and which kernels are compared with each."""

import copy
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from simulate import Options

NETWORKS = Path(__file__).parent / "networks"


@dataclass
class Case:
    """`first` is the time (ms) from which signals are compared, `centred` takes means over time away
    (where a constant offset is not predicted), `strict` are the kernels that must agree with it. With
    `finer`, spikes are so many times as frequent and synapses so many times as weak; with `smaller`, cells
    are so many times fewer, and connected as many times more often. `replays` is another case, whose
    spikes are given to the same network and whose measured potentials are the cells' `vrest`."""

    name: str
    title: str
    network: str
    options: Options
    kernels: dict = field(default_factory=dict)
    reference: bool = True
    first: float = 0
    centred: bool = False
    strict: str | None = None
    quick: bool = False
    finer: float = 1
    smaller: int = 1
    replays: str | None = None

    @property
    def path(self):
        return NETWORKS / f"{self.network}.yaml"

    def reduced(self):
        return replace(self, options=replace(self.options, duration=min(self.options.duration, 500)))


def measured(network, truth, duration):
    """The description with the rates of the simulation's spikes and the median potential of somata."""
    network = copy.deepcopy(network)
    for name, (neuron, _) in truth.spikes.items():
        population = network["populations"][name]
        population["rate"] = float(len(neuron) / population["size"] / duration * 1e3)
    for name, cell in cells_of(network).items():
        network["cells"][cell]["vrest"] = truth.median[name]
    return network


def cells_of(network):
    return {name: p["cell"] for name, p in network["populations"].items() if "cell" in p}


def at_median(network, truth, duration):
    return measured(network, truth, duration)


def at_means(network, truth, duration):
    """Each compartment about its own mean potential."""
    network = measured(network, truth, duration)
    for name, cell in cells_of(network).items():
        network["cells"][cell]["vrest"] = [float(v) for v in truth.potential[name]]
    return network


def steady(network, truth, duration):
    network = measured(network, truth, duration)
    for name, cell in cells_of(network).items():
        network["cells"][cell]["vrest"] = "steady"
    return network


def as_described(network, truth, duration):
    return network


def timed(change, **time):
    def changed(network, truth, duration):
        network = change(network, truth, duration)
        network["time"] = {**network["time"], **time}
        return network

    return changed


def family(change):
    """The kernels that are compared in every case."""
    return {
        "joint": timed(change),
        "joint, NEURON's steps": timed(change, solver="backward-euler"),
        "separate": timed(change, average="separate"),
    }


STEP = 0.0625

CASES = [
    Case(
        "currents", "Passive cells, current-based synapses", "currents",
        Options(duration=1000, dt=STEP, seed=1), family(as_described), strict="joint", quick=True),
    Case(
        "conductances", "Conductance-based synapses and external input", "conductances",
        Options(duration=1200, dt=STEP, seed=2, modulation=0.7),
        {**family(at_median), "joint, means of compartments": at_means}, first=200, centred=True, quick=True),
    Case(
        "fine-conductances", "The same, synapses a quarter as strong and spikes four times as frequent",
        "conductances", Options(duration=700, dt=STEP, seed=2, modulation=0.7),
        {**family(at_median), "joint, means of compartments": at_means}, first=200, centred=True, finer=4,
        smaller=4),
    Case(
        "linear-ih", "Ih, linear in the simulation", "h_current",
        Options(duration=1000, dt=STEP, seed=3), family(as_described), strict="joint"),
    Case(
        "ih", "Ih as it is", "h_current",
        Options(duration=1000, dt=STEP, seed=3, channels="real"), family(as_described)),
    Case(
        "recurrent", "A recurrent network that spikes", "recurrent",
        Options(duration=1200, dt=STEP, seed=4, channels="real", recurrent=True, reversal=-90),
        {**family(at_median), "joint, means of compartments": at_means}, first=200, centred=True),
    Case(
        "recurrent-frozen", "The same spikes, into cells whose sodium and potassium channels are frozen", "recurrent",
        Options(duration=1200, dt=STEP, seed=4, channels="frozen", reversal=-90),
        {**family(at_median), "joint, means of compartments": at_means}, first=200, centred=True,
        reference=False, replays="recurrent"),
    Case(
        "layers", "Layers, mixtures of five depths", "layers",
        Options(duration=1000, dt=STEP, seed=5), family(as_described), reference=False, strict="joint"),
]
