import CellMorphology
import Distributions
import Foundation
import LinearAlgebra
import Testing

@testable import KernelEngine

/// The example cell of the method's paper: a soma with two sticks.
func ballAndSticks(apical: Double = 1000) throws -> NeuronMorphology {
  try NeuronMorphology(sections: [
    Section(
      name: "soma[0]",
      points: [
        MorphologyPoint(0, 0, -15, diameter: 30), MorphologyPoint(0, 0, 15, diameter: 30),
      ]),
    Section(
      name: "dend[0]",
      points: [
        MorphologyPoint(0, 0, -15, diameter: 2), MorphologyPoint(0, 0, -215, diameter: 2),
      ], parent: SectionParent(section: 0, position: 0)),
    Section(
      name: "apic[0]",
      points: [
        MorphologyPoint(0, 0, 15, diameter: 3), MorphologyPoint(0, 0, 15 + apical, diameter: 3),
      ], parent: SectionParent(section: 0, position: 1)),
  ])
}

/// A fixture file, decoded.
func fixture<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
  let url = try #require(
    Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures"))
  return try JSONDecoder().decode(type, from: Data(contentsOf: url))
}

/// The README network of the reference with its postsynaptic population E.
func readmeNetwork(settings: KernelSettings, depth: Double = 0) throws -> Network {
  let zs = (0..<13).map { 1000 - 100 * Double($0) }
  return Network(
    settings: settings,
    cells: [
      "pyramidal": Cell(
        morphology: try ballAndSticks(), membrane: [MembraneEntry(.passive(conductance: 3e-4))])
    ],
    populations: [
      Population(
        name: "E", size: 8192, rate: 2.5,
        postsynaptic: PostsynapticModel(
          cell: "pyramidal",
          somata: Somata(radius: 150, depth: try .norm(loc: depth, scale: 75)),
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
        pre: "E", post: "E",
        connectivity: .probability(
          0.05, multapses: try .truncnorm(a: -1 / 0.6, b: 8 / 0.6, loc: 2, scale: 0.6)),
        delay: try .truncnorm(a: -2.2, b: .infinity, loc: 1.3, scale: 0.5),
        synapse: Synapse(
          .exp2(tau1: 0.2, tau2: 1.8), .conductance(weight: 0.00012, reversal: 0)),
        placement: SynapsePlacement(
          sections: ["apic", "dend"], depth: [.init(try .norm(loc: 50, scale: 100))])),
      Connection(
        pre: "I", post: "E",
        connectivity: .probability(
          0.05, multapses: try .truncnorm(a: -4 / 1.1, b: 5 / 1.1, loc: 5, scale: 1.1)),
        delay: try .truncnorm(a: -1.5, b: .infinity, loc: 1.2, scale: 0.6),
        synapse: Synapse(
          .exp2(tau1: 0.1, tau2: 9), .conductance(weight: 0.002, reversal: -80)),
        placement: SynapsePlacement(
          sections: ["soma", "apic", "dend"], depth: [.init(try .norm(loc: -100, scale: 100))])),
    ],
    probes: [
      Probe(name: "lfp", GaussCylinderProbe(z: zs)),
      Probe(name: "dipole", PopulationDipoleProbe()),
    ])
}

/// The largest difference between two arrays over the largest value of the second; NaN where there is
/// one.
func relativeDifference(_ a: [Double], _ b: [Double]) -> Double {
  guard a.count == b.count else { return .infinity }
  func largest(_ values: some Sequence<Double>) -> Double {
    values.reduce(0) { $0.isNaN || $1.isNaN ? .nan : max($0, abs($1)) }
  }
  return largest(zip(a, b).map { $0 - $1 }) / largest(b)
}

/// The larger of two numbers; NaN when either is, so that no test passes on NaN.
func largest(_ a: Double, _ b: Double) -> Double { a.isNaN || b.isNaN ? .nan : max(a, b) }
