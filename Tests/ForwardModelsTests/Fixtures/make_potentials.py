#!/usr/bin/env python3
"""Writes potentials.json, the reference's potentials and current source densities, from the files of
reference numbers forward_models.json and survey.json (LFPykit 0.6.2). Units: um, S/m, mV/nA.

Usage: make_potentials.py GOLDEN_FOLDER"""
import json
import os
import sys

folder = sys.argv[1]


def load(name):
    with open(os.path.join(folder, name)) as file:
        return json.load(file)


def points(x, y, z):
    return [list(p) for p in zip(x, y, z)]


def cell(x, y, z, d):
    ends = [points([r[k] for r in x], [r[k] for r in y], [r[k] for r in z]) for k in (0, 1)]
    return dict(start=ends[0], end=ends[1], diameter=d)


golden = load('forward_models.json')
c, models = golden['contacts'], golden['models']
survey = load('survey.json')['forward']
s = survey['segments']
sphere = models['one_sphere']['params']['r']
out = dict(
    golden=dict(
        cell=cell(golden['cell']['x'], golden['cell']['y'], golden['cell']['z'], golden['cell']['d']),
        contacts=points(c['x'], c['y'], c['z']),
        sphere=points(*sphere),
        matrices={k: v['matrix'] for k, v in models.items()}),
    survey=dict(
        cell=cell(s['x'], s['y'], s['z'], s['d']),
        contacts=survey['contacts'],
        sphere=[[r, t, 0.0] for r, t in zip(*survey['OneSphere_R1e4_si.3_so.03']['r_theta'])],
        matrices={
            'dipole': survey['CurrentDipoleMoment'],
            # One current of 1 nA, 8 mm from the centre.
            'one_sphere_8000': [[v] for v in survey['OneSphere_R1e4_si.3_so.03']['rs8000_I1']],
            'point': survey['PointSourcePotential_sigma0.3'],
            'line': survey['LineSourcePotential_sigma0.3'],
            'rec_root_as_point_iso': survey['RecExt_root_as_point_sigma0.3'],
            'rec_pointsource_aniso': survey['RecExt_aniso_[0.6,0.3,0.45]_pointsource'],
            'rec_linesource_aniso': survey['RecExt_aniso_[0.6,0.3,0.45]_linesource'],
            'rec_root_as_point_aniso': survey['RecExt_aniso_[0.6,0.3,0.45]_root_as_point'],
            'mea_pointsource': survey['RecMEA_pointsource_dz+50_contacts|z|_T.3_S1.5_G.05_h300_steps20'],
            'mea_linesource': survey['RecMEA_linesource_dz+50_contacts_z0_T.3_S1.5_G0_h300_steps20'],
            'mea_root_as_point': survey['RecMEA_root_as_point_dz+50_contacts_z0_T.3_S1.5_G0_h300_steps20'],
            'mea_squeezed': survey['RecMEA_squeeze0.5_h80_pointsource_dz+50']['M'],
            'one_sphere': survey['OneSphere_R1e4_si.3_so.03']['cell_z_plus_9000'],
            'laminar_15': survey['Laminar']['M_per_um3'],
            'laminar_8': survey['Laminar_r8']['M_per_um3'],
            # The reference's volumetric matrix holds fractions in pieces of 1 um: kept as such.
            'volumetric_fractions': [row for plane in survey['Volumetric_dl1']['M'] for line in plane
                                     for row in line]}))
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'potentials.json'), 'w') as file:
    json.dump(out, file, separators=(',', ':'))
