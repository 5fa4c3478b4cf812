import CellMorphology
import Distributions
import ForwardModels
import Foundation
import LinearAlgebra
import Testing

@testable import KernelEngine

/// Kernels of the README network as joint means over depth, by an independent computation
/// (Fixtures/joint.json).
private struct JointGolden: Decodable {
  struct Pathway: Decodable { var values: [[Double]] }
  // Names as in the fixture.
  // swift-format-ignore: AlwaysUseLowerCamelCase
  var lag_index: [Int]
  var kernels: [String: Pathway]
}

@Suite("The mean of the product over depths of somata")
struct JointAverageTests {
  /// The fixture cuts depths at 7 standard deviations, without 2.6e-12 of them.
  @Test(arguments: [1e-4, 1e-6, 1e-8])
  func readmeNetworkAgreesWithAnIndependentComputation(tolerance: Double) throws {
    let golden = try fixture("joint", as: JointGolden.self)
    let network = try readmeNetwork(settings: KernelSettings(averageTolerance: tolerance))
    for kernel in try KernelEngine(network).kernels() where kernel.probe == "lfp" {
      let expected = try #require(golden.kernels["\(kernel.pre)->\(kernel.post)"]).values
      let ours = (0..<13).map { e in golden.lag_index.map { kernel.values[e, 800 + $0] } }
      let error = relativeDifference(ours.flatMap { $0 }, expected.flatMap { $0 })
      let estimate = try #require(kernel.averageError)
      #expect(error < tolerance, "\(kernel.pre)")
      #expect(estimate < tolerance && error < 3 * estimate, "\(kernel.pre): \(error), \(estimate)")
    }
  }

  /// A network of a small cell, whose synapses lie at absolute depths.
  private func smallNetwork(
    _ probes: [Probe], depth: Distribution, average: Double = 1e-7,
    solver: CableSolver = .exact, change: (inout Network) throws -> Void = { _ in }
  ) throws -> Network {
    var network = try readmeNetwork(
      settings: KernelSettings(
        dt: 0.25, tau: 10, solver: solver, averageTolerance: average))
    network.cells["pyramidal"] = Cell(
      morphology: try ballAndSticks(apical: 200), discretization: .maximumLength(60),
      membrane: [MembraneEntry(.passive(conductance: 3e-4))])
    network.populations[0].postsynaptic?.somata = Somata(radius: 100, depth: depth)
    network.probes = probes
    try change(&network)
    return network
  }

  /// The mean over populations that lie at one depth each.
  private func meanOverDepths(
    _ network: Network, _ depths: [Double], _ shares: [Double]
  ) throws -> [[Double]] {
    var sums: [[Double]] = []
    let total = shares.reduce(0, +)
    for (z, share) in zip(depths, shares) {
      var own = network
      own.populations[0].postsynaptic?.somata.depth = try .constant(z)
      for (i, kernel) in try KernelEngine(own).kernels().enumerated() {
        if i >= sums.count {
          sums.append(Array(repeating: 0, count: kernel.values.storage.count))
        }
        for (j, value) in kernel.values.storage.enumerated() { sums[i][j] += share * value }
      }
    }
    return sums.map { $0.map { $0 / total } }
  }

  /// The same for a normal density, by the trapezoid rule, which converges faster than any power.
  private func meanOverNormalDepths(
    _ network: Network, mean: Double, deviation: Double, count: Int
  ) throws -> [[Double]] {
    let x = (0..<count).map { -5.5 + 11 * Double($0) / Double(count - 1) }
    return try meanOverDepths(
      network, x.map { mean + deviation * $0 }, x.map { exp(-0.5 * $0 * $0) })
  }

  /// Contacts beside the discs, where matrices are smooth in depth, so that the trapezoid rule over a
  /// normal density has no error of its own; probes are averaged to 1e-6.
  @Test(arguments: ["point", "line", "dipole", "eeg", "slice", "sphere", "cell"])
  func equalsTheSumOverPopulationsOfConstantDepth(kind: String) throws {
    let contacts = [SIMD3(190.0, 0, 60), SIMD3(130, 140, -150)]
    let measures: any PopulationProbe =
      switch kind {
      case "point": PotentialProbe(.point, contacts: contacts)
      case "line": PotentialProbe(.line, contacts: contacts)
      case "eeg":
        EEGProbe(
          electrodes: Contacts([SIMD3(0, 0, 90_000)]),
          dipole: DipoleSource(location: SIMD3(0, 0, 78_000)))
      case "slice":
        SliceProbe(
          contacts: Contacts([SIMD3(190.0, 0, -600)]), bottom: -900, thickness: 1800,
          source: .point)
      case "sphere": SphereProbe(contacts: Contacts(contacts))
      case "cell": PotentialProbe(.line, contacts: contacts, average: .cell)
      default: PopulationDipoleProbe()
      }
    let network = try smallNetwork(
      [Probe(name: "p", measures)], depth: .norm(loc: 0, scale: 40))
    let expected = try meanOverNormalDepths(network, mean: 0, deviation: 40, count: 45)
    for (kernel, expected) in zip(try KernelEngine(network).kernels(), expected) {
      let error = relativeDifference(kernel.values.storage, expected)
      #expect(error < 3e-6, "\(kind), \(kernel.pre)")
    }
  }

  /// Other laws of depth, steps, and densities of placement with edges, for which probabilities jump
  /// with depth.
  @Test(arguments: [0, 1, 2, 3, 4, 5])
  func otherLawsAndPlacements(index: Int) throws {
    let normal = try Distribution.norm(loc: 30, scale: 40)
    let uniform = try Distribution.uniform(loc: -100, scale: 200)
    let density = { (z: Double) in exp(-0.5 * ((z - 30) / 40) * ((z - 30) / 40)) }
    let edges = try Distribution.uniform(loc: -120, scale: 250)
    let isNormal = [0, 2, 4].contains(index)
    let network = try smallNetwork(
      [
        Probe(name: "axis", GaussCylinderProbe(z: [-300, 0, 450])),
        Probe(name: "dipole", PopulationDipoleProbe()),
      ], depth: isNormal ? normal : uniform, average: 1e-6,
      solver: index >= 4 ? .backwardEuler : .exact
    ) { network in
      if index == 2 || index == 3 {
        network.connections[0].placement.depth = [.init(edges)]
        network.connections[1].placement.zRange = -150...200
      }
    }
    let (low, high) = isNormal ? (-190.0, 250.0) : (-100.0, 100.0)
    // Between the depths at which a compartment passes an end, everything is smooth but for kinks where
    // discs pass a contact: midpoints of short pieces serve.
    let count = index == 2 || index == 3 ? 900 : 360
    var edgesOfPieces = (0...count).map { low + (high - low) * Double($0) / Double(count) }
    if index == 2 || index == 3 {
      let compartments = try KernelEngine(network).cells[0].compartments
      let mean = isNormal ? 30.0 : 0
      for i in 0..<compartments.count {
        for end in [-120.0, 130, -150, 200] {
          edgesOfPieces.append(end - compartments.midpointZ(i) + mean)
        }
      }
    }
    edgesOfPieces = edgesOfPieces.filter { $0 >= low && $0 <= high }.sorted()
    var (depths, shares) = ([Double](), [Double]())
    for (a, b) in zip(edgesOfPieces, edgesOfPieces.dropFirst()) where b - a > 1e-9 {
      depths.append(0.5 * (a + b))
      shares.append((b - a) * (isNormal ? density(0.5 * (a + b)) : 1))
    }
    let expected = try meanOverDepths(network, depths, shares)
    for (kernel, expected) in zip(try KernelEngine(network).kernels(), expected) {
      let error = relativeDifference(kernel.values.storage, expected)
      #expect(error < 2e-4, "\(kernel.pre) at \(kernel.probe)")
    }
  }

  @Test func withoutSpreadIsTheSeparateAverage() throws {
    let probes = [Probe(name: "axis", GaussCylinderProbe(z: [-300, 0, 450]))]
    func kernels(_ depth: Distribution, _ average: SomaAverage) throws -> [Double] {
      let network = try smallNetwork(probes, depth: depth) { $0.settings.average = average }
      return try KernelEngine(network).kernels().flatMap(\.values.storage)
    }
    let point = try kernels(.constant(20), .separate)
    #expect(try kernels(.constant(20), .joint) == point)
    // The difference is of second order in the spread.
    let narrow = try kernels(.norm(loc: 20, scale: 0.1), .joint)
    #expect(relativeDifference(narrow, point) < 1e-5)
    let separate = try kernels(.norm(loc: 20, scale: 40), .separate)
    let joint = try kernels(.norm(loc: 20, scale: 40), .joint)
    #expect(relativeDifference(separate, joint) > 0.05)
  }

  /// Where nothing but the matrix depends on depth, the product of means is exact, and made as such.
  @Test func synapsesThatMoveWithTheCellNeedOneEvaluation() throws {
    let probes = [Probe(name: "axis", GaussCylinderProbe(z: [-300, 0, 450]))]
    let depth = try Distribution.norm(loc: 20, scale: 40)
    let network = try smallNetwork(probes, depth: depth) { network in
      for i in network.connections.indices { network.connections[i].placement.frame = .soma }
    }
    let kernels = try KernelEngine(network).kernels()
    #expect(kernels.allSatisfy { $0.averageError == 0 })
    let expected = try meanOverNormalDepths(network, mean: 20, deviation: 40, count: 401)
    for (kernel, expected) in zip(kernels, expected) {
      #expect(relativeDifference(kernel.values.storage, expected) < 1e-4)
    }
  }

  @Test func movingEverythingInDepthChangesNothing() throws {
    func kernels(_ shift: Double) throws -> [Double] {
      let network = try smallNetwork(
        [Probe(name: "axis", GaussCylinderProbe(z: [-300, 0, 450].map { $0 + shift }))],
        depth: .norm(loc: 20 + shift, scale: 40)
      ) { network in
        for (i, z) in [50.0, -100].enumerated() {
          network.connections[i].placement.depth = [.init(try .norm(loc: z + shift, scale: 100))]
        }
      }
      return try KernelEngine(network).kernels().flatMap(\.values.storage)
    }
    #expect(relativeDifference(try kernels(-1234), try kernels(0)) < 1e-10)
  }

  /// Cells whose somata are too low have no compartment in the range.
  @Test func noPlaceForSynapsesIsSaid() throws {
    let network = try smallNetwork(
      [Probe(name: "dipole", PopulationDipoleProbe())], depth: .norm(loc: 0, scale: 40)
    ) { $0.connections[0].placement.zRange = 230...5000 }
    let error = #expect(throws: NetworkError.self) { try KernelEngine(network) }
    #expect(error?.key == "placement")
    #expect(error?.message.contains("% of the cells") == true)
  }
}
