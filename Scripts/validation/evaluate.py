"""Predictions beside a simulation."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import compare
import predict


@dataclass
class Result:
    """`truth`, `deviation` and `predictions[kernels]` are by probe, outputs x times; `agreement` by
    kernels and probe."""

    case: object
    network: dict
    times: np.ndarray
    truth: dict
    deviation: dict
    predictions: dict
    agreement: dict
    cells: int
    seconds: float
    spikes: dict


#: A contact's signal exceeds the finite-size band where that is below this share of it.
BAND = 0.05


def evaluate(case, network, truth, tool, output):
    options = case.options
    folder = Path(tempfile.mkdtemp(dir=output))
    runner = predict.Tool(tool, folder)
    steps = int(round(options.duration / options.dt))
    kept = slice(int(round(case.first / options.dt)), None)
    predictions = {}
    for label, change in case.kernels.items():
        changed = change(network, truth, options.duration)
        kernels = runner.kernels(changed, label.replace(" ", "-").replace(",", "").replace("'", ""))
        predictions[label] = runner.predict(kernels, truth.spikes, options.dt, options.duration)
    if case.reference:
        import reference

        changed = next(iter(case.kernels.values()))(network, truth, options.duration)
        predictions["LFPykernels"] = reference.predict(
            reference.kernels(changed, folder), truth.spikes, steps, options.dt)
    total, deviation = {}, {}
    for probe in network["probes"]:
        total[probe] = sum(truth.total[probe, name] for name in truth.counts)[:, kept]
        variance = sum(
            n / (n - 1) * np.maximum(n * truth.square[probe, name] - truth.total[probe, name] ** 2, 0) / n
            for name, n in truth.counts.items())
        deviation[probe] = np.sqrt(variance)[:, kept]
    agreement = {}
    for label, signals in predictions.items():
        signals = predictions[label] = {
            probe: s[-len(total[probe]):, :steps + 1][:, kept] for probe, s in signals.items()}
        agreement[label] = {
            probe: compare.agreement(total[probe], s, deviation[probe], case.centred)
            for probe, s in signals.items()}
    times = (np.arange(steps + 1) * options.dt)[kept]
    spikes = {
        name: len(n) / network["populations"][name]["size"] / options.duration * 1e3
        for name, (n, _) in truth.spikes.items()}
    return Result(
        case, network, times, total, deviation, predictions, agreement, sum(truth.counts.values()),
        truth.seconds, spikes)


def contacts(result, label, value, strong=False):
    """A measure of agreement at all contacts of potentials, or where signals exceed the band."""
    collected = []
    for probe, agreement in result.agreement[label].items():
        if probe == "dipole":
            continue
        values = getattr(agreement, value)
        collected.append(values[agreement.band < BAND] if strong else values)
    return np.concatenate(collected)


def failures(result, quick):
    """What should hold and does not."""
    label = result.case.strict
    if label is None or quick:
        return
    r2 = contacts(result, label, "r2", strong=True)
    if r2.min() < 0.995:
        yield f"{result.case.name}: R2 is {r2.min():.4f} at a contact whose signal exceeds the band; it should be above 0.995"
