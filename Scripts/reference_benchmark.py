#!/usr/bin/env python3
"""Times the reference implementation's get_kernel on the cases of Sources/Benchmark and writes
seconds and kernels as JSON. To be run by the interpreter that Scripts/install-reference prints.

Usage: reference_benchmark.py OUTPUT.json [--quick | --sweep POINTS]
"""
import argparse
import json
import os
import time

# One thread, as for the program that it is compared with.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import lfpykernels  # noqa: E402
import neuron  # noqa: E402
import numpy as np  # noqa: E402
from scipy import stats  # noqa: E402

FOLDER = os.path.join(lfpykernels.__path__[0], "tests")
DT, TAU, SETTLING = 2**-4, 50.0, 200.0  # ms
POPULATION = dict(radius=150.0, loc=0.0, scale=75.0)  # um


def make_passive(cell, compartments):
    """Gives each section its passive membrane and, where given, its number of compartments."""
    for section in cell.template.all:
        kind = section.name().split(".")[-1].split("[")[0]
        if compartments:
            section.nseg = compartments[kind]
        section.insert("pas")
        section.g_pas = 0.0003
        section.e_pas = -65.0


def kernel_maker(compartments, weight=0.00012, delay=1.3, tau2=1.8):
    """The README network of LFPykernels with its postsynaptic population E; the numbers are those of
    the synapses from E."""
    cell = dict(
        morphology=os.path.join(FOLDER, "BallAndSticks_E.hoc"),
        templatefile=os.path.join(FOLDER, "BallAndSticksTemplate.hoc"),
        templatename="BallAndSticksTemplate",
        templateargs=None,
        delete_sections=False,
        custom_fun=[make_passive],
        custom_fun_args=[dict(compartments=compartments)],
    )
    if compartments:
        cell["nsegs_method"] = None

    def limited(mean, deviation, low, high):
        return dict(a=(low - mean) / deviation, b=(high - mean) / deviation, loc=mean, scale=deviation)

    def depth(sections, mean):
        return dict(section=sections, fun=[stats.norm], funargs=[dict(loc=mean, scale=100.0)],
                    funweights=[1.0])

    return lfpykernels.KernelApprox(
        X=["E", "I"],
        Y="E",
        N_X=np.array([8192, 1024]),
        N_Y=8192,
        C_YX=np.array([0.05, 0.05]),
        nu_X=dict(E=2.5, I=5.0),
        cellParameters=cell,
        populationParameters=POPULATION,
        rotationParameters=dict(x=0.0, y=0.0),
        multapseFunction=stats.truncnorm,
        multapseParameters=[limited(2.0, 0.6, 1, 10), limited(5.0, 1.1, 1, 10)],
        delayFunction=stats.truncnorm,
        delayParameters=[
            dict(a=-2.2, b=np.inf, loc=delay, scale=0.5),
            dict(a=-1.5, b=np.inf, loc=1.2, scale=0.6),
        ],
        synapseParameters=[
            dict(weight=weight, syntype="Exp2Syn", tau1=0.2, tau2=tau2, e=0.0),
            dict(weight=0.002, syntype="Exp2Syn", tau1=0.1, tau2=9.0, e=-80.0),
        ],
        synapsePositionArguments=[
            depth(["apic", "dend"], 50.0),
            depth(["soma", "apic", "dend"], -100.0),
        ],
        extSynapseParameters=dict(syntype="Exp2Syn", weight=0.0002, tau1=0.2, tau2=1.8, e=0.0),
        nu_ext=40.0,
        n_ext=450,
    )


def measure(name, compartments, contacts, repetitions):
    """Seconds of each repetition, and the kernel at lags 0 ... tau."""
    seconds = []
    for _ in range(repetitions):
        maker = kernel_maker(compartments)
        probe = lfpykernels.GaussCylinderPotential(
            cell=None, z=np.linspace(1000.0, -200.0, contacts), sigma=0.3,
            R=POPULATION["radius"], sigma_z=POPULATION["scale"])
        start = time.perf_counter()
        kernels = maker.get_kernel(
            probes=[probe], Vrest=-65.0, dt=DT, X="I", t_X=SETTLING, tau=TAU, g_eff=True)
        seconds.append(time.perf_counter() - start)
    values = kernels["GaussCylinderPotential"]
    return dict(
        name=name, compartments=int(maker.cell.totnsegs), seconds=seconds,
        kernel=values[:, (values.shape[1] - 1) // 2:].tolist())


def sweep(points):
    """Seconds for each of some points of the sweep over weight, delay and tau2, as a loop takes them."""
    seconds = []
    for index in range(points):
        share = index / max(1, points - 1)
        start = time.perf_counter()
        maker = kernel_maker(None, 0.0001 * (1 + share), 1 + share, 1.5 * (1 + share))
        probe = lfpykernels.GaussCylinderPotential(
            cell=None, z=np.linspace(1000.0, -200.0, 13), sigma=0.3, R=POPULATION["radius"],
            sigma_z=POPULATION["scale"])
        maker.get_kernel(
            probes=[probe], Vrest=-65.0, dt=DT, X="E", t_X=SETTLING, tau=TAU, g_eff=True)
        seconds.append(time.perf_counter() - start)
    return seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("output")
    parser.add_argument("--quick", action="store_true", help="fewer repetitions")
    parser.add_argument("--sweep", type=int, help="points of a sweep to time instead")
    arguments = parser.parse_args()
    neuron.load_mechanisms(FOLDER)
    if arguments.sweep:
        with open(arguments.output, "w") as file:
            json.dump(dict(sweep=sweep(arguments.sweep)), file)
        return
    cases = [
        measure("readme", None, 13, 2 if arguments.quick else 7),
        measure("fine", dict(soma=1, dend=5, apic=434), 16, 1 if arguments.quick else 3),
    ]
    with open(arguments.output, "w") as file:
        json.dump(dict(cases=cases), file)


if __name__ == "__main__":
    main()
