public import CableTheory

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// A conductance density that may depend on the path distance d from the soma (um), S/cm2.
public enum ConductanceDensity: Sendable, Equatable {
  case constant(Double)

  /// g + slope × d
  case linear(g: Double, slope: Double)

  /// g × (offset + amplitude × exp(d / length)); a negative length falls off. With `relative` the
  /// distance is taken as a fraction of that of the farthest end of the entry's sections.
  case exponential(g: Double, offset: Double, amplitude: Double, length: Double, relative: Bool)

  /// `inside` for from <= d < to, else `outside`.
  case step(inside: Double, outside: Double, from: Double, to: Double)

  /// At a distance, where the farthest end of the sections in question lies at `farthest`.
  func callAsFunction(_ distance: Double, farthest: Double) -> Double {
    switch self {
    case .constant(let g): return g
    case .linear(let g, let slope): return g + slope * distance
    case .exponential(let g, let offset, let amplitude, let length, let relative):
      let d = relative ? (farthest > 0 ? distance / farthest : 0) : distance
      return g * (offset + amplitude * exp(d / length))
    case .step(let inside, let outside, let from, let to):
      return distance >= from && distance < to ? inside : outside
    }
  }
}

/// What a membrane is made of, in some of the sections.
public struct MembraneEntry: Sendable, Equatable {
  public enum Mechanism: Sendable, Equatable {
    /// A leak of this density.
    case passive(ConductanceDensity)

    /// A channel with this maximal density, linearised at the resting potential.
    case channel(IonChannel, IonChannel.Approximation, ConductanceDensity)
  }

  public var mechanism: Mechanism

  /// Names or types of the sections that have it; nil for all.
  public var sections: [String]?

  public init(_ mechanism: Mechanism, sections: [String]? = nil) {
    self.mechanism = mechanism
    self.sections = sections
  }
}

extension MembraneEntry.Mechanism {
  /// A leak of the same density everywhere, S/cm2.
  public static func passive(conductance: Double) -> Self { .passive(.constant(conductance)) }
}
