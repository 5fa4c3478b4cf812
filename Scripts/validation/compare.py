"""How well a prediction agrees with a simulation."""

from dataclasses import dataclass

import numpy as np
from scipy import signal


@dataclass
class Agreement:
    """Of each output: squared correlation, ratio of standard deviations, coefficient of determination,
    the standard deviation that a finite number of cells leaves over that of the signal, and the share of
    times at which the residual is within two standard deviations of that."""

    r2: np.ndarray
    ratio: np.ndarray
    determination: np.ndarray
    band: np.ndarray
    share: np.ndarray


def agreement(truth, predicted, deviation, centred=False):
    """All are outputs x times; `centred` takes the means over time away first."""
    if centred:
        truth = truth - truth.mean(axis=1, keepdims=True)
        predicted = predicted - predicted.mean(axis=1, keepdims=True)
    residual = predicted - truth
    a = truth - truth.mean(axis=1, keepdims=True)
    b = predicted - predicted.mean(axis=1, keepdims=True)
    spread = np.sqrt((a**2).mean(axis=1))
    return Agreement(
        r2=((a * b).mean(axis=1) / spread / b.std(axis=1)) ** 2,
        ratio=b.std(axis=1) / spread,
        determination=1 - (residual**2).mean(axis=1) / spread**2,
        band=np.sqrt((deviation**2).mean(axis=1)) / spread,
        share=(np.abs(residual) <= 2 * deviation).mean(axis=1))


def low_pass(values, dt, edge=100):
    """Below a frequency (Hz), without a shift in time; `dt` in ms."""
    sections = signal.butter(4, edge, fs=1e3 / dt, output="sos")
    return signal.sosfiltfilt(sections, values, axis=1)
