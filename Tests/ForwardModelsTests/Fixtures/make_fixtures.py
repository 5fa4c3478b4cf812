"""Reference values for the tests of ForwardModels: python3 make_fixtures.py FORWARD_MODELS_JSON

line.json: the mean of 1 / max(distance) over segments by 40-digit quadrature, for contacts beside,
beyond and on them. cylinder.json: the potential of a disc spread as a Gaussian, by 30-digit
quadrature of its two parts. golden.json: the point and line cases of the given file, which the
reference implementation computed.
"""
import json
import pathlib
import sys

import mpmath as mp
import numpy as np

mp.mp.dps = 40
random = np.random.default_rng(7)
here = pathlib.Path(__file__).parent


def dump(name, value):
    (here / name).write_text(json.dumps(value, separators=(',', ':')))
    print(name, (here / name).stat().st_size)


def mean_inverse(start, end, radius, contact):
    """The mean of 1/sqrt(s^2 + rho^2) along the segment, rho the distance from the axis, >= radius."""
    s, e, c = ([mp.mpf(float(v)) for v in p] for p in (start, end, contact))
    d = [b - a for a, b in zip(s, e)]
    length = mp.sqrt(sum(v * v for v in d))
    if length == 0:
        r = mp.sqrt(sum((a - b)**2 for a, b in zip(c, s)))
        return float(1 / max(r, mp.mpf(radius)))
    foot = sum((a - b) * v for a, b, v in zip(c, s, d)) / length
    rho2 = sum((a - b - foot * v / length)**2 for a, b, v in zip(c, s, d))
    rho2 = max(rho2, mp.mpf(radius)**2)
    # dyadic panels around the foot, where the integrand is sharp
    cuts = {mp.mpf(0), length}
    for sign in (-1, 1):
        step = mp.sqrt(rho2)
        while step < 2 * (length + abs(foot)):
            if 0 < foot + sign * step < length:
                cuts.add(foot + sign * step)
            step *= 2
    if 0 < foot < length:
        cuts.add(foot)
    value = mp.quad(lambda t: 1 / mp.sqrt((t - foot)**2 + rho2), sorted(cuts)) / length
    closed = (mp.asinh((length - foot) / mp.sqrt(rho2)) + mp.asinh(foot / mp.sqrt(rho2))) / length
    assert abs(value - closed) < mp.mpf(10)**-22 * abs(closed), (value, closed)
    return float(closed)


def line():
    cases = []
    for i in range(400):
        start = random.uniform(-200, 200, 3)
        size = 10 ** random.uniform(-3, 3)
        step = random.normal(size=3) * size / np.sqrt(3)
        end = start + step
        radius = float(10 ** random.uniform(-2, 1))
        kind = i % 8
        t = {0: random.uniform(0, 1), 1: random.uniform(1, 5), 2: random.uniform(-5, 0), 3: 0., 4: 1.}.get(
            kind, random.uniform(-3, 4))
        contact = start + t * step
        if kind in (5, 6):      # anywhere, near to far
            contact = contact + random.normal(size=3) * 10 ** random.uniform(-2, 4)
        if kind == 7:           # far along the axis
            contact = start + step / size * random.choice([-1, 1]) * 10 ** random.uniform(2, 4)
        if i % 50 == 9:         # without length
            end = start
        cases.append(dict(start=start.tolist(), end=end.tolist(), radius=radius, contact=contact.tolist(),
                          mean=mean_inverse(start, end, radius, contact)))
    dump('line.json', cases)


def disc(a, R, s):
    """E[sqrt((a-u)^2 + R^2) - |a-u|], u normal with standard deviation s."""
    a, R, s = mp.mpf(a), mp.mpf(R), mp.mpf(s)
    f = lambda u: R * R / (mp.sqrt(u * u + R * R) + abs(u))
    if s == 0:
        return f(a)
    density = lambda u: mp.exp(-((u - a) / s)**2 / 2) / (s * mp.sqrt(2 * mp.pi))
    low, high = a - 13 * s, a + 13 * s
    cuts = {low, high, a} | {a + k * s for k in range(-12, 13)}
    if low < 0 < high:
        cuts.add(mp.mpf(0))
        step = R / 2
        while step < high - low:
            cuts |= {v for v in (step, -step) if low < v < high}
            step *= 2
    return mp.quad(lambda u: f(u) * density(u), sorted(cuts))


def cylinder():
    mp.mp.dps = 30
    cases = []
    for R in (.1, 1., 10., 150., 1000.):
        for s in (0., 1e-6, .1, 1., 20., 75., 300., 1000.):
            # distances on the scales of the radius, of the depths, of the edge of the density, and far
            scales = [R, s, 8.85 * s, 9.6 * s]
            z = {0., 1e5, 1000., 15., 2e4} | {float(v * f) for v in scales for f in (.3, 1.)}
            z = sorted(v for v in z if v <= 1e5)
            cases.append(dict(radius=R, scale=s, distance=z, value=[float(disc(v, R, s)) for v in z]))
    dump('cylinder.json', cases)


def golden(path):
    data = json.load(open(path))
    contacts = data['contacts']
    dump('golden.json', dict(
        cell=data['cell'], contacts=[contacts[v] for v in 'xyz'], sigma=.3,
        point=data['models']['point']['matrix'], line=data['models']['line']['matrix']))


if __name__ == '__main__':
    golden(sys.argv[1])
    line()
    cylinder()
