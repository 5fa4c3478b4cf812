import CellMorphology
import Foundation
import LinearAlgebra
import Testing

@testable import CableTheory

/// Cables whose solutions are known in closed form.
@Suite("Closed forms of cable theory")
struct ClosedFormTests {
  /// A uniform unbranched cable in `count` compartments: diameter and length in um, ohm cm, S/cm2.
  static func cable(
    count: Int, diameter: Double = 2, length: Double = 800, leak: Double = 3e-4
  ) throws -> LinearCable {
    let dx = length / Double(count)
    let area = Double.pi * diameter * dx
    let resistance = 0.01 * 100 * 4 * dx / (Double.pi * diameter * diameter)
    return try LinearCable(
      tree: CompartmentTree(
        parent: (0..<count).map { $0 - 1 },
        resistance: (0..<count).map { $0 == 0 ? 0 : resistance },
        compartment: Array(0..<count)),
      capacitance: Array(repeating: area * 1e-5, count: count),
      conductance: Array(repeating: leak * area * 1e-2, count: count))
  }

  private func axialCurrents(_ cable: LinearCable, at z: Complex, weights: [Double]) -> [Complex] {
    var result: [Complex] = []
    let columns = TreeSweep.columnCount(frequencies: 1)
    TreeSweep(cable).axialCurrents(frequencies: [z], sources: [weights]) { _, currents in
      result = (0..<cable.tree.nodeCount).map {
        Complex(currents[$0 * columns], currents[$0 * columns + TreeSweep.laneCount])
      }
    }
    return result
  }

  /// Steady state of a sealed cable with a current into its end: I(x) / I(0) = sinh((L - x) / lambda) /
  /// sinh(L / lambda). Second order in the compartments' length.
  @Test func sealedCable() throws {
    // lambda = sqrt(d / (4 g Ra)): 2e-4 cm / (4 * 3e-4 S/cm2 * 100 ohm cm), in um.
    let lambda = (2e-4 / (4 * 3e-4 * 100)).squareRoot() * 1e4
    var errors: [Double] = []
    for count in [50, 100, 200] {
      let cable = try Self.cable(count: count)
      var weights = [Double](repeating: 0, count: count)
      weights[0] = 1
      let currents = axialCurrents(cable, at: Complex(0), weights: weights)
      var worst = 0.0
      for i in 1..<count {
        // Between compartments i - 1 and i; the current enters at the centre of the first.
        let x = 800 * Double(i) / Double(count)
        let expected = sinh((800 - x) / lambda) / sinh(800 / lambda)
        worst = largest(worst, abs(currents[i].re - expected))
      }
      errors.append(worst)
    }
    #expect(errors[2] < 1e-5)
    #expect(abs(log2(errors[0] / errors[1]) - 2) < 0.1)
    #expect(abs(log2(errors[1] / errors[2]) - 2) < 0.1)
  }

  /// Rall 1959: branches of diameters with d^(3/2) = sum of d_k^(3/2) and equal electrotonic length
  /// carry together what an unbranched cylinder of that length carries, at any frequency. With
  /// compartments of equal electrotonic length the equivalence is exact.
  @Test func rallsEquivalentCylinder() throws {
    let (stem, small) = (4.0, 4.0 / pow(2, 2.0 / 3))
    let per = 10
    func piece(_ diameter: Double) -> (area: Double, resistance: Double) {
      let dx = 10 * (diameter / stem).squareRoot()
      return (.pi * diameter * dx, 0.01 * 100 * 4 * dx / (.pi * diameter * diameter))
    }
    var (parent, resistance, compartment, areas) = ([-1], [0.0], [0], [piece(stem).area])
    func append(_ above: Int, _ r: Double, _ area: Double?) -> Int {
      parent.append(above)
      resistance.append(r)
      compartment.append(area == nil ? -1 : areas.count)
      if let area { areas.append(area) }
      return parent.count - 1
    }
    var end = 0
    for _ in 1..<per { end = append(end, piece(stem).resistance, piece(stem).area) }
    let junction = append(end, piece(stem).resistance / 2, nil)
    var ends: [Int] = []
    for _ in 0..<2 {
      var node = append(junction, piece(small).resistance / 2, piece(small).area)
      for _ in 1..<per { node = append(node, piece(small).resistance, piece(small).area) }
      ends.append(node)
    }
    let branched = try LinearCable(
      tree: CompartmentTree(parent: parent, resistance: resistance, compartment: compartment),
      capacitance: areas.map { $0 * 1e-5 }, conductance: areas.map { 3e-4 * $0 * 1e-2 })
    let cylinder = try Self.cable(count: 2 * per, diameter: stem, length: 200)
    for z in [Complex(0), Complex(0.3), Complex(0.1, 2), Complex(-0.2, 7)] {
      var weights = [Double](repeating: 0, count: 3 * per)
      weights[0] = 1
      let a = axialCurrents(branched, at: z, weights: weights)
      let b = axialCurrents(cylinder, at: z, weights: Array(weights.prefix(2 * per)))
      let sum = a[ends[0]] + a[ends[1]]
      #expect(abs(sum.re - b[2 * per - 1].re) < 1e-13)
      #expect(abs(sum.im - b[2 * per - 1].im) < 1e-13)
    }
  }

  /// Two like compartments: the difference of their potentials is a point neuron with the conductance
  /// g + 2 / r, whose filtered exp2 current is known.
  @Test(arguments: [0.05, 1.0, 20.0])
  func twoCompartments(tau2: Double) throws {
    let (area, r) = (500.0, 40.0)
    let cable = try LinearCable(
      tree: CompartmentTree(parent: [-1, 0], resistance: [0, r], compartment: [0, 1]),
      capacitance: [area * 1e-5, area * 1e-5], conductance: [area * 1e-6, area * 1e-6])
    let course = SynapticTimeCourse.exp2(tau1: 0.05, tau2: tau2)
    let drive = SynapticDrive(weights: [1, 0], timeCourse: course)
    let values = try ExactSolver(cable, outputs: .identity(2), groups: [0..<2])
      .responses(to: [drive], grid: LagGrid(dt: 0.1, steps: 1000))[0].values
    let rate = (area * 1e-6 + 2 / r) / (area * 1e-5)
    for lag in stride(from: 0, through: 1000, by: 7) {
      let expected = course.filtered(rate: rate, at: 0.1 * Double(lag)) / (area * 1e-5) / r
      #expect(abs(values[1, lag] - expected) < 1e-9 * values.maximumMagnitude)
      #expect(abs(values[0, lag] + expected) < 1e-9 * values.maximumMagnitude)
    }
  }

  /// A uniform sealed chain of any length by its cosine modes.
  @Test(arguments: [2, 40, 5000])
  func uniformChain(count: Int) throws {
    let cable = try Self.cable(count: count, length: 1000)
    let source = count / 3
    var weights = [Double](repeating: 0, count: count)
    weights[source] = 1
    let course = SynapticTimeCourse.exp2(tau1: 0.2, tau2: 1.8)
    let outputs = Matrix(
      rows: 1, columns: count, storage: (0..<count).map { Double($0) / Double(count) })
    let grid = LagGrid(dt: 0.125, steps: 400)
    let values = try ExactSolver(cable, outputs: outputs, groups: [0..<1])
      .responses(to: [SynapticDrive(weights: weights, timeCourse: course)], grid: grid)[0].values
    // Modes cos(pi k (i + 1/2) / n); the outputs' projections by direct sums.
    let (c, g, ga) = (cable.capacitance[0], cable.conductance[0], 1 / cable.tree.resistance[1])
    let n = Double(count)
    var modes: [(rate: Double, amplitude: Double)] = []
    for k in 1..<count {
      let axial = 4 * ga * pow(sin(.pi * Double(k) / (2 * n)), 2)
      var projection = 0.0
      // sum_i i cos(pi k (i + 1/2) / n) = -1 / (2 sin(pi k / 2n)^2) for odd k, 0 for even k, halved.
      if k % 2 == 1 { projection = -0.5 / pow(sin(.pi * Double(k) / (2 * n)), 2) * cosHalf(k, n) }
      let amplitude = 2 / n * cos(.pi * Double(k) * (Double(source) + 0.5) / n) * projection / n
      modes.append(((g + axial) / c, -amplitude * axial / c))
    }
    for lag in [1, 2, 5, 20, 100, 400] {
      let expected = modes.reduce(0) {
        $0 + $1.amplitude * course.filtered(rate: $1.rate, at: 0.125 * Double(lag))
      }
      #expect(abs(values[0, lag] - expected) < 1e-9 * values.maximumMagnitude)
    }
  }

  /// sum_i i cos(pi k (i + 1/2) / n) = -cos(pi k / 2n) / (2 sin(pi k / 2n)^2) for odd k.
  private func cosHalf(_ k: Int, _ n: Double) -> Double { cos(.pi * Double(k) / (2 * n)) }
}
