#!/usr/bin/env python3
"""Times the reference implementation's matrices of probes on the cases of Sources/Benchmark/Probes and
writes seconds and matrices as JSON. To be run by the interpreter that Scripts/install-reference prints.

Usage: reference_probes.py INPUTS.json OUTPUT.json [--quick]
"""
import argparse
import json
import os
import time

# One thread, as for the program that it is compared with.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import lfpykernels  # noqa: E402
import lfpykit  # noqa: E402
import numpy as np  # noqa: E402
from lfpykit.eegmegcalc import FourSphereVolumeConductor  # noqa: E402


def geometry(cell, every=1):
    ends = np.stack([np.array(cell["start"]), np.array(cell["end"])], axis=-1)[::every]
    return lfpykit.CellGeometry(
        x=ends[:, 0], y=ends[:, 1], z=ends[:, 2], d=np.array(cell["diameter"])[::every])


def population_mean(probe, radius, scale):
    """The mean over random offsets, as KernelApprox.get_kernel takes it; summed rather than stacked,
    which is faster."""
    np.random.seed(1)
    offsets = lfpykernels.KernelApprox.draw_rand_pos(
        None, SIZE=2000, radius=radius, loc=0.0, scale=scale)
    place = probe.x, probe.y, probe.z
    total = 0.0
    for offset in offsets:
        probe.x, probe.y, probe.z = (p + d for p, d in zip(place, offset))
        total = total + probe.get_transformation_matrix()
    probe.x, probe.y, probe.z = place
    return total / len(offsets)


def matrix_of(case, inputs):
    """A function that makes a case's matrix."""
    name, places = case["name"], np.array(case["places"])
    cell = geometry(inputs["cell"], case["every"])
    where = dict(zip("xyz", (np.ascontiguousarray(p) for p in places.T)))
    height = inputs["sliceHeight"]
    if name == "point":
        return lfpykit.PointSourcePotential(cell, sigma=0.3, **where).get_transformation_matrix
    if name == "line":
        return lfpykit.LineSourcePotential(cell, sigma=0.3, **where).get_transformation_matrix
    if name in ("slice_point", "slice_line"):
        method = name.replace("slice_", "") + "source"
        return lfpykit.RecMEAElectrode(
            cell, h=height, z_shift=-height / 2, steps=20, method=method, **where
        ).get_transformation_matrix
    if name == "eeg":
        model = FourSphereVolumeConductor(places)
        return lambda: model.get_transformation_matrix(np.array(inputs["dipole"]))
    if name == "gauss_cylinder":
        return lfpykernels.GaussCylinderPotential(
            cell, z=where["z"], sigma=0.3, R=inputs["radius"], sigma_z=inputs["scale"]
        ).get_transformation_matrix
    if name == "population":
        probe = lfpykit.LineSourcePotential(cell, sigma=0.3, **where)
        return lambda: population_mean(probe, inputs["radius"], inputs["scale"])
    raise SystemExit(f"there is no case '{name}'")


def measure(case, inputs, quick):
    make = matrix_of(case, inputs)
    count = len(inputs["cell"]["diameter"])
    # Where only some compartments are computed, the time is that of all.
    share = len(range(0, count, case["every"])) / count
    seconds = []
    for _ in range(1 if quick else case["repetitions"]):
        start = time.perf_counter()
        matrix = make()
        seconds.append((time.perf_counter() - start) / share)
    return dict(name=case["name"], seconds=seconds, matrix=np.asarray(matrix).tolist())


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("inputs")
    parser.add_argument("output")
    parser.add_argument("--quick", action="store_true", help="fewer repetitions")
    arguments = parser.parse_args()
    with open(arguments.inputs) as file:
        inputs = json.load(file)
    cases = [measure(case, inputs, arguments.quick) for case in inputs["cases"]]
    with open(arguments.output, "w") as file:
        json.dump(dict(cases=cases), file)


if __name__ == "__main__":
    main()
