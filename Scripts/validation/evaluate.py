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
    kernels and probe, and `low` below 100 Hz."""

    case: object
    network: dict
    times: np.ndarray
    truth: dict
    deviation: dict
    predictions: dict
    agreement: dict
    low: dict
    cells: int
    seconds: float
    spikes: dict


#: A contact's signal exceeds the finite-size band where that is below this share of it.
BAND = 0.05


def evaluate(case, network, truth, tool, output, others=()):
    """`others` are simulations of the same network by another name, to be compared as predictions are."""
    with tempfile.TemporaryDirectory(dir=output) as folder:
        return evaluated(case, network, truth, tool, Path(folder), others)


def evaluated(case, network, truth, tool, folder, others):
    options = case.options
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
    for label, other in dict(others).items():
        predictions[label] = {
            probe: sum(other.total[probe, name] for name in truth.counts) for probe in network["probes"]}
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
    low = {
        label: {
            probe: compare.agreement(
                compare.low_pass(total[probe], options.dt), compare.low_pass(s, options.dt),
                deviation[probe], case.centred)
            for probe, s in signals.items()}
        for label, signals in predictions.items()}
    times = (np.arange(steps + 1) * options.dt)[kept]
    spikes = {
        name: len(n) / network["populations"][name]["size"] / options.duration * 1e3
        for name, (n, _) in truth.spikes.items()}
    return Result(
        case, network, times, total, deviation, predictions, agreement, low, sum(truth.counts.values()),
        truth.seconds, spikes)


def contacts(result, label, value, strong=False, low=False):
    """A measure of agreement at all contacts of potentials, or where signals exceed the band."""
    collected = []
    for probe, agreement in (result.low if low else result.agreement)[label].items():
        if probe == "dipole":
            continue
        values = getattr(agreement, value)
        collected.append(values[agreement.band < BAND] if strong else values)
    return np.concatenate(collected)


def failures(result, quick):
    """What should hold and does not."""
    label, name = result.case.strict, result.case.name
    if label is None:
        return
    share = contacts(result, label, "share").mean()
    if share < (0.85 if quick else 0.9):
        yield f"{name}: only {100 * share:.0f} % of the residual is within two standard deviations of the band"
    r2, ratio = (contacts(result, label, value, strong=True) for value in ("r2", "ratio"))
    if len(r2) and r2.min() < 0.995:
        yield f"{name}: R2 is {r2.min():.4f} at a contact whose signal exceeds the band; it should be above 0.995"
    if len(ratio) and np.abs(ratio - 1).max() > 0.02:
        yield f"{name}: standard deviations differ by {100 * np.abs(ratio - 1).max():.1f} % where the signal exceeds the band"
