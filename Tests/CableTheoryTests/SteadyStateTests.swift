import CableTheory
import CellMorphology
import Foundation
import LinearAlgebra
import Testing

@Suite("Steady states")
struct SteadyStateTests {
  /// What flows in leaves through the membrane, and potentials solve the tree's equations.
  @Test func currentsBalance() throws {
    var generator = SeededGenerator(5)
    let cable = try randomCable(compartments: 40, using: &generator)
    let currents = (0..<40).map { _ in Double.random(in: -1...1, using: &generator) }
    let potentials = cable.steadyState(injecting: currents)
    let leaving = zip(potentials, cable.conductance).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(leaving - currents.reduce(0, +)) < 1e-12)
  }

  /// Reciprocity: a current here moves the potential there as one there does here.
  @Test func reciprocity() throws {
    var generator = SeededGenerator(6)
    let cable = try randomCable(compartments: 30, using: &generator)
    func transfer(_ a: Int, _ b: Int) -> Double {
      var currents = [Double](repeating: 0, count: 30)
      currents[a] = 1
      return cable.steadyState(injecting: currents)[b]
    }
    for (a, b) in [(0, 29), (3, 17), (8, 21)] {
      #expect(abs(transfer(a, b) / transfer(b, a) - 1) < 1e-12)
    }
    #expect(cable.inputResistance(at: 7) == transfer(7, 7))
  }

  /// The input resistance of a long cable at its end: 2 sqrt(Ra / g) / (pi d^(3/2)) coth(L / lambda).
  @Test func cableInputResistance() throws {
    let cable = try ClosedFormTests.cable(count: 4000)
    // d = 2e-4 cm, Ra = 100 ohm cm, g = 3e-4 S/cm2, L = 800 um, lambda = 408.2 um.
    let infinite = 2 * (100 / 3e-4).squareRoot() / (.pi * 2e-4 * (2e-4).squareRoot()) * 1e-6
    let lambda = (2e-4 / (4 * 3e-4 * 100)).squareRoot() * 1e4
    let expected = infinite / tanh(800 / lambda)
    #expect(abs(cable.inputResistance(at: 0) / expected - 1) < 1e-3)
  }

  @Test func gatesCountInFull() throws {
    let tree = CompartmentTree(parent: [-1], resistance: [0], compartment: [0])
    let cable = try LinearCable(
      tree: tree, capacitance: [1e-3], conductance: [1e-3],
      relaxations: [Relaxation(timeConstant: 50, compartments: [0], amplitudes: [3e-3])])
    #expect(abs(cable.inputResistance(at: 0) - 250) < 1e-9)
  }
}
