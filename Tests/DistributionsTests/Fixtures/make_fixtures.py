"""Reference values for the tests of Distributions: python3 make_fixtures.py

Each value is scipy's where scipy agrees with 60-digit arithmetic (mpmath) to 2e-13, and mpmath's
where it does not; how often that is, is printed.
"""
import json
import pathlib

import mpmath as mp
import scipy
from scipy import stats

mp.mp.dps = 60
replaced = {}
total = {}


def upper_normal(y):
    return mp.erfc(y / mp.sqrt(2)) / 2


def normal_between(p, q):
    if p >= q:
        return mp.mpf(0)
    if p >= 0:
        return upper_normal(p) - upper_normal(q)
    if q <= 0:
        return upper_normal(-q) - upper_normal(-p)
    return 1 - upper_normal(q) - upper_normal(-p)


def normal_density(y):
    return mp.exp(-y * y / 2) / mp.sqrt(2 * mp.pi)


# Each standard law in y = (x - loc)/scale: pdf, below, above, mean, variance.


def norm():
    return (normal_density, lambda y: upper_normal(-y), upper_normal, mp.mpf(0), mp.mpf(1))


def truncnorm(a=-mp.inf, b=mp.inf):
    a, b = mp.mpf(a), mp.mpf(b)
    z = normal_between(a, b)
    edge = lambda y: mp.mpf(0) if mp.isinf(y) else normal_density(y)
    moment = lambda y: mp.mpf(0) if mp.isinf(y) else y * normal_density(y)
    mean = (edge(a) - edge(b)) / z
    variance = 1 + (moment(a) - moment(b)) / z - mean**2
    return (
        lambda y: normal_density(y) / z,
        lambda y: normal_between(a, min(y, b)) / z,
        lambda y: normal_between(max(y, a), b) / z,
        mean,
        variance,
    )


def uniform():
    return (lambda y: mp.mpf(1), lambda y: y, lambda y: 1 - y, mp.mpf(1) / 2, mp.mpf(1) / 12)


def lognorm(s):
    s = mp.mpf(s)
    return (
        lambda y: normal_density(mp.log(y) / s) / (s * y),
        lambda y: upper_normal(-mp.log(y) / s),
        lambda y: upper_normal(mp.log(y) / s),
        mp.exp(s * s / 2),
        mp.expm1(s * s) * mp.exp(s * s),
    )


def expon():
    return (lambda y: mp.exp(-y), lambda y: -mp.expm1(-y), lambda y: mp.exp(-y), mp.mpf(1), mp.mpf(1))


def lower_gamma(a, y):
    """P(a, y) by its series of positive terms."""
    term = total_sum = mp.mpf(1)
    n = 0
    while term > total_sum * mp.eps:
        n += 1
        term *= y / (a + n)
        total_sum += term
    return mp.exp(a * mp.log(y) - y - mp.loggamma(a + 1)) * total_sum


def gamma(a):
    a = mp.mpf(a)
    if a > 100:
        # mpmath's own series gives up: 1 - P, with digits to spare
        def above(y):
            with mp.workdps(250):
                return 1 - lower_gamma(a, y)
        pdf = lambda y: mp.exp((a - 1) * mp.log(y) - y - mp.loggamma(a))
        return (pdf, lambda y: lower_gamma(a, y), above, a, a)
    return (
        lambda y: mp.exp((a - 1) * mp.log(y) - y - mp.loggamma(a)),
        lambda y: mp.gammainc(a, 0, y, regularized=True),
        lambda y: mp.gammainc(a, y, mp.inf, regularized=True),
        a,
        a,
    )


def pick(name, ours, theirs):
    exact = mp.mpf(ours)
    total[name] = total.get(name, 0) + 1
    if exact == 0 or abs(mp.mpf(float(theirs)) - exact) <= 2e-13 * abs(exact):
        return float(theirs)
    replaced[name] = replaced.get(name, 0) + 1
    return float(exact)


def continuous(name, shape, loc, scale, ys):
    low, high = shape.get("low"), shape.get("high")
    if name == "truncnorm" and (low is not None or high is not None):
        limits = {}
        if low is not None:
            limits["a"] = (mp.mpf(low) - loc) / scale
        if high is not None:
            limits["b"] = (mp.mpf(high) - loc) / scale
        exact = truncnorm(**limits)
        frozen = stats.truncnorm(
            float(limits.get("a", -mp.inf)), float(limits.get("b", mp.inf)), loc=loc, scale=scale)
    else:
        exact = globals()[name](**shape)
        arguments = dict(shape)
        if name == "truncnorm":
            arguments = {"a": shape.get("a", -mp.inf), "b": shape.get("b", mp.inf)}
            arguments = {k: float(v) for k, v in arguments.items()}
        frozen = getattr(stats, name)(**arguments, loc=loc, scale=scale)
    pdf, below, above, mean, variance = exact
    points = []
    for y in ys:
        x = loc + y * scale
        standard = (mp.mpf(x) - loc) / scale
        points.append({
            "x": x,
            "pdf": pick(name, pdf(standard) / scale, frozen.pdf(x)),
            "below": pick(name, below(standard), frozen.cdf(x)),
            "above": pick(name, above(standard), frozen.sf(x)),
        })
    return {
        "name": name,
        "parameters": {**shape, "loc": loc, "scale": scale},
        "mean": pick(name, loc + scale * mean, frozen.mean()),
        "standardDeviation": pick(name, scale * mp.sqrt(variance), frozen.std()),
        "points": points,
    }


def discrete(name, shape, loc, ks):
    frozen = getattr(stats, name)(**shape, loc=loc)
    if name == "poisson":
        mu = mp.mpf(shape["mu"])
        pmf = lambda j: mp.exp(j * mp.log(mu) - mu - mp.loggamma(j + 1)) if j >= 0 else mp.mpf(0)
        below = lambda j: mp.gammainc(j + 1, mu, mp.inf, regularized=True) if j >= 0 else mp.mpf(0)
        above = lambda j: mp.gammainc(j + 1, 0, mu, regularized=True) if j >= 0 else mp.mpf(1)
        mean, variance = mu, mu
    elif name == "binom":
        n, p = shape["n"], mp.mpf(shape["p"])
        pmf = lambda j: mp.binomial(n, j) * p**j * (1 - p) ** (n - j) if 0 <= j <= n else mp.mpf(0)
        below = lambda j: mp.fsum(pmf(i) for i in range(0, min(j, n) + 1))
        above = lambda j: mp.fsum(pmf(i) for i in range(max(j + 1, 0), n + 1))
        mean, variance = n * p, n * p * (1 - p)
    else:
        low, high = shape["low"], shape["high"]
        count = mp.mpf(high - low)
        pmf = lambda j: 1 / count if low <= j < high else mp.mpf(0)
        below = lambda j: min(max((j - low + 1) / count, mp.mpf(0)), mp.mpf(1))
        above = lambda j: 1 - below(j)
        mean, variance = (mp.mpf(low) + high - 1) / 2, (count**2 - 1) / 12
    points = [{
        "x": j + loc,
        "pdf": pick(name, pmf(j), frozen.pmf(j + loc)),
        "below": pick(name, below(j), frozen.cdf(j + loc)),
        "above": pick(name, above(j), frozen.sf(j + loc)),
    } for j in ks]
    return {
        "name": name,
        "parameters": {**shape, "loc": loc},
        "mean": pick(name, loc + mean, frozen.mean()),
        "standardDeviation": pick(name, mp.sqrt(variance), frozen.std()),
        "points": points,
    }


def cases():
    both = [-37, -20, -8.25, -3, -1, -0.1, 0, 0.3, 1, 2.5, 6, 12, 30, 37.5]
    for loc, scale in [(0, 1), (-75, 75), (1000, 12.5), (0.001, 1e-4)]:
        yield continuous("norm", {}, loc, scale, both)
    for a, b, ys in [
        (-1.6666666666666667, 13.333333333333334, [-1.66, -1, 0, 1, 5, 13]),
        (-3.6363636363636362, 4.545454545454545, [-3.6, -1, 0, 2, 4.5]),
        (-0.2, 1.6, [-0.19, 0, 0.5, 1.5]),
        (-2.2, None, [-2.19, -1, 0, 3, 20, 37]),
        (None, 1.5, [-37, -9, -1, 0, 1.49]),
        (5, None, [5.001, 5.5, 7, 10, 30]),
        (30, None, [30.001, 30.1, 31]),
        (37, 38, [37.001, 37.1, 37.5]),
        (None, -8, [-30, -10, -8.001]),
        (-38, -36, [-37.5, -36.01]),
        (3, 3.0625, [3.01, 3.03, 3.06]),
        (10, 10.0009765625, [10.0001, 10.0005]),
        (-0.0009765625, 0.001953125, [-0.0005, 0, 0.001]),
        (-40, 50, [-37, -3, 0, 20, 37]),
    ]:
        shape = {k: v for k, v in (("a", a), ("b", b)) if v is not None}
        for loc, scale in [(0, 1), (2, 0.6), (-300, 50)]:
            yield continuous("truncnorm", shape, loc, scale, ys)
    yield continuous("truncnorm", {"low": 0.3}, 1.2, 0.6, [-1.4, -1, 0, 1, 10, 30])
    yield continuous("truncnorm", {"low": 1, "high": 10}, 5, 1.1, [-3.6, -1, 0, 2, 4.5])
    yield continuous("truncnorm", {"high": 0.1}, 1.5, 0.25, [-20, -8, -6, -5.625])
    for loc, scale in [(0, 1), (-100, 1500), (3.5, 0.001)]:
        yield continuous("uniform", {}, loc, scale, [0.125, 0.5, 0.75])
        yield continuous("expon", {}, loc, scale, [2**-20, 0.01, 1, 5, 40, 300, 700])
    for s in [0.01, 0.25, 1, 2.5, 5]:
        for loc, scale in [(0, 1), (0, 40), (2, 0.5)]:
            ys = [float(mp.exp(s * t)) for t in (-3, -1, -0.1, 0, 0.5, 2, 8, 15)]
            yield continuous("lognorm", {"s": s}, loc, scale, ys)
    for a in [0.01, 0.1, 0.5, 0.9, 1, 1.5, 3, 15.5, 17, 120, 2500.5, 1e6]:
        # points near the mean at large a, so that (x - loc)/scale keeps its digits
        factors = [1e-6, 0.01, 0.2, 0.7, 1, 1.2, 3, 20] if a < 100 else [0.75, 0.9, 0.98, 1, 1.05, 1.5]
        if a >= 1e6:
            factors = [0.97, 0.99, 1, 1.001, 1.02]
        for loc, scale in [(0, 1), (0, 2.5)]:
            yield continuous("gamma", {"a": a}, loc, scale, [a * f for f in factors])
    for mu in [0.001, 0.5, 2, 5, 17.3, 150, 4000]:
        width = max(1, round(mu**0.5))
        ks = sorted({max(0, round(mu) + i * width) for i in (-12, -8, -3, -1, 0, 1, 2, 6, 15, 30)})
        for loc in [0, 3]:
            yield discrete("poisson", {"mu": mu}, loc, ks)
    for n, p in [(1, 0.5), (5, 0.1), (20, 0.3), (20, 0.99), (450, 0.05), (1000, 0.5), (3000, 0.001)]:
        width = max(1, round((n * p * (1 - p)) ** 0.5))
        ks = {round(n * p) + i * width for i in (-20, -12, -5, -2, -1, 0, 1, 3, 8, 14, 20)} | {0, n}
        yield discrete("binom", {"n": n, "p": p}, 0, sorted(k for k in ks if 0 <= k <= n))
    for low, high, loc in [(1, 2, 0), (0, 10, 0), (-5, 7, 2), (1, 100, 0)]:
        ks = sorted({low - 1, low, low + 1, (low + high) // 2, high - 1, high})
        yield discrete("randint", {"low": low, "high": high}, loc, ks)


found = list(cases())
text = json.dumps({"scipy": scipy.__version__, "cases": found}, separators=(",", ":"))
pathlib.Path(__file__).with_name("scipy.json").write_text(text.replace('{"name"', '\n{"name"') + "\n")
for name in total:
    print(f"{name}: {total[name]} values, {replaced.get(name, 0)} from mpmath")
