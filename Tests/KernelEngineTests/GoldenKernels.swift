import CableTheory
import CellMorphology
import Distributions
import ForwardModels
import LinearAlgebra
import Testing

@testable import KernelEngine

/// Kernels of the reference, thinned out (Fixtures/make_fixtures.py).
// Names as in the fixture.
// swift-format-ignore: AlwaysUseLowerCamelCase
struct GoldenKernels: Decodable {
  struct Parent: Decodable {
    var compartment: Int?
    var section: String?
    var x: Double?
  }
  struct CompartmentTable: Decodable {
    var x, y, z: [[Double]]
    var d, area, length, ri: [Double]
    var section: [String]
    var parent: [Parent?]
  }
  struct Case: Decodable {
    var columns: [Int]
    var width: Int
    var gauss_cylinder: [[Double]]
    var dipole_z: [Double]
    var g_pas, compartment_weight: [Double]?
    var delay: [String: Double]?
    var multapse_mean: [Double]?
    var gauss_cylinder_matrix, imem: [[Double]]?
    var imem_times: [Int]?
  }
  var vrest_list: [Double]
  var compartments: CompartmentTable
  var cases: [String: Case]

  static let all = Result { try fixture("kernels", as: GoldenKernels.self) }

  /// The reference's compartments, with their coordinates as it rounds them.
  func discretizedCell() throws -> DiscretizedCell {
    let t = compartments
    let names = ["soma[0]", "dend[0]", "apic[0]"]
    let cell = Compartments(
      startX: t.x.map { $0[0] }, startY: t.y.map { $0[0] }, startZ: t.z.map { $0[0] },
      endX: t.x.map { $0[1] }, endY: t.y.map { $0[1] }, endZ: t.z.map { $0[1] }, diameter: t.d,
      area: t.area, length: t.length,
      section: try t.section.map { try #require(names.firstIndex(of: $0)) }, sectionNames: names)
    // Nodes: the soma, its two ends, then the sticks' compartments.
    var parent = [-1, 0, 0]
    var resistance = [0, t.ri[0], t.ri[0]]
    var compartment = [0, -1, -1]
    for i in 1..<t.ri.count {
      let above = try #require(t.parent[i])
      if let k = above.compartment {
        parent.append(k + 2)
      } else {
        parent.append(above.x == 0 ? 1 : 2)
      }
      resistance.append(t.ri[i])
      compartment.append(i)
    }
    return DiscretizedCell(
      compartments: cell,
      tree: CompartmentTree(parent: parent, resistance: resistance, compartment: compartment))
  }
}

/// A golden case as a network and the presynaptic population that it is about.
struct GoldenRun {
  var network: Network
  var pre: String

  init(_ name: String, vrest: [Double], solver: CableSolver) throws {
    pre = name.hasPrefix("EI") ? "I" : "E"
    let isFIR = name == "EE_fir_dt0.125"
    network = try readmeNetwork(
      settings: KernelSettings(
        dt: isFIR ? 0.125 : 0.0625, tau: 50, solver: solver, lags: isFIR ? .fir : .full,
        average: .separate))
    if name == "EI_no_g_eff" { network.populations[0].postsynaptic?.effectiveLeak = false }
    if name == "EE_current_based" {
      network.populations[0].postsynaptic?.effectiveLeak = false
      for i in network.connections.indices {
        network.connections[i].synapse = Synapse(
          .exp2(tau1: 0.2, tau2: 1.8), .current(weight: 0.05))
      }
    }
    if name == "EI_vrest_per_compartment" {
      network.cells["pyramidal"]?.restingPotential = .compartments(vrest)
    }
  }

  /// The engine on given compartments instead of those that the morphology is cut into, with a given
  /// matrix for the first probe.
  func engine(on placed: DiscretizedCell, matrix: [[Double]]) throws -> KernelEngine {
    let probes = [Probe(name: "lfp", GivenMatrix(matrix: Matrix(matrix))), network.probes[1]]
    return KernelEngine(
      settings: network.settings, probes: probes, cells: [try cell(on: placed)])
  }

  func cell(on placed: DiscretizedCell) throws -> PostsynapticCell {
    let population = network.populations[0]
    var stages = KernelStages()
    return try PostsynapticCell(
      population, try #require(population.postsynaptic),
      cell: try #require(network.cells["pyramidal"]), placed: PlacedCell(cell: placed, version: 0),
      in: network,
      stages: &stages)
  }
}

/// A probe whose matrix is known.
struct GivenMatrix: PopulationProbe, ForwardModel {
  var matrix: Matrix
  var kind: String { "given" }
  var unit: String { "mV" }
  func forwardModel(for somata: Somata) -> any ForwardModel { self }
  func transformationMatrix(for compartments: Compartments) -> Matrix { matrix }
}
