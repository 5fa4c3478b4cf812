import KernelFiles
import LFPKernels

/// The description of the documentation of the format, with an inline morphology.
enum DescriptionExample {
  static let yaml = """
    time: {dt: 0.0625, tau: 50, solver: exact}        # ms; solver: exact | backward-euler
    cells:
      pyramidal:
        sections:
          soma: {points: [[0, 0, -15, 30], [0, 0, 15, 30]]}
          apic: {points: [[0, 0, 15, 3], [0, 0, 1015, 3]], parent: soma(1)}
        discretization: {lambda_f: 100}               # Hz; or max_length (um), or compartments per section
        Ra: 100                                       # ohm cm
        cm: 1                                         # uF/cm2
        membrane: [{passive: {g: 0.0003}}]            # S/cm2; further entries: channels
        vrest: -65                                    # mV; or a map per section type, or a list
        rotation: {x: 0, y: 0, z: 0}                  # rad
    populations:
      E:
        size: 8192
        rate: 2.5                                     # spikes/s, of one neuron
        cell: pyramidal
        somata: {radius: 150, depth: {norm: {loc: 0, scale: 75}}}
        effective_leak: true                          # the default
        external: {count: 450, rate: 40, synapse: {exp2: {weight: 0.0002, tau1: 0.2, tau2: 1.8, e: 0}}}
      I: {size: 1024, rate: 5}                        # presynaptic only: needs no cell
    connections:
      - pre: I
        post: E
        probability: 0.05                             # or `synapses: N` in all, or `indegree: k`
        multapses: {truncnorm: {loc: 5, scale: 1.1, low: 1, high: 10}}
        delay: {truncnorm: {loc: 1.2, scale: 0.6, low: 0.3}}
        synapse: {exp2: {weight: 0.002, tau1: 0.1, tau2: 9, e: -80}}   # exp2 | exp | alpha; uS
        # synapse: {exp2: {weight: 0.05, tau1: 0.2, tau2: 1.8}, current: true}      # nA
        placement: {sections: [soma, apic], depth: [{norm: {loc: -100, scale: 100}, weight: 1}]}
    probes:
      lfp: {gauss_cylinder: {z: {from: 1000, to: -200, count: 13}, sigma: 0.3, radius: 150, scale: 75}}
      dipole: {population_dipole: {}}
    """

  static let json = """
    {
      "time": {"dt": 0.0625, "tau": 50, "solver": "exact"},
      "cells": {
        "pyramidal": {
          "sections": {
            "soma": {"points": [[0, 0, -15, 30], [0, 0, 15, 30]]},
            "apic": {"points": [[0, 0, 15, 3], [0, 0, 1015, 3]], "parent": "soma(1)"}
          },
          "membrane": [{"passive": {"g": 3e-4}}]
        }
      },
      "populations": {
        "E": {
          "size": 8192, "rate": 2.5, "cell": "pyramidal",
          "somata": {"radius": 150, "depth": {"norm": {"loc": 0, "scale": 75}}},
          "effective_leak": true,
          "external": {
            "count": 450, "rate": 40,
            "synapse": {"exp2": {"weight": "0.2 nS", "tau1": 0.2, "tau2": 1.8, "e": 0}}
          }
        },
        "I": {"size": 1024, "rate": 5}
      },
      "connections": [
        {
          "pre": "I", "post": "E", "probability": 0.05,
          "multapses": {"truncnorm": {"loc": 5, "scale": 1.1, "low": 1, "high": 10}},
          "delay": {"truncnorm": {"loc": 1.2, "scale": 0.6, "low": 0.3}},
          "synapse": {"exp2": {"weight": "2 nS", "tau1": 0.1, "tau2": 9, "e": -80}},
          "placement": {"sections": ["soma", "apic"], "depth": {"norm": {"loc": -100, "scale": 100}}}
        }
      ],
      "probes": {
        "lfp": {
          "gauss_cylinder": {
            "z": [1000, 900, 800, 700, 600, 500, 400, 300, 200, 100, 0, -100, -200],
            "sigma": 0.3, "radius": "0.15 mm", "scale": 75
          }
        },
        "dipole": {"population_dipole": {}}
      }
    }
    """

  static var cell: Cell {
    get throws {
      Cell(
        morphology: try NeuronMorphology(sections: [
          Section(
            name: "soma",
            points: [
              MorphologyPoint(0, 0, -15, diameter: 30), MorphologyPoint(0, 0, 15, diameter: 30),
            ]),
          Section(
            name: "apic",
            points: [
              MorphologyPoint(0, 0, 15, diameter: 3), MorphologyPoint(0, 0, 1015, diameter: 3),
            ], parent: SectionParent(section: 0, position: 1)),
        ]),
        membrane: [MembraneEntry(.passive(conductance: 0.0003))])
    }
  }

  /// What the description says.
  static var network: Network {
    get throws {
      Network(
        settings: KernelSettings(dt: 0.0625, tau: 50, solver: .exact),
        cells: ["pyramidal": try cell],
        populations: [
          Population(
            name: "E", size: 8192, rate: 2.5,
            postsynaptic: PostsynapticModel(
              cell: "pyramidal",
              somata: Somata(radius: 150, depth: try .norm(loc: 0, scale: 75)),
              effectiveLeak: true,
              external: [
                ExternalInput(
                  count: 450, rate: 40,
                  synapse: Synapse(
                    .exp2(tau1: 0.2, tau2: 1.8), .conductance(weight: 0.0002, reversal: 0)))
              ])),
          Population(name: "I", size: 1024, rate: 5),
        ],
        connections: [
          Connection(
            pre: "I", post: "E",
            connectivity: .probability(
              0.05, multapses: try .truncnorm(low: 1, high: 10, loc: 5, scale: 1.1)),
            delay: try .truncnorm(low: 0.3, loc: 1.2, scale: 0.6),
            synapse: Synapse(
              .exp2(tau1: 0.1, tau2: 9), .conductance(weight: 0.002, reversal: -80)),
            placement: SynapsePlacement(
              sections: ["soma", "apic"], depth: [.init(try .norm(loc: -100, scale: 100))]))
        ],
        probes: [
          Probe(
            name: "lfp",
            GaussCylinderProbe(
              z: (0...12).map { 1000 - 100 * Double($0) }, sigma: 0.3, radius: 150, scale: 75)),
          Probe(name: "dipole", PopulationDipoleProbe()),
        ])
    }
  }
}
