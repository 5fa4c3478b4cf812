"""Full simulations in NEURON: every cell with its own place and synapses, and what contacts measure."""

from dataclasses import dataclass, field

import numpy as np
from neuron import h

import cells
import description
import draw
import potentials

#: Steps between two additions of signals.
CHUNK = 64


@dataclass
class Options:
    """How a network is simulated. `channels` is `linear`, `real` or `frozen`: sodium and potassium
    channels that neither open nor close, so that there are no spikes but those given. `reversal`
    replaces the leak's reversal potentials, which otherwise keep cells at their `vrest`. Neurons of a
    `recurrent` network spike on their own, where the soma passes `threshold`."""

    duration: float
    dt: float
    seed: int
    channels: str = "linear"
    modulation: float = 0.7
    recurrent: bool = False
    reversal: float | None = None
    threshold: float = -20.0


@dataclass
class Truth:
    """Signals of probes by population: sums over cells, and sums of squares, outputs x steps."""

    total: dict = field(default_factory=dict)
    square: dict = field(default_factory=dict)
    potential: dict = field(default_factory=dict)
    median: dict = field(default_factory=dict)
    spikes: dict = field(default_factory=dict)

    def add(self, other):
        for mine, others in ((self.total, other.total), (self.square, other.square),
                             (self.potential, other.potential)):
            for key, value in others.items():
                mine[key] = mine[key] + value if key in mine else value
        self.median.update(other.median)
        self.spikes.update(other.spikes)


class Drawn:
    """A network drawn from its description: the same for the same seed in every process."""

    def __init__(self, network, options, spikes=None):
        self.network, self.options = network, options
        seeds = np.random.SeedSequence(options.seed)
        names = description.postsynaptic(network)
        pathways = list(description.connections(network))
        children = seeds.spawn(1 + len(names) + len(pathways))
        self.spikes = spikes or draw.spikes(
            network, options.duration, options.dt, np.random.default_rng(children[0]), options.modulation)
        self.shapes, self.placed, self.pathways = {}, {}, []
        for name, child in zip(names, children[1:]):
            population = network["populations"][name]
            shape = cells.Shape(network["cells"][population["cell"]])
            self.shapes[name] = shape
            self.placed[name] = draw.place(population, shape, np.random.default_rng(child))
        for pathway, child in zip(pathways, children[1 + len(names):]):
            post = pathway["post"]
            synapses = draw.connect(
                network, pathway, self.shapes[post], self.placed[post], np.random.default_rng(child))
            self.pathways.append((pathway, synapses))


class Simulation:
    """Some cells of a drawn network, in one NEURON."""

    def __init__(self, drawn, chosen):
        """`chosen` are the numbers of the cells of each population."""
        self.drawn, self.options, self.chosen = drawn, drawn.options, chosen
        self.sections, self.segments, self.place, self.somata = [], [], {}, {}
        for name, numbers in chosen.items():
            population = drawn.network["populations"][name]
            self.place[name] = (len(self.segments), len(numbers), len(drawn.shapes[name]))
            self.somata[name] = self.grow(drawn.network["cells"][population["cell"]], len(numbers))
        self.events, self.kept = [], []
        self.targets = [self.wire(*pathway) for pathway in drawn.pathways]
        for name in chosen:
            self.drive(name)

    def grow(self, cell, count):
        somata = []
        for sections in self.copies(cell, count):
            somata.append(len(self.segments))
            self.sections.append(sections)
            self.segments += cells.segments(sections)
        return somata

    def copies(self, cell, count):
        options = self.options
        if options.channels == "frozen":
            leaks = cells.frozen(cell, options.reversal)
            for _ in range(count):
                sections = cells.build(cell, False, without=("NaTa_t", "SKv3_1"))
                for segment, (conductance, reversal) in zip(cells.segments(sections), leaks):
                    segment.g_pas, segment.e_pas = conductance, reversal
                yield sections
            return
        linear = options.channels == "linear"
        reversals = cells.reversals_at_rest(cell, linear)
        if options.reversal is not None:
            reversals = [options.reversal] * len(reversals)
        for _ in range(count):
            yield cells.build(cell, linear, reversals)

    def synapse(self, spec, segment):
        (kind, values), = ((k, v) for k, v in spec.items() if k != "current")
        assert kind == "exp2"
        process = h.SynapticCurrent(segment) if spec.get("current") else h.Exp2Syn(segment)
        process.tau1, process.tau2 = values["tau1"], values["tau2"]
        if not spec.get("current"):
            process.e = values["e"]
        return process, values["weight"]

    def wire(self, pathway, synapses):
        """Makes the point processes of a pathway: one for all its synapses on a compartment, whose
        time courses add up. Gives for each synapse its neuron, event and delay."""
        post = pathway["post"]
        first, count, size = self.place[post]
        number = np.full(len(self.drawn.placed[post]), -1)
        number[self.chosen[post]] = np.arange(count)
        here = number[synapses.cell] >= 0
        segment = first + number[synapses.cell[here]] * size + synapses.compartment[here]
        used, index = np.unique(segment, return_inverse=True)
        base = len(self.events)
        for place in used:
            process, weight = self.synapse(pathway["synapse"], self.segments[place])
            connection = h.NetCon(None, process)
            connection.weight[0] = weight
            self.kept += [process, connection]
            self.events.append(connection.event)
        pre, delay = synapses.pre[here], synapses.delay[here]
        size = self.drawn.network["populations"][pathway["pre"]]["size"]
        edges = np.searchsorted(pre, np.arange(size + 1))
        return pathway["pre"], edges, base + index, delay

    def drive(self, name):
        """External synapses, spread by area: Poisson events of their own at each compartment."""
        external = self.drawn.network["populations"][name].get("external")
        if not external:
            return
        first, count, size = self.place[name]
        area = self.drawn.shapes[name].area
        share = external["count"] * external["rate"] * 1e-3 * area / area.sum()
        for cell in range(count):
            for compartment in range(size):
                process, weight = self.synapse(external["synapse"], self.segments[first + cell * size + compartment])
                source = h.NetStim()
                source.interval, source.noise, source.number, source.start = 1 / share[compartment], 1, 1e9, 0
                source.noiseFromRandom123(self.options.seed, self.chosen[name][cell], compartment)
                connection = h.NetCon(source, process)
                connection.weight[0], connection.delay = weight, 0
                self.kept += [process, source, connection]

    def given(self):
        """Arrivals of all given spikes, sorted: times and events."""
        times, events = [], []
        for pre, edges, index, delay in self.targets:
            neuron, step = self.drawn.spikes[pre]
            number = edges[neuron + 1] - edges[neuron]
            which = np.repeat(edges[neuron] - np.cumsum(number) + number, number) + np.arange(number.sum())
            times.append(np.repeat(step * self.options.dt, number) + delay[which])
            events.append(index[which])
        times, events = np.concatenate(times), np.concatenate(events)
        order = np.argsort(times, kind="stable")
        return times[order], events[order]

    def run(self):
        options, dt = self.options, self.options.dt
        steps = int(round(options.duration / dt))
        h.CVode().use_fast_imem(1)
        h.dt, h.secondorder = dt, 0
        recorder = Recorder(self, steps)
        times, events = ([], []) if options.recurrent else self.given()
        spiking = Spiking(self) if options.recurrent else None
        self.begin()
        done = 0
        for start in range(0, steps, CHUNK):
            stop = min(start + CHUNK, steps)
            until = np.searchsorted(times, stop * dt)
            self.send(events[done:until], times[done:until])
            done = until
            for step in range(start, stop):
                h.fadvance()
                recorder.take(step - start)
                if spiking:
                    spiking.take(step + 1)
            recorder.add(start, stop)
        return recorder.truth(spiking)

    def send(self, events, times):
        for event, time in zip(events, times):
            self.events[event](time)

    def begin(self):
        populations, cells_ = self.drawn.network["populations"], self.drawn.network["cells"]
        for name, (first, count, size) in self.place.items():
            rest = cells_[populations[name]["cell"]]["vrest"]
            for segment in self.segments[first:first + count * size]:
                segment.v = rest
        # Without an argument potentials stay as they are.
        h.finitialize()


class Recorder:
    """Turns membrane currents into signals while the simulation runs."""

    def __init__(self, simulation, steps):
        self.simulation, self.steps = simulation, steps
        segments = simulation.segments
        self.current, self.potential = h.PtrVector(len(segments)), h.PtrVector(len(segments))
        for i, segment in enumerate(segments):
            self.current.pset(i, segment._ref_i_membrane_)
            self.potential.pset(i, segment._ref_v)
        self.vector = h.Vector(len(segments))
        self.now = self.vector.as_numpy()
        self.buffer = np.empty((CHUNK, len(segments)))
        self.matrices, self.outputs, self.total, self.square = {}, {}, {}, {}
        self.mean, self.samples, self.soma = np.zeros(len(segments)), 0, {n: [] for n in simulation.place}
        drawn = simulation.drawn
        for name, numbers in simulation.chosen.items():
            placed = drawn.placed[name]
            placed = draw.Placed(placed.starts[numbers], placed.ends[numbers])
            matrices = potentials.matrices(drawn.network, name, placed, drawn.shapes[name])
            self.outputs[name] = {probe: m.shape[1] for probe, m in matrices.items()}
            self.matrices[name] = np.concatenate(list(matrices.values()), axis=1)
            count = self.matrices[name].shape[1]
            self.total[name], self.square[name] = np.zeros((2, count, steps + 1))

    def take(self, row):
        self.current.gather(self.vector)
        self.buffer[row] = self.now

    def add(self, start, stop):
        for name, (first, count, size) in self.simulation.place.items():
            now = self.buffer[:stop - start, first:first + count * size].reshape(-1, count, size)
            signals = self.matrices[name] @ now.transpose(1, 2, 0)
            self.total[name][:, start + 1:stop + 1] = signals.sum(axis=0)
            self.square[name][:, start + 1:stop + 1] = (signals**2).sum(axis=0)
        self.potential.gather(self.vector)
        if start > self.steps / 5:
            self.mean += self.now
            self.samples += 1
            for name, somata in self.simulation.somata.items():
                self.soma[name].append(self.now[somata])

    def truth(self, spiking):
        result = Truth()
        for name, (first, count, size) in self.simulation.place.items():
            edges = np.cumsum([0, *self.outputs[name].values()])
            for probe, a, b in zip(self.outputs[name], edges, edges[1:]):
                result.total[probe, name] = self.total[name][a:b]
                result.square[probe, name] = self.square[name][a:b]
            mean = self.mean[first:first + count * size].reshape(count, size) / max(self.samples, 1)
            result.potential[name] = mean.sum(axis=0)
            result.median[name] = float(np.median(self.soma[name])) if self.samples else np.nan
        if spiking:
            result.spikes = spiking.spikes()
        return result


class Spiking:
    """Somata that pass the threshold send spikes to all their synapses."""

    def __init__(self, simulation):
        self.simulation, self.threshold = simulation, simulation.options.threshold
        self.place = {}
        somata = []
        for name, numbers in simulation.somata.items():
            self.place[name] = (len(somata), len(numbers))
            somata += numbers
        self.potential = h.PtrVector(len(somata))
        for i, soma in enumerate(somata):
            self.potential.pset(i, simulation.segments[soma]._ref_v)
        self.vector = h.Vector(len(somata))
        self.now = self.vector.as_numpy()
        self.above = np.ones(len(somata), bool)
        self.found = {name: ([], []) for name in self.place}

    def take(self, step):
        self.potential.gather(self.vector)
        above = self.now > self.threshold
        new = np.flatnonzero(above & ~self.above)
        self.above = above
        for name, (first, count) in self.place.items():
            mine = new[(new >= first) & (new < first + count)] - first
            self.found[name][0].extend(mine)
            self.found[name][1].extend([step] * len(mine))
            for neuron in mine:
                self.spread(name, neuron, step * self.simulation.options.dt)

    def spread(self, name, neuron, time):
        for pre, edges, index, delay in self.simulation.targets:
            if pre == name:
                mine = slice(edges[neuron], edges[neuron + 1])
                self.simulation.send(index[mine].tolist(), (time + delay[mine]).tolist())

    def spikes(self):
        return {name: (np.array(n, int), np.array(s, int)) for name, (n, s) in self.found.items()}
