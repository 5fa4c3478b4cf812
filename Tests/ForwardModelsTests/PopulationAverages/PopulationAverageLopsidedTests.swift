import CellMorphology
import Distributions
import Foundation
import LinearAlgebra
import Testing

@testable import ForwardModels

/// Media whose conductivity differs along x and y.
@Suite("Population averages in media without symmetry")
struct PopulationAverageLopsidedTests {
  private let conductivity = Conductivity(x: 0.6, y: 0.3, z: 0.45)
  private let scale = SIMD3(1, 2.0.squareRoot(), (4.0 / 3).squareRoot())

  private func average(
    _ model: any ForwardModel, _ somata: SomaDistribution, _ cell: Compartments = averagedCell,
    tolerance: Double = 1e-6
  ) throws -> PopulationMatrix {
    try PopulationAverage(of: model, over: somata, tolerance: tolerance).mean(for: cell)
  }

  private let point = makeCompartments([(SIMD3(0, 0, 0), SIMD3(0, 0, 0))], [2e-4])

  /// 1 / |scaled distance| to mV per nA.
  private var factor: Double { 1 / (4 * .pi * (conductivity.y * conductivity.z).squareRoot()) }

  /// At the centre of the disc, 2 / R over the arithmetic-geometric mean of the two scales.
  @Test func centreOfTheDisc() throws {
    let somata = try SomaDistribution(radius: 80, depth: .constant(0))
    let model = try PointSourcePotential(contacts: [SIMD3(0, 0, 0)], conductivity: conductivity)
    var (a, g) = (scale.x, scale.y)
    for _ in 0..<8 { (a, g) = (0.5 * (a + g), (a * g).squareRoot()) }
    // Less what the compartment's surface keeps out, pi r^2 / (pi R^2) of 1 / r.
    let expected = factor * 2 / (80 * a)
    let mean = try average(model, somata, point)
    #expect(abs(mean.matrix[0, 0] - expected) < 1e-6 * expected)
  }

  /// On the axis, one integral over angles and one over depths.
  @Test func axis() throws {
    let somata = try SomaDistribution(radius: 80, depth: .norm(loc: 0, scale: 40))
    let heights = [0.0, 25, -90, 400]
    let model = try PointSourcePotential(
      contacts: heights.map { SIMD3(0, 0, $0) }, conductivity: conductivity)
    let mean = try average(model, somata, point)
    for (j, z) in heights.enumerated() {
      var expected = 0.0
      for depth in normalDepths(40, near: [z], 0.5) {
        let height = scale.z * abs(z - depth.x)
        for k in 0..<64 {
          let angle = 2 * Double.pi * (Double(k) + 0.5) / 64
          let c2 = pow(cos(angle), 2) + pow(scale.y * sin(angle), 2)
          let reach = (c2 * 6400 + height * height).squareRoot() - height
          expected += depth.w * reach / c2 / 64
        }
      }
      expected *= 2 * factor / 6400
      #expect(abs(mean.matrix[j, 0] - expected) < 2e-6 * expected, "z = \(z)")
    }
  }

  /// Axes that are exchanged, with all that is in the medium.
  @Test func turnedMedia() throws {
    let somata = try SomaDistribution(radius: 80, depth: .uniform(loc: -40, scale: 80))
    let contacts = [SIMD3(30.0, 10, 20), SIMD3(-50, 70, -60), SIMD3(200, 30, 100)]
    let turned = contacts.map { SIMD3(-$0.y, $0.x, $0.z) }
    let cell = averagedCell.mapped { SIMD3(-$0.y, $0.x, $0.z) }
    let first = try average(
      LineSourcePotential(contacts: contacts, conductivity: conductivity), somata)
    let second = try average(
      LineSourcePotential(
        contacts: turned, conductivity: Conductivity(x: 0.3, y: 0.6, z: 0.45)), somata, cell)
    #expect(relativeDifference(first.matrix, second.matrix) < 2e-6)
    #expect(first.relativeError <= 1e-6)
  }

  @Test func nearlyEqualConductivities() throws {
    let somata = try SomaDistribution(radius: 80, depth: .norm(loc: 0, scale: 40))
    let contacts = [SIMD3(30.0, 10, 20), SIMD3(79, 0, -10)]
    let lopsided = try SomaAsPointPotential(
      contacts: contacts, conductivity: Conductivity(x: 0.3, y: 0.3000000001, z: 0.45))
    let even = try SomaAsPointPotential(
      contacts: contacts, conductivity: Conductivity(x: 0.3, y: 0.3, z: 0.45))
    let difference = relativeDifference(
      try average(lopsided, somata).matrix, try average(even, somata).matrix)
    #expect(difference < 2e-6)
  }

  @Test(arguments: [false, true]) func bruteForce(rotation: Bool) throws {
    let somata = try SomaDistribution(
      radius: 60, depth: .norm(loc: 0, scale: 30), rotation: rotation)
    // On the axis, where cells that turn are not the same, inside, at the rim and outside.
    let contacts = [SIMD3(0.0, 0, 40), SIMD3(30, 20, -10), SIMD3(0, 60, 0), SIMD3(120, -40, 60)]
    let model = try SomaAsPointPotential(contacts: contacts, conductivity: conductivity)
    let mean = try average(model, somata, tolerance: 1e-4)
    var random = SplitMix(state: 9)
    var sums = Matrix(rows: contacts.count, columns: averagedCell.count)
    var squares = sums.storage
    let cells = randomSomata(10_000, radius: 60) { 30 * normal(&$0) }
    for cell in cells {
      let angle = rotation ? random.number(0, 2 * .pi) : 0
      let matrix = try model.transformationMatrix(
        for: averagedCell.rotated(aboutZ: angle, movedBy: cell))
      sums = sums + matrix
      for (k, value) in matrix.storage.enumerated() { squares[k] += value * value }
    }
    let n = Double(cells.count)
    for (k, sum) in sums.storage.enumerated() {
      let deviation = max(0, squares[k] / n - sum * sum / (n * n)).squareRoot()
      let allowed = 4 * deviation / n.squareRoot() + 1e-4 * mean.matrix.maximumMagnitude
      #expect(abs(mean.matrix.storage[k] - sum / n) <= allowed, "entry \(k)")
    }
  }
}
