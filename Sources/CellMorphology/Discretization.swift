#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// How many compartments a section is cut into.
public enum Discretization: Sendable, Equatable {
  /// The smallest odd number by the d_lambda rule of Hines & Carnevale 2001 (Neuroscientist 7:
  /// 123): compartments of at most `fraction` of the alternating-current length constant at
  /// `frequency` (Hz), rounded as NEURON users do: 2 * int((L / (fraction * lambda) + 0.9) / 2) + 1.
  case lambda(frequency: Double = 100, fraction: Double = 0.1)

  /// The smallest odd number of compartments that are no longer than this, um.
  case maximumLength(Double)

  /// A given number for each section: by its name, else by its type, else `otherwise`.
  case counts([String: Int], otherwise: Int = 1)
}

extension Section {
  /// The number of compartments that a rule gives this section.
  ///
  /// - Parameters:
  ///   - axialResistivity: ohm cm.
  ///   - capacitance: specific capacitance, uF/cm2.
  /// - Throws: `MorphologyError` when the number is below 1 or above a million.
  func compartmentCount(
    _ rule: Discretization, axialResistivity: Double, capacitance: Double
  ) throws(MorphologyError) -> Int {
    let wanted: Double
    switch rule {
    case .lambda(let frequency, let fraction):
      let lambda = lengthConstant(
        frequency: frequency, axialResistivity: axialResistivity, capacitance: capacitance)
      wanted = 2 * ((arcLength / (fraction * lambda) + 0.9) / 2).rounded(.down) + 1
    case .maximumLength(let maximum):
      // A hair of tolerance, so that 100 um in pieces of 20 um are five and not seven.
      let pieces = (arcLength / maximum * (1 - 1e-12)).rounded(.up)
      wanted = 2 * (pieces / 2).rounded(.down) + 1
    case .counts(let counts, let otherwise):
      wanted = Double(counts[name] ?? counts[type] ?? otherwise)
    }
    guard wanted <= 1_000_000 else {
      throw MorphologyError(
        section: name, problem: .tooManyCompartments(wanted < 1e15 ? Int(wanted) : .max))
    }
    guard wanted >= 1 else {
      throw MorphologyError(section: name, problem: .compartmentCount(Int(max(wanted, -1e15))))
    }
    return Int(wanted)
  }

  /// The length constant at a frequency (Hz), um, of a section with varying diameter, as NEURON's
  /// standard library computes it from 3-D points (survey: lambda_f).
  func lengthConstant(
    frequency: Double, axialResistivity: Double, capacitance: Double
  ) -> Double {
    guard capacitance > 0 else { return .infinity }
    var sum = 0.0
    for i in 1..<points.count {
      let (a, b) = (points[i - 1], points[i])
      sum += distance(a.position, b.position) / (a.diameter + b.diameter).squareRoot()
    }
    let scale =
      2.0.squareRoot() * 1e-5
      * (4 * Double.pi * frequency * axialResistivity * capacitance).squareRoot()
    return arcLength / (scale * sum)
  }
}
