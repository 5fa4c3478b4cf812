"""Reference geometry for the tests of CellMorphology: python make_fixtures.py SURVEY_JSON

Builds cells section by section in NEURON (pt3dadd and connect) and writes neuron.json: the numbers
of compartments, and per compartment area, diameter, the resistance to its parent node and which
node that is. SURVEY_JSON holds the numbers of one more section under the key neuron_section.

NEURON keeps points and diameters as 32-bit floats, so all are multiples of 1/64; define_shape,
which would move children to where they are connected, is not called. End points are NOT NEURON's
(LFPy rounds fractions to 6 decimals): they are interpolated here, in 40 digits.

Every cell's tree is checked against NEURON's own transfer impedances before it is written.
"""
import json
import pathlib
import sys
import tempfile

import LFPy
import mpmath as mp
import numpy as np
from neuron import h

h.load_file('stdrun.hoc')
mp.mp.dps = 40
random = np.random.default_rng(20)


def grid(x):
    """The nearest multiple of 1/64."""
    return np.round(np.asarray(x, float) * 64) / 64


def cable(start, steps, diameters):
    """Points from a start by steps, with diameters, on the grid."""
    points = grid(np.array(start) + np.r_[np.zeros((1, 3)), np.cumsum(grid(steps), axis=0)])
    return np.c_[points, grid(diameters)].tolist()


def wander(start, n, length=20., low=.5, high=4.):
    return cable(start, random.normal(size=(n - 1, 3)) * length / np.sqrt(n),
                 random.uniform(low, high, n))


def section(name, points, parent=None, at=1., Ra=100., cm=1.):
    return dict(name=name, points=points, parent=parent, at=at, Ra=Ra, cm=cm)


def interpolate(points, fraction):
    """The point at a fraction of the arc length, 40 digits."""
    p = [[mp.mpf(v) for v in q[:3]] for q in points]
    steps = [mp.sqrt(sum((a - b) ** 2 for a, b in zip(p[i], p[i + 1]))) for i in range(len(p) - 1)]
    rest = mp.fsum(steps) * fraction
    for i, s in enumerate(steps):
        if s > 0 and (rest <= s or i == len(steps) - 1):
            return [float(a + rest / s * (b - a)) for a, b in zip(p[i], p[i + 1])]
        rest -= s
    return [float(v) for v in p[-1]]


def at(points, fraction):
    """Where a child connected at this fraction begins, on the grid (within 1/128 um)."""
    return grid(interpolate(points, mp.mpf(fraction)))


def cells():
    """Sections, and rules for their numbers of compartments."""
    out = []
    tapered = section('soma', cable((0, 0, 0), [(0, 0, 10), (0, 5, 10), (0, 0, 16)], [4, 20, 16, 2]))
    out.append(('tapered', [tapered], [{'counts': 1}, {'counts': 3}, {'counts': 5}, {'counts': 31}]))
    # Jumps: at the start, in the middle, doubled, exactly at borders (halves of 40 um), at the end.
    jumps = section('dend[0]', cable(
        (1, 2, 3), [(0, 0, 0), (10, 0, 0), (0, 0, 0), (10, 0, 0), (0, 0, 0), (0, 0, 0), (20, 0, 0),
                    (0, 0, 0)], [1, 3, 3, 5, 2, 6, 4, 4, 1.5]))
    out.append(('jumps', [jumps], [{'counts': n} for n in (1, 2, 3, 4, 5, 8, 11)]))
    many = section('axon', wander((0, 0, 0), 200, 300, .25, 3.))
    out.append(('many_points', [many], [{'counts': 1}, {'counts': 7}, {'counts': 101}]))
    short = section('apic', cable((0, 0, 0), [(1 / 64, 0, 0)] * 3 + [(500, 0, 0)], [1, 2, 3, 1, 8]))
    out.append(('uneven', [short], [{'counts': 9}, {'lambda': 100}, {'lambda': 1000}]))
    out.append(('places', places(), [{'counts': n} for n in (1, 3, 5)]
                + [{'lambda': f} for f in (10, 100, 500, 3000)]))
    for seed in range(3):
        out.append(('random_%d' % seed, random_cell(24), [{'counts': 1}, {'counts': 3}, {'lambda': 30}]))
    return out


def places():
    """Children at all kinds of places; Ra and cm differ; a child may come before its parent."""
    root = wander((0, 0, 0), 5, 40, 8, 16)
    dend = wander(root[-1][:3], 4, 100, 2, 4)
    apic = wander(at(root, .5), 6, 150, 1, 5)
    early = wander(apic[-1][:3], 3, 60)
    return [
        section('apic[1]', early, 'apic[0]', 1, 70, .75),
        section('soma', root, None, 1, 150, 1),
        section('dend[0]', dend, 'soma', 1, 100, 1.5),
        section('apic[0]', apic, 'soma', .5, 200, 2),
        section('dend[1]', wander(root[0][:3], 3), 'soma', 0, 80, 1),
        section('dend[2]', wander(root[0][:3], 4), 'soma', 0, 90, 1),
        section('dend[3]', wander(at(dend, 1 / 3), 4), 'dend[0]', 1 / 3, 110, 1),
        section('dend[4]', wander(at(dend, .77), 4), 'dend[0]', .77, 120, 1.25),
        section('dend[5]', wander(dend[0][:3], 3), 'dend[0]', 0, 130, 1),
        section('dend[6]', wander(dend[-1][:3], 3), 'dend[0]', 1, 140, 1),
        section('dend[7]', wander(dend[-1][:3], 3), 'dend[0]', 1, 150, 1),
        section('apic[2]', wander(apic[0][:3], 3), 'apic[0]', 0, 160, 1),
        section('axon[0]', wander(apic[0][:3], 3), 'apic[2]', 0, 170, 1),
        section('axon[1]', wander(dend[0][:3], 2), 'dend[5]', 0, 180, 1),
        section('axon[2]', wander(root[0][:3], 2), 'dend[1]', 0, 190, 1),
    ]


def random_cell(count):
    out = [section('soma', wander((0, 0, 0), 3, 30, 8, 20))]
    for i in range(1, count):
        p = out[random.integers(0, i)]
        x = random.choice([0, 1, 1, 1, 1, 1 / 3, .5, .77, float(random.uniform())])
        n = int(random.integers(2, 12))
        out.append(section('%s[%d]' % (random.choice(['dend', 'apic', 'axon']), i),
                           wander(at(p['points'], x), n, float(random.uniform(10, 400)), .3, 3.),
                           p['name'], float(x), float(random.uniform(50, 250)),
                           float(random.uniform(.5, 2))))
    order = random.permutation(count)
    return [out[i] for i in order]


def build(cell, rule):
    made = {}
    for s in cell:
        sec = made[s['name']] = h.Section(name=s['name'].replace('[', '_').replace(']', ''))
        sec.Ra, sec.cm = s['Ra'], s['cm']
        for p in s['points']:
            sec.pt3dadd(*p)
    for s in cell:
        if s['parent']:
            made[s['name']].connect(made[s['parent']](s['at']), 0)
    for s in cell:
        sec = made[s['name']]
        if 'counts' in rule:
            sec.nseg = rule['counts']
        else:
            sec.nseg = int((sec.L / (.1 * h.lambda_f(rule['lambda'], sec=sec)) + .9) / 2) * 2 + 1
        sec.insert('pas')
        sec.g_pas, sec.e_pas = 2**-11, 0
    return made


def attachment(cell, made, s):
    """The node where a section begins: [kind, section, compartment]."""
    if not s['parent']:
        return None
    parent = next(p for p in cell if p['name'] == s['parent'])
    sec = made[s['parent']]
    if s['at'] == 1:
        return ['end', s['parent'], sec.nseg - 1]
    if s['at'] == 0:
        return attachment(cell, made, parent) or ['start', s['parent'], 0]
    return ['compartment', s['parent'], min(int(s['at'] * sec.nseg), sec.nseg - 1)]


def measure(cell, rule):
    made = build(cell, rule)
    out = []
    for s in cell:
        sec = made[s['name']]
        segs = list(sec)
        borders = [interpolate(s['points'], mp.mpf(k) / sec.nseg) for k in range(sec.nseg + 1)]
        out.append(dict(name=s['name'], attachment=attachment(cell, made, s),
                        area=[g.area() for g in segs], diameter=[g.diam for g in segs],
                        resistance=[g.ri() for g in segs], endResistance=sec(1).ri(),
                        length=sec.L, borders=borders))
    check_impedances(cell, made, out)
    for s in cell:
        sec = made[s['name']]
        kept = [[getattr(sec, v + '3d')(i) for v in ('x', 'y', 'z', 'diam')] for i in range(sec.n3d())]
        assert kept == s['points'], 'NEURON moved or rounded the points of ' + s['name']
    return dict(rule=rule, sections=out)


def check_impedances(cell, made, measured):
    """Steady transfer impedances of the written tree against NEURON's."""
    index, edges, leak = {}, [], []
    for m in measured:
        for k in range(len(m['area'])):
            index[('compartment', m['name'], k)] = len(index)
            leak.append(m['area'][k] * 1e-2 * 2**-11)

    def node(key):
        kind, name, k = key
        if tuple(key) not in index:
            index[tuple(key)] = len(index)
            leak.append(0.)
            m = next(m for m in measured if m['name'] == name)
            # NEURON gives the root's node at 0 the same resistance as its first compartment
            edges.append((node(('compartment', name, k)), index[tuple(key)],
                          m['endResistance'] if kind == 'end' else m['resistance'][0]))
        return index[tuple(key)]
    for m in measured:
        for k, r in enumerate(m['resistance']):
            here = index[('compartment', m['name'], k)]
            if k:
                edges.append((index[('compartment', m['name'], k - 1)], here, r))
            elif m['attachment']:
                edges.append((node(m['attachment']), here, r))
    n = len(index)
    G = np.diag(leak)
    for a, b, r in edges:
        G[[a, b], [a, b]] += 1 / r
        G[a, b] -= 1 / r
        G[b, a] -= 1 / r
    places = [(m['name'], k) for m in measured for k in range(len(m['area']))]
    chosen = random.choice(len(places), min(4, len(places)), replace=False)
    Z = np.linalg.solve(G, np.eye(n)[:, chosen])
    h.finitialize(0)
    for column, source in enumerate(chosen):
        z = h.Impedance()
        segs = {name: list(made[name]) for name in made}
        g = segs[places[source][0]][places[source][1]]
        z.loc(g.x, sec=g.sec)
        z.compute(0)
        theirs = [z.transfer(segs[a][k].x, sec=segs[a][k].sec) for a, k in places]
        error = np.abs(Z[:len(places), column] - theirs).max() / np.abs(theirs).max()
        assert error < 1e-9, ('impedances', error)


def lambdas(count=300):
    """The d_lambda rule for sections of all sizes."""
    out = []
    for i in range(count):
        n = int(random.integers(2, 15))
        s = section('dend', wander((0, 0, 0), n, float(10 ** random.uniform(0, 3.5)), .25, 6),
                    Ra=float(random.uniform(20, 400)), cm=float(random.uniform(.1, 5)))
        f = float(10 ** random.uniform(0, 3.5))
        d = float(random.choice([.1, .05, .3]))
        sec = build([s], {'counts': 1})['dend']
        # A wish close to an even number would depend on rounding: leave those cases out.
        wish = (sec.L / (d * h.lambda_f(f, sec=sec)) + .9) / 2
        if abs(wish - round(wish)) < 1e-6 or wish > 2000:
            continue
        out.append(dict(points=s['points'], Ra=s['Ra'], cm=s['cm'], frequency=f, fraction=d,
                        lambda_f=h.lambda_f(f, sec=sec), count=int(wish) * 2 + 1))
    return out


def placements():
    """End points of LFPy's cells after set_rotation and set_pos (one compartment per section, so
    that no fraction of a section is rounded)."""
    soma = [[1, 2, 3, 8], [4, 6, 15, 8]]
    dend = [soma[1][:3] + [2], [-20, 8, 40, 1]]
    apic = [soma[1][:3] + [2], [30, -70, 140, 1]]
    lines = ['create soma, dend, apic', 'connect dend(0), soma(1)', 'connect apic(0), soma(1)',
             'objref all', 'all = new SectionList()']
    for name, points in (('soma', soma), ('dend', dend), ('apic', apic)):
        lines.append('%s { pt3dclear()' % name)
        lines += ['pt3dadd(%g, %g, %g, %g)' % tuple(p) for p in points] + ['}', name + ' all.append()']
    out = []
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / 'cell.hoc'
        path.write_text('\n'.join(lines) + '\n')
        for angles in ((.3, -.2, .1), (1.5, 0., 0.), (0., 2., 0.), (0., 0., -1.), (2.5, -1.25, 4.)):
            position = random.uniform(-200, 200, 3)
            cell = LFPy.Cell(morphology=str(path), nsegs_method=None, delete_sections=True)
            cell.set_rotation(*angles)
            cell.set_pos(*position)
            out.append(dict(angles=angles, position=position.tolist(), sections=[soma, dend, apic],
                            start=np.c_[cell.x[:, 0], cell.y[:, 0], cell.z[:, 0]].tolist(),
                            end=np.c_[cell.x[:, 1], cell.y[:, 1], cell.z[:, 1]].tolist()))
    return out


if __name__ == '__main__':
    here = pathlib.Path(__file__).parent
    result = []
    for name, cell, rules in cells():
        result.append(dict(name=name, sections=cell, cuts=[measure(cell, r) for r in rules]))
        print(name, [sum(len(s['area']) for s in c['sections']) for c in result[-1]['cuts']])
    survey = json.load(open(sys.argv[1]))['neuron_section']
    out = dict(cells=result, lambdas=lambdas(), survey=survey, placements=placements())
    (here / 'neuron.json').write_text(json.dumps(out, separators=(',', ':')))
