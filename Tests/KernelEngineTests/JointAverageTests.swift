import CellMorphology
import Distributions
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
}
