"""Writes dipoles.json: what the tests of dipole models compare with.

usage: make_dipole_fixtures.py FORWARD_MODELS.json SURVEY.json [OUT.json]

The two files hold numbers of LFPykit 0.6.2. To these are added LFPykit's four-sphere matrices with
its series summed further (its default stops at about 1e-8), if LFPykit is installed, and matrices
from 60-digit arithmetic (mpmath): for each term of the series the boundary conditions are solved as
a system of linear equations.
"""
import json
import sys

import mpmath as mp

mp.mp.dps = 60


def layered_sphere(electrode, dipole, radii, sigmas, digits=25):
    """Row of the matrix, mV per nA um, by brute force."""
    e = [mp.mpf(float(v)) for v in electrode]
    d = [mp.mpf(float(v)) for v in dipole]
    r = mp.sqrt(sum(v * v for v in e))
    depth = mp.sqrt(sum(v * v for v in d))
    radii = [mp.mpf(float(v)) for v in radii]
    sigmas = [mp.mpf(float(v)) for v in sigmas]
    r = min(r, radii[-1])
    axis = [v / depth for v in d]
    unit = [v / mp.sqrt(sum(w * w for w in e)) for v in e]
    x = sum(a * b for a, b in zip(unit, axis))
    layer = next(j for j, radius in enumerate(radii) if r <= radius)
    count = len(radii)
    radial, tangential = mp.mpf(0), mp.mpf(0)
    p0, p1 = mp.mpf(1), x
    d0, d1 = mp.mpf(0), mp.mpf(1)
    n = 1
    while True:
        # Unknowns: a_1 ... a_N, b_2 ... b_N of a_j (r/r_j)^n + b_j (r_(j-1)/r)^(n+1).
        size = 2 * count - 1
        system, right = mp.zeros(size, size), mp.zeros(size, 1)

        def terms(j, rho):
            """(index, value, r d/dr value) of layer j at rho."""
            grow = (rho / radii[j]) ** n
            result = [(j, grow, n * grow)]
            if j > 0:
                fall = (radii[j - 1] / rho) ** (n + 1)
                result.append((count + j - 1, fall, -(n + 1) * fall))
            return result

        row = 0
        for j in range(count):
            rho = radii[j]
            source = (depth / rho) ** (n + 1) if j == 0 else mp.mpf(0)
            for index, value, slope in terms(j, rho):
                if j + 1 < count:
                    system[row, index] += value
                    system[row + 1, index] += sigmas[j] * slope
                else:
                    system[row, index] += slope
            if j + 1 < count:
                for index, value, slope in terms(j + 1, rho):
                    system[row, index] -= value
                    system[row + 1, index] -= sigmas[j + 1] * slope
                right[row] = -source
                right[row + 1] = sigmas[j] * (n + 1) * source
            else:
                right[row] = (n + 1) * source
            row += 2
        solution = mp.lu_solve(system, right)
        c = sum(solution[index] * value for index, value, _ in terms(layer, r))
        if layer == 0:
            c += (depth / r) ** (n + 1)
        a, b = n * c * p1, c * d1
        radial += a
        tangential += b
        if n > 10 and abs(n * n * c) < mp.mpf(10) ** -digits * mp.sqrt(radial**2 + tangential**2):
            break
        p0, p1 = p1, ((2 * n + 1) * x * p1 - n * p0) / (n + 1)
        d0, d1 = d1, x * d1 + (n + 1) * p0
        n += 1
    kappa = 1 / (4 * mp.pi * sigmas[0] * depth**2)
    return [float(kappa * (radial * z + tangential * (u - x * z))) for u, z in zip(unit, axis)]


def exact_cases():
    head = [79000.0, 80000.0, 85000.0, 90000.0]
    usual = [0.3, 1.5, 0.015, 0.3]
    on_scalp = [[0, 0, 90000.0], [0, 0, -90000.0], [54000.0, 0, 72000.0], [0, -90000.0, 0]]
    within = [[1000.0, 2000.0, 70000.0], [0, 79500.0, 0], [0, 48000.0, 64500.0], [0, 3000.0, -87000.0]]
    cases = [
        ("scalp", on_scalp, [1000.0, -2000.0, 77500.0], head, usual),
        ("every layer", within, [1000.0, -2000.0, 60000.0], head, usual),
        ("deep dipole", on_scalp + within, [3.0, 2.0, -5.0], head, usual),
        ("thin layers", on_scalp, [0, 30000.0, 70000.0], [79000.0, 79000.01, 79000.02, 90000.0], usual),
        ("insulating skull", on_scalp, [0, 30000.0, 60000.0], head, [0.3, 1.5, 1e-7, 0.3]),
        ("one sphere", on_scalp, [0, 30000.0, 60000.0], [90000.0], [0.3]),
        ("six spheres", on_scalp + within, [20000.0, 0, 60000.0],
         [70500.0, 79000.0, 80000.0, 82000.0, 84000.0, 90000.0], [0.3, 0.2, 1.7, 0.01, 0.03, 0.4]),
    ]
    result = []
    for name, electrodes, dipole, radii, sigmas in cases:
        matrix = [layered_sphere(e, dipole, radii, sigmas) for e in electrodes]
        result.append(dict(name=name, electrodes=electrodes, dipole=dipole, radii=radii, sigmas=sigmas,
                           matrix=matrix))
        print(name, file=sys.stderr)
    return result


def summed_further(electrodes, dipoles, radii, sigmas):
    """LFPykit's matrices with a late stop."""
    import numpy as np
    from lfpykit.eegmegcalc import FourSphereVolumeConductor
    model = FourSphereVolumeConductor(np.array(electrodes), radii, sigmas, iter_factor=1e-15)
    return [model.get_transformation_matrix(np.array(d)).tolist() for d in dipoles]


def main():
    forward = json.load(open(sys.argv[1]))
    survey = json.load(open(sys.argv[2]))
    eeg, head = forward["eeg"], survey["head"]
    out = dict(eeg=eeg, meg=forward["meg"], fem=survey["fem_four_sphere"], exact=exact_cases())
    deep = [20000.0, -30000.0, 60000.0]
    out["head"] = dict(
        electrodes=head["electrodes"], radii=head["radii"], sigmas=head["sigmas"], dipole=deep,
        shallow=[0.0, 0.0, 78000.0], four_sphere=head["FourSphere_dip_(20000,-30000,60000)"],
        four_sphere_shallow=head["FourSphere_dip_(0,0,78000)"],
        infinite=head["InfiniteVolume_r=electrodes-(20000,-30000,60000)"],
        meg_infinite=head["InfHomMEG_dip_(20000,-30000,60000)"],
        meg_sphere=head["SphSymMEG_dip_(20000,-30000,60000)"])
    out["eeg_further"] = summed_further(
        eeg["electrodes"], [eeg["dipole_location"], [0.0, 0.0, 78000.0]], eeg["radii"], eeg["sigmas"])
    with open(sys.argv[3] if len(sys.argv) > 3 else "dipoles.json", "w") as file:
        json.dump(out, file, indent=None, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main()
