#!/usr/bin/env python3
"""Thins out numbers of the reference implementation (LFPykernels 0.2.0) to what the tests compare.

Usage: make_fixtures.py GOLDEN_DIR    (a folder with kernels.json and survey.json)"""
import json
import os
import sys

here, golden = os.path.dirname(os.path.abspath(__file__)), sys.argv[1]


def rows(matrix, columns):
    return [[row[k] for k in columns] for row in matrix]


source = json.load(open(os.path.join(golden, 'kernels.json')))
cases = {}
for name, case in source['cases'].items():
    width = len(case['kernels']['GaussCylinderPotential'][0])
    zero = width // 2 if width % 2 else -1                     # column of lag 0; fir starts at dt
    columns = sorted({zero + k for k in [*range(1, 24), *range(24, 160, 8), *range(160, width - zero, 40)]}
                     | {width - 1, max(zero, 0)})
    out = dict(columns=columns, width=width,
               gauss_cylinder=rows(case['kernels']['GaussCylinderPotential'], columns),
               dipole_z=rows(case['kernels']['KernelApproxCurrentDipoleMoment'], columns)[2])
    if 'cell' in case:
        times = [0, 1, 2, 3, 5, 8, 16, 40, 100, 300, 800]
        out.update(g_pas=case['g_pas'], compartment_weight=case['compartment_weight'],
                   delay={str(k): v for k, v in enumerate(case['delay']) if v > 0},
                   multapse_mean=case['multapse_mean'], gauss_cylinder_matrix=case['matrix']['GaussCylinderPotential'],
                   imem_times=times, imem=rows(case['imem_from_event'], times))
        cell = case['cell']
    cases[name] = out
compartments = dict(x=cell['x'], y=cell['y'], z=cell['z'], d=cell['d'], area=cell['area'], length=cell['length'],
                    ri=[c['ri'] for c in cell['compartments']], section=[c['section'] for c in cell['compartments']],
                    parent=[c['parent'] for c in cell['compartments']])
json.dump(dict(contacts_z=source['contacts_z'], vrest_list=source['vrest_list'],
               compartments=compartments, cases=cases),
          open(os.path.join(here, 'kernels.json'), 'w'), separators=(',', ':'))
survey = json.load(open(os.path.join(golden, 'survey.json')))
json.dump({k: survey[k] for k in survey if k.startswith('kernel_')},
          open(os.path.join(here, 'survey.json'), 'w'), separators=(',', ':'))
