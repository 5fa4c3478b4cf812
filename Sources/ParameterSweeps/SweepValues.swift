import Foundation
import KernelFiles
import LFPKernels

/// The values that a parameter takes along an axis of a sweep.
enum SweepValues: Sendable, Equatable {
  case list([Double])

  /// Equally spaced, both ends included.
  case linspace(from: Double, to: Double, count: Int)

  /// Powers of ten whose exponents are equally spaced, as in NumPy.
  case logspace(from: Double, to: Double, count: Int)

  /// With equal ratios, both ends included, as in NumPy.
  case geomspace(from: Double, to: Double, count: Int)

  /// Drawn one by one.
  case random(Distribution, CounterBasedRandom, count: Int)

  /// One from each of `count` ranges of equal probability, in random order.
  case latinHypercube(Distribution, CounterBasedRandom, CounterBasedRandom, count: Int)

  var count: Int {
    switch self {
    case .list(let values): values.count
    case .linspace(_, _, let count), .logspace(_, _, let count), .geomspace(_, _, let count),
      .random(_, _, let count), .latinHypercube(_, _, _, let count):
      count
    }
  }

  subscript(index: Int) -> Double {
    switch self {
    case .list(let values): return values[index]
    case .linspace(let from, let to, let count): return Self.between(from, to, index, of: count)
    case .logspace(let from, let to, let count):
      return pow(10, Self.between(from, to, index, of: count))
    case .geomspace(let from, let to, let count):
      if index == 0 { return from }
      if index == count - 1 { return to }
      return from * pow(to / from, Double(index) / Double(count - 1))
    case .random(let distribution, let random, _):
      return distribution.quantile(random.uniform(at: index))
    case .latinHypercube(let distribution, let order, let random, let count):
      let stratum = Double(order.permuted(index, of: count))
      return distribution.quantile((stratum + random.uniform(at: index)) / Double(count))
    }
  }

  /// Whether values come back along the axis, so that sorting by them may spare work.
  var mayRepeat: Bool {
    if case .list = self { true } else { false }
  }

  private static func between(_ from: Double, _ to: Double, _ index: Int, of count: Int) -> Double {
    if index == count - 1, count > 1 { return to }
    return count > 1 ? from + Double(index) * ((to - from) / Double(count - 1)) : from
  }

  /// What it is, in one line that tells it apart from all others.
  var canonical: String {
    switch self {
    case .list(let values) where values.count > 100:
      // Tables may be long: the digest tells them apart, and the beginning what they are.
      let bytes = values.withUnsafeBytes { Array($0) }
      return "\(values.count) values from \(values.prefix(3)) on, \(sha256(bytes))"
    case .list(let values): return "[" + values.map { "\($0)" }.joined(separator: ", ") + "]"
    case .linspace(let from, let to, let count): return "linspace(\(from), \(to), \(count))"
    case .logspace(let from, let to, let count): return "logspace(\(from), \(to), \(count))"
    case .geomspace(let from, let to, let count): return "geomspace(\(from), \(to), \(count))"
    case .random(let distribution, let random, let count):
      return "random(\(Self.text(distribution)), \(random.bits(at: -1)), \(count))"
    case .latinHypercube(let distribution, let order, let random, let count):
      return "latin_hypercube(\(Self.text(distribution)), \(order.bits(at: -1)), "
        + "\(random.bits(at: -1)), \(count))"
    }
  }

  private static func text(_ distribution: Distribution) -> String {
    let parameters = distribution.parameters.map { "\($0.name)=\($0.value)" }
    return "\(distribution.name)(\(parameters.joined(separator: ", ")))"
  }
}
