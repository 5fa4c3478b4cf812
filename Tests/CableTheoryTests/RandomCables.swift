import CableTheory
import CellMorphology
import Foundation

/// A small generator of repeatable random numbers (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64
  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Uniform in the logarithm.
  mutating func logUniform(_ low: Double, _ high: Double) -> Double {
    low * pow10(Double.random(in: 0...1, using: &self) * log10(high / low))
  }
}

private func log10(_ x: Double) -> Double { Foundation.log10(x) }
private func pow10(_ x: Double) -> Double { Foundation.pow(10, x) }

/// A random tree of compartments, with a junction here and there.
func randomCable(compartments: Int, using generator: inout SeededGenerator) throws -> LinearCable {
  var parent = [-1]
  var resistance = [0.0]
  var compartment = [0]
  for c in 1..<max(compartments, 1) {
    var above = Int.random(in: max(0, parent.count - 6)..<parent.count, using: &generator)
    if Int.random(in: 0..<8, using: &generator) == 0 {
      parent.append(above)
      resistance.append(generator.logUniform(0.5, 50))
      compartment.append(-1)
      above = parent.count - 1
    }
    parent.append(above)
    resistance.append(generator.logUniform(0.5, 200))
    compartment.append(c)
  }
  let areas = (0..<compartments).map { _ in generator.logUniform(20, 2000) }
  let leak = generator.logUniform(1e-5, 2e-3)
  return try LinearCable(
    tree: CompartmentTree(parent: parent, resistance: resistance, compartment: compartment),
    capacitance: areas.map { $0 * 1e-5 }, conductance: areas.map { leak * $0 * 1e-2 })
}

/// The larger of two numbers; NaN when either is, so that no test passes on NaN.
func largest(_ a: Double, _ b: Double) -> Double { a.isNaN || b.isNaN ? .nan : max(a, b) }
