#!/usr/bin/env python3
"""Writes small morphologies of many shapes next to this script, and neuron.json with the compartments
that NEURON 9 makes of them. Needs the Python packages neuron and numpy.

Each case: rule (lambda_f in Hz), sections (name, number of compartments, parent's index, place on the parent),
and per compartment start x y z, end x y z (um; NEURON's points interpolated over arc length, not rounded),
diameter (um), area (um2), resistance to the parent node (MOhm)."""
import json
import os
import sys
import tempfile
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
FILES = {}


def swc(name, rows, header='# id type x y z radius parent (um)\n', form='%d %d %g %g %g %g %d\n'):
    FILES[name + '.swc'] = header + ''.join(form % tuple(r) for r in rows)


class Tree:
    """Grows branches into rows of an SWC file."""

    def __init__(self, seed):
        self.rng, self.rows = np.random.default_rng(seed), []

    def add(self, kind, p, r, parent):
        self.rows.append((len(self.rows) + 1, kind, *np.round(p, 3), round(max(r, .1), 4), parent))
        return len(self.rows)

    def branch(self, kind, start, parent, direction, radius, length, depth, ways=2, step=15., taper=.97):
        n, p, d = max(1, round(length / step)), np.array(start, float), np.array(direction, float)
        for _ in range(n):
            d += .15 * self.rng.normal(size=3)
            p = p + d / np.linalg.norm(d) * length / n
            radius *= taper
            parent = self.add(kind, p, radius, parent)
        for k in range(ways if depth else 0):
            self.branch(kind, p, parent, d / np.linalg.norm(d) + .7 * self.rng.normal(size=3), radius * .7,
                        length * self.rng.uniform(.5, 1.1), depth - 1, ways, step, taper)


def swc_files():
    t = Tree(1)
    t.add(1, (0, 0, 0), 7., -1)
    for k in range(4):
        t.branch(3, (0, 0, 0), 1, t.rng.normal(size=3), 1.2, 60., 2, ways=2 + k % 2)
    t.branch(2, (0, 0, -7), 1, (0, 0, -1), .6, 80., 1)
    swc('one_point', t.rows)

    t = Tree(2)
    for y in (0, -8, 8):
        t.add(1, (3, y, 1), 8., 1 if t.rows else -1)
    for k in range(3):
        t.branch(3, (3, 0, 1), 1, t.rng.normal(size=3), 1.5, 70., 1, ways=4)
    t.branch(4, (3, 0, 9), 1, (0, 0, 1), 2.5, 150., 2)
    swc('three_points', t.rows, form='%d %d %.4e %.4e %.4e %.4e %d\r\n')

    swc('three_points_apart', [
        (1, 1, 0, 0, 0, 6, -1), (2, 1, 0, 0, -5, 4, 1), (3, 1, 0, 0, 5, 5, 1), (4, 3, 0, 8, 0, 1, 1),
        (5, 3, 0, 40, 0, .8, 4), (6, 4, 2, 0, 9, 1.5, 3), (7, 4, 3, 0, 90, 1, 6), (8, 2, 8, 0, -7, .5, 2),
        (9, 2, 8, 9, -60, .4, 8)])
    stack = [(k + 1, 1, .2 * k, 4. * k, 0, 5 + k % 3, k if k else -1) for k in range(6)]
    swc('stack', stack + [
        (7, 3, 10, 4, 0, 1, 2), (8, 3, 50, 4, 9, .5, 7), (9, 3, -9, 12, 0, 1, 4), (10, 3, -40, 12, 3, 1, 9),
        (11, 3, 0, -8, 0, 1, 1), (12, 3, 0, -60, 0, 1, 11), (13, 4, 1, 28, 0, 2, 6), (14, 4, 1, 90, 0, 1, 13),
        (15, 2, 9, 9, 9, .3, 3)])
    ring = [(k + 1, 1, round(8 * np.cos(k * .6), 3), round(6 * np.sin(k * .6), 3), 0, .2, k if k else -1)
            for k in range(10)]
    swc('outline', ring + [
        (11, 3, 12, 1, 0, 1, 1), (12, 3, 60, 5, 0, .6, 11), (13, 3, -9, 8, 0, 1, 5), (14, 3, -50, 20, 0, 1, 13),
        (15, 3, 1, -9, 0, 1, 10), (16, 3, 4, -50, 0, 1, 15)])
    swc('no_soma', [
        (1, 3, 0, 0, 0, 2, -1), (2, 3, 0, 20, 0, 1.5, 1), (3, 3, 0, 60, 0, 1, 2), (4, 3, 0, -30, 0, 1, 1),
        (5, 3, 0, -75, 0, .5, 4), (6, 3, 30, 0, 0, 1, 1), (7, 3, 5, 90, 0, .5, 3), (8, 3, -5, 80, 0, .5, 3)])
    swc('no_soma_types', [
        (1, 3, 0, 0, 0, 3, -1), (2, 4, 0, 20, 0, 1.5, 1), (3, 4, 0, 60, 0, 1, 2), (4, 2, 0, -30, 0, 1, 1),
        (5, 2, 0, -75, 0, .5, 4)])
    swc('custom_types', [
        (1, 1, 0, 0, 0, 5, -1), (2, 5, 0, 8, 0, 1, 1), (3, 5, 5, 58, 0, 1, 2), (4, 6, 5, 98, 0, 1, 3),
        (5, 6, 5, 138, 0, 1, 4), (6, 0, 0, -8, 0, 1, 1), (7, 0, 0, -48, 0, 1, 6), (8, 16, 8, 0, 8, 1, 1),
        (9, 16, 40, 0, 8, 1, 8), (10, 2, 60, 0, 18, 1, 9), (11, 2, 90, 0, 28, 2, 10), (12, -1, 3, 3, 3, .5, 1),
        (13, -1, 30, 30, 3, .5, 12)])
    swc('two_roots', [
        (1, 1, 0, 0, 0, 5, -1), (2, 1, 0, 6, 0, 6, 1), (3, 1, 0, 12, 0, 4, 2), (4, 3, 0, 20, 0, 1, 3),
        (5, 3, 0, 80, 0, 1, 4), (6, 3, 100, 0, 0, 1, -1), (7, 3, 160, 0, 0, 1, 6), (8, 3, 180, 0, 30, 1, 7),
        (9, 3, 190, 0, -30, 1, 7)])
    swc('two_somata', [
        (1, 1, 0, 0, 0, 5, -1), (2, 3, 0, 8, 0, 1, 1), (3, 3, 0, 58, 0, 1, 2), (4, 1, 100, 0, 0, 3, -1),
        (5, 3, 110, 0, 0, 1, 4), (6, 3, 160, 0, 0, 1, 5)])
    swc('jumps', [
        (1, 1, 0, 0, 0, 5, -1), (2, 3, 8, 0, 0, 1, 1), (3, 3, 8, 0, 0, 2, 2), (4, 3, 40, 0, 0, 2, 3),
        (5, 3, 40, 0, 0, .5, 4), (6, 3, 90, 0, 0, .5, 5), (7, 3, 90, 0, 0, 1, 6), (8, 3, 90, 20, 0, 1, 7),
        (9, 3, 120, 0, 0, .3, 7)])
    swc('one_point_branches', [
        (1, 1, 0, 0, 0, 5, -1), (2, 3, 30, 0, 0, 1, 1), (3, 3, 50, 20, 0, .8, 2), (4, 3, 50, -20, 0, .7, 2),
        (5, 4, 0, 40, 0, 1.2, 1), (6, 4, 0, 80, 3, 1, 5), (7, 4, 20, 120, 3, 1, 6), (8, 4, -20, 130, 3, 1, 6),
        (9, 4, 0, 140, 3, 1, 6)])
    swc('no_length', [
        (1, 1, 0, 0, 0, 5, -1), (2, 3, 8, 0, 0, 1, 1), (3, 3, 8, 0, 0, 1, 2), (4, 3, 58, 0, 0, 2, 3),
        (5, 3, 20, 60, 0, 2, 3), (6, 4, 0, 8, 0, 1, 1), (7, 4, 0, 50, 0, 1, 6), (8, 4, 0, 50, 0, 2, 7),
        (9, 4, 0, 90, 9, 1, 7), (10, 4, 20, 90, 0, 1, 8), (11, 4, -20, 99, 0, 1, 8)])
    swc('comments', [
        (3, 1, 0, 0, 0, 5, -1), (10, 3, 0, 8, 0, 1, 3), (25, 3, 0, 30, 5, 1, 10), (26, 3, 20, 60, 5, .5, 25),
        (400, 3, -20, 60, 5, .5, 25)], form='  %d\t%d %g %g\t%g %g %d   # a point\n# a comment 1 2 3\n')
    swc('soma_on_dendrite', [
        (1, 3, 0, 0, 0, 1, -1), (2, 3, 0, 40, 0, 1, 1), (3, 1, 0, 50, 0, 5, 2), (4, 1, 0, 58, 0, 6, 3),
        (5, 1, 0, 66, 0, 5, 4), (6, 3, 0, 75, 0, 1, 5), (7, 3, 0, 120, 0, 1, 6), (8, 2, 9, 58, 0, .5, 4),
        (9, 2, 40, 58, 9, .5, 8)])
    swc('soma_star', [
        (1, 1, 0, 0, 0, 5, -1), (2, 1, 0, -5, 0, 4, 1), (3, 1, 0, 5, 0, 5, 1), (4, 1, 6, 0, 0, 3, 1),
        (5, 3, 0, 8, 9, 1, 1), (6, 3, 0, 45, 9, 1, 5), (7, 3, 15, 0, 0, 1, 4), (8, 3, 66, 0, 0, 1, 7)])
    swc('soma_branch', [
        (1, 1, 0, 0, 0, 5, -1), (2, 1, 0, 4, 0, 6, 1), (3, 1, 0, 9, 0, 6, 2), (4, 1, 5, 9, 0, 4, 2),
        (5, 1, 9, 9, 2, 3, 4), (6, 3, 8, 8, 0, 1, 2), (7, 3, 58, 8, 0, 1, 6), (8, 3, -8, 12, 0, 1, 3),
        (9, 3, -38, 18, 0, 1, 8), (10, 3, 12, 18, 0, 1, 4), (11, 3, 12, 68, 0, 1, 10), (12, 3, 15, 9, 2, 1, 5),
        (13, 3, 45, 9, 2, 1, 12)])
    swc('type_changes', [
        (1, 1, 0, 0, 0, 5, -1), (2, 3, 0, 8, 0, 1, 1), (3, 3, 5, 38, 0, 1, 2), (4, 4, 5, 78, 0, 1, 3),
        (5, 4, 5, 118, 0, 1, 4), (6, 4, 45, 88, 0, 1, 4), (7, 2, 60, 99, 0, .4, 6), (8, 2, 90, 99, 0, .3, 7)])
    chain = [(1, 1, 0, 0, 0, 5, -1), (2, 1, 0, 10, 0, 6, 1), (3, 1, 0, 20, 0, 4, 2)]
    three = [(1, 1, 0, 0, 0, 5, -1), (2, 1, 0, -5, 0, 5, 1), (3, 1, 0, 5, 0, 5, 1)]
    for name, soma, parents in (('chain', chain, (1, 2, 3)), ('three', three, (1, 1)), ('one', chain[:1], (1, 1))):
        rows = list(soma)
        for x, parent in enumerate(parents):
            n = len(rows)
            rows += [(n + k + 1, kind, 30 * x + dx, 30 + dy, 9 * x, 1 - .1 * k, n + up if up else parent)
                     for k, (kind, dx, dy, up) in enumerate(((3, 0, 0, 0), (3, 0, 40, 1), (3, 5, 80, 2), (3, 9, 30, 1)))]
        swc('first_point_branches_' + name, rows)
    t = Tree(3)
    far = np.array((12000., -4000., 800.))
    t.add(1, far, 9., -1)
    for k in range(5):
        t.branch(3, far, 1, t.rng.normal(size=3), .9, 60., 2)
    t.branch(4, far, 1, (0, 0, 1), 2., 200., 2, ways=3)
    swc('far_away', t.rows)


def contour(points, name='CellBody'):
    return '("%s"\n  (Color RGB (255, 255, 128))\n  (CellBody)\n%s)  ;  End of contour\n\n' % (
        name, ''.join('  (%8.2f %8.2f %8.2f %8.2f)\n' % (*p, .5) for p in points))


def ellipse(a, b, centre=(0, 0, 0), turn=0., n=20, tilt=0., dent=0., reverse=False):
    u = np.arange(n) * 2 * np.pi / n
    r = 1 - dent * np.exp(-((u - 2) / .4) ** 2)
    x, y = a * r * np.cos(u), b * r * np.sin(u)
    p = np.c_[x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn), tilt * x] + centre
    return p[::-1] if reverse else p


def asc_branch(rng, start, direction, diameter, depth, indent, ways=2):
    p, d, text = np.array(start, float), np.array(direction, float), ''
    pad = ' ' * indent
    for k in range(rng.integers(2, 7)):
        if k or not indent > 2:
            d = d + .2 * rng.normal(size=3)
            p = p + d / np.linalg.norm(d) * rng.uniform(5, 15)
        diameter *= rng.uniform(.9, 1.)
        text += '%s(%8.2f %8.2f %8.2f %8.2f)  ; %d, R\n' % (pad, *p, diameter, k)
    if not depth:
        return text + pad + rng.choice(['Normal', 'Incomplete', 'High', 'Low']) + '\n'
    parts = [asc_branch(rng, p + rng.normal(size=3), d / np.linalg.norm(d) + .8 * rng.normal(size=3), diameter * .8,
                        depth - 1, indent + 2) for _ in range(ways)]
    return text + pad + '(\n' + (pad + '|\n').join(parts) + pad + ')  ;  End of split\n'


def asc_tree(rng, kind, start, direction, diameter=2., depth=2, ways=2):
    return '( (Color Yellow)\n  (%s)\n%s)  ;  End of tree\n\n' % (
        kind, asc_branch(rng, start, direction, diameter, depth, 2, ways))


def asc_files():
    rng = np.random.default_rng(5)
    head = ';\tV3 text file\n(ImageCoords)\n\n'
    trees = ''.join(asc_tree(rng, k, s, d, ways=w) for k, s, d, w in (
        ('Axon', (0, 0, -8), (0, 0, -1), 2), ('Dendrite', (9, 0, 0), (1, 0, 0), 3),
        ('Apical', (0, 9, 0), (0, 1, 0), 2), ('Dendrite', (-9, 0, 0), (-1, 0, 0), 2)))
    FILES['contour.asc'] = head + contour(ellipse(9, 6, turn=.5)) + trees
    FILES['contour_tilted.asc'] = head + contour(ellipse(8, 6, (30, 20, 9), 2., 17, .4, .4, True)) + trees
    FILES['slices.asc'] = head + contour(ellipse(5, 4, (1, 0, 0))) + trees + contour(
        ellipse(8, 6, (0, 1, 2), .3)) + contour(ellipse(6, 5, (0, 0, 4), .1, 15, .1))
    FILES['two_somata.asc'] = head + contour(ellipse(5, 4)) + contour(ellipse(8, 6, (60, 0, 5), 1.)) + ''.join(
        asc_tree(rng, 'Dendrite', s, (0, 1, 0)) for s in ((5, 5, 0), (25, 5, 0), (45, 5, 0), (66, 6, 0)))
    FILES['no_soma.asc'] = head + asc_tree(rng, 'Dendrite', (3, 2, 1), (0, 0, 1), depth=3)
    FILES['odd.asc'] = head + '("Pia" (Color White)\n (0 100 0 1)\n (90 100 0 1)\n (50 120 0 1)\n)\n' + contour(
        ellipse(7, 7, n=30)) + '''( (Color RGB (1, 2, 3)) (Dendrite)
 (8 0 0 1 S1)
 (18 0 0 1)
 (18 0 0 2)
 (40 3 0 2)
 <(40 3 1 0.5)>
 ( (40 3 0 1.5) (80 9 0 1.25) Normal
 | (60 -5 0 1)
   ( (70 -5 0 0.5) | (75 -15 0 0.5) (90 -20 0 0.4) Incomplete | (90 5 0 0.5) )
 | (45 3 0 1) (45 30 0 1) Generated ) )
( (Dendrite) (0 8 0 1) ( (0 30 0 1) | (10 40 0 1) (20 50 0 1) ) )
(Cross (Color White) (Name "Marker 1") (1 2 3 0.2) (3 2 3 0.2))
( (Color Red) (-9 0 0 1) (-50 0 9 2) )
'''


def hoc_files():
    FILES['ball_and_sticks.hoc'] = '''/* A ball and two sticks,
   with points */
objref all
all = new SectionList()
create soma[1], dend[1]
create apic[1]
soma[0] { pt3dadd(0, 0, -15, 30) pt3dadd(0, 0, 15, 30) }
dend[0] {
  pt3dclear()
  pt3dadd(0, 0, -15, 2)   // tapered
  pt3dadd(0, 0, -215, 1)
}
apic[0] { pt3dadd(0, 0, 15, 3) pt3dadd(0, 0, 315, 2) pt3dadd(0, 40, 515., 1.5e0) }
connect dend[0](0), soma[0](0)
connect apic[0](0), soma[0](1)
forall { Ra = 150. cm = 0.8 all.append() }
'''
    FILES['lengths.hoc'] = '''{create soma}
{access soma}
{nseg = 3}
{L = 20 diam = 15}
create dend[6], axon
connect dend[0](0), soma(1)
connect dend[2](0), soma(1)
connect dend[1](0), soma(1)
{soma connect axon(0), 0.5}
dend[0] connect dend[3](0), 1
dend[0] { connect dend[4](0), 0.3 connect dend[5](0), 0 }
forsec "dend" { L = 120 diam = 2 }
dend[3].L = 60
axon { L = 90 diam = 0.5 Ra = 70 }
'''
    FILES['bent_parents.hoc'] = '''create a, b, c, d[2]
a { nseg = 3 pt3dadd(0,0,0,4) pt3dadd(0,30,0,3) pt3dadd(40,30,5,2) }
b { pt3dadd(100,0,0,1) pt3dadd(100,60,0,1) pt3dadd(100,60,0,2) pt3dadd(100,90,0,2) }
c { pt3dadd(7,0,0,1) pt3dadd(7,10,0,1) }
connect b(0), a(.5)
connect c(0), a(.7)
connect d(0), c(1)
connect d[1](0), a(0)
d { L = 30 diam = 1 }
d[1] { pt3dadd(0,0,0,1) pt3dadd(-30,0,0,1) diam = 1.5 }
'''


def significant(value):
    return float('%.10g' % value)


def compartments(path):
    from neuron import h
    h.load_file('stdlib.hoc')
    h.load_file('import3d.hoc')
    if path.endswith('.hoc'):
        h.load_file(1, path)
    else:
        reader = h.Import3d_SWC_read() if path.endswith('.swc') else h.Import3d_Neurolucida3()
        reader.quiet = 1
        reader.input(path)
        h.Import3d_GUI(reader, 0).instantiate(None)
        for sec in h.allsec():
            sec.Ra = 100.
    h.define_shape()
    sections, columns, index = [], [[] for _ in range(9)], {}
    for sec in h.allsec():
        sec.nseg = int((sec.L / (.1 * h.lambda_f(100, sec=sec)) + .9) / 2) * 2 + 1
    for sec in h.allsec():
        index[sec.name()] = len(index)
    for sec in h.allsec():
        parent = sec.parentseg()
        sections.append([sec.name(), sec.nseg, index[parent.sec.name()] if parent else -1, parent.x if parent else -1])
        p = np.array([(sec.x3d(i), sec.y3d(i), sec.z3d(i)) for i in range(sec.n3d())])
        arc = np.r_[0, np.cumsum(np.linalg.norm(np.diff(p, axis=0), axis=1))]
        at = np.array([np.interp(np.arange(sec.nseg + 1) / sec.nseg * arc[-1], arc, p[:, k]) for k in range(3)])
        for k, seg in enumerate(sec):
            for column, value in zip(columns, (*at[:, k], *at[:, k + 1], seg.diam, seg.area(), seg.ri())):
                column.append(significant(value))
    return dict(sections=sections, columns=columns)


def main():
    if len(sys.argv) > 1:
        json.dump(compartments(sys.argv[1]), open(sys.argv[2], 'w'))
        return
    swc_files()
    asc_files()
    hoc_files()
    cases = {}
    for name, text in sorted(FILES.items()):
        path = os.path.join(HERE, name)
        with open(path, 'w', newline='') as f:
            f.write(text)
        out = os.path.join(tempfile.gettempdir(), name + '.json')
        # NEURON keeps state: a process for each file.
        if os.system('%s %s %s %s >/dev/null 2>&1' % (sys.executable, __file__, path, out)):
            sys.exit('NEURON refuses ' + name)
        cases[name] = json.load(open(out))
        os.remove(out)
        if not cases[name]['sections']:
            sys.exit('NEURON reads nothing from ' + name)
        print(name, len(text), 'bytes,', len(cases[name]['columns'][0]), 'compartments')
    with open(os.path.join(HERE, 'neuron.json'), 'w') as f:
        json.dump(cases, f, separators=(',', ':'))
    print('neuron.json', os.path.getsize(os.path.join(HERE, 'neuron.json')) // 1024, 'KiB')


if __name__ == '__main__':
    main()
