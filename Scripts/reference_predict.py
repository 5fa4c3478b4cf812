#!/usr/bin/env python3
"""Times scipy's FFT convolutions on the kernels and rates that `Benchmark predict --folder` wrote,
checks that signals are equal, and prints how many times longer scipy takes.

Usage: reference_predict.py FOLDER [--quick]
"""
import argparse
import json
import os
import sys
import time

# One thread, as for the program that it is compared with.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import numpy as np  # noqa: E402
from scipy.signal import fftconvolve, oaconvolve  # noqa: E402

TOLERANCE = 1e-10  # of the largest signal


def convolve(function, kernels, rates, signals, chunk):
    """Sums over the inputs, some outputs at a time so that transforms fit into memory."""
    steps = rates.shape[1]
    for first in range(0, signals.shape[0], chunk):
        part = signals[first:first + chunk]
        part[:] = 0
        for taps, rate in zip(kernels, rates):
            part += function(rate[None], taps[first:first + chunk], axes=1)[:, :steps]


def measure(folder, case, repetitions):
    raw = np.fromfile(os.path.join(folder, case["file"]))
    outputs, steps, counts = case["outputs"], case["steps"], case["inputs"]
    kernels, start = [], 0
    for taps in counts:
        kernels.append(raw[start:start + outputs * taps].reshape(outputs, taps))
        start += outputs * taps
    rates = raw[start:start + len(counts) * steps].reshape(len(counts), steps)
    ours = raw[start + rates.size:].reshape(-1, steps)
    signals = np.empty((outputs, steps))
    best = {}
    for function in (fftconvolve, oaconvolve):
        for chunk in (8, 64):
            for _ in range(repetitions if outputs < 500 else 1):
                begin = time.perf_counter()
                convolve(function, kernels, rates, signals, chunk)
                seconds = time.perf_counter() - begin
                best[function.__name__] = min(best.get(function.__name__, np.inf), seconds)
    difference = abs(signals[::16] - ours).max() / abs(signals).max()
    fastest = min(best.values())
    print(f"{case['name']:18} fftconvolve {best['fftconvolve']:8.3f} s  "
          f"oaconvolve {best['oaconvolve']:8.3f} s  ours {case['seconds']:7.4f} s "
          f"(+ {case['planning']:.3f} s plan)  ratio {fastest / case['seconds']:6.1f}  "
          f"difference {difference:.1e}", flush=True)
    return difference <= TOLERANCE


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("folder")
    parser.add_argument("--quick", action="store_true", help="fewer repetitions")
    arguments = parser.parse_args()
    with open(os.path.join(arguments.folder, "cases.json")) as file:
        cases = json.load(file)
    good = [measure(arguments.folder, case, 1 if arguments.quick else 3) for case in cases]
    if not all(good):
        sys.exit("reference_predict: signals differ")


if __name__ == "__main__":
    main()
