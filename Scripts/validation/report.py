"""Tables and pictures of how predictions agree with simulations."""

import io

import matplotlib
from PIL import Image

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from scipy import signal

import evaluate

#: Colours of kernels in pictures, the same in all.
COLOURS = {
    "joint": "#c0392b", "joint, steady potential": "#8e44ad", "joint, means of compartments": "#e67e22",
    "separate": "#2980b9", "LFPykernels": "#27ae60"}


def document(results):
    return "\n".join(section(result) for result in results)


def section(result):
    case = result.case
    rates = ", ".join(f"{name} {rate:.1f}" for name, rate in result.spikes.items())
    strong = len(evaluate.contacts(result, next(iter(result.agreement)), "r2", strong=True))
    lines = [
        f"### {case.title}", "",
        f"{result.cells} cells, {case.options.duration / 1000:g} s, spikes/s of one neuron: {rates}; "
        f"simulated in {result.seconds:.0f} s. The signal exceeds the finite-size band twentyfold at "
        f"{strong} contacts of {len(evaluate.contacts(result, next(iter(result.agreement)), 'r2'))}.", "",
        "| kernels | R²: median (least) | R² below 100 Hz | ratio of standard deviations | "
        "within 2 s.d. of the band | where strong: R² (least) | ratio |",
        "|---|---|---|---|---|---|---|"]
    for label in result.agreement:
        at = lambda value, strong=False, low=False: evaluate.contacts(result, label, value, strong, low)
        lines.append(
            f"| {label} | {ends(at('r2'))} | {ends(at('r2', low=True))} | {spread(at('ratio'))} | "
            f"{100 * at('share').mean():.0f} % | {ends(at('r2', True))} | {spread(at('ratio', True))} |")
    return "\n".join(lines + [""])


def ends(values):
    return f"{np.median(values):.4f} ({values.min():.3f})" if len(values) else "-"


def spread(values):
    return f"{values.min():.3f} ... {values.max():.3f}" if len(values) else "-"


def picture(result, path):
    """Traces with the band, spectra, and agreement over depth, on the axis."""
    import potentials

    z = potentials.contacts_of(result.network["probes"]["disc"]["gauss_cylinder"])[:, 2]
    figure, axes = plt.subplots(1, 4, figsize=(13, 4.2), width_ratios=[2.4, 1.3, 1, 1], layout="constrained")
    traces(result, z, axes[0])
    spectra(result, z, axes[1])
    for label, agreement in result.agreement.items():
        if label in COLOURS:
            style = "--" if label == "LFPykernels" else "-"
            for column, values in ((axes[2], agreement["disc"].r2), (axes[3], agreement["disc"].ratio)):
                column.plot(values, z, "." + style, color=COLOURS[label], label=label)
    axes[2].set(xlabel="R²", ylabel="z (µm)", xlim=(min(0.8, axes[2].get_xlim()[0]), 1.005))
    axes[3].set(xlabel="ratio of standard deviations", yticklabels=[])
    axes[3].axvline(1, color="0.7", lw=0.8, zorder=0)
    axes[3].legend(fontsize=7, frameon=False)
    figure.suptitle(result.case.title, fontsize=10)
    buffer = io.BytesIO()
    figure.savefig(buffer, dpi=90)
    # A palette makes the file a third as large.
    Image.open(buffer).convert("RGB").quantize(64).save(path, optimize=True)
    plt.close(figure)


def shown(result, label, centred):
    values = result.truth["disc"] if label is None else result.predictions[label]["disc"]
    return values - values.mean(axis=1, keepdims=True) if centred else values


def traces(result, z, axes):
    centred = result.case.centred
    truth = shown(result, None, centred)
    label = next(iter(result.predictions))
    predicted, deviation = shown(result, label, centred), result.deviation["disc"]
    some = np.linspace(0, len(z) - 1, 5).round().astype(int)
    first = min(len(result.times) - 1, len(result.times) // 4)
    window = slice(first, first + int(250 / result.case.options.dt))
    t = result.times[window]
    for row, k in enumerate(some):
        scale = 2.2 * np.abs(truth[k, window] - truth[k, window].mean()).max()
        shift = truth[k, window].mean()
        at = lambda values: (values - shift) / scale - row
        axes.fill_between(
            t, at(predicted[k, window] - 2 * deviation[k, window]), at(predicted[k, window] + 2 * deviation[k, window]),
            color=COLOURS["joint"], alpha=0.25, lw=0)
        axes.plot(t, at(truth[k, window]), color="k", lw=1, label="simulated" if row == 0 else None)
        axes.plot(t, at(predicted[k, window]), color=COLOURS["joint"], lw=0.8, ls="--", label=label if row == 0 else None)
        axes.text(t[-1] + 4, -row, f"{z[k]:.0f} µm\n{scale * 1e3:.2g} µV", fontsize=7, va="center")
    axes.set(xlabel="time (ms)", yticks=[], xlim=(t[0], t[-1] + 45))
    axes.legend(fontsize=7, frameon=False, loc="upper left", ncols=2)


def spectra(result, z, axes):
    fs = 1e3 / result.case.options.dt
    length = min(len(result.times), 4096)
    for k, style in ((np.argmin(np.abs(z - z[len(z) // 6])), "-"), (np.argmin(np.abs(z - z[-3])), ":")):
        for label in (None, *(x for x in ("joint", "separate") if x in result.predictions)):
            f, power = signal.welch(shown(result, label, True)[k], fs, nperseg=length)
            kept = (f > 3) & (f < 500)
            axes.loglog(f[kept], power[kept], style, color=COLOURS.get(label, "k"), lw=1.4 if label is None else 0.9)
    axes.set(xlabel="frequency (Hz)", ylabel="mV²/Hz", title=f"z = {z[len(z) // 6]:.0f} (full), {z[-3]:.0f} µm (dotted)")
    axes.title.set_fontsize(8)
