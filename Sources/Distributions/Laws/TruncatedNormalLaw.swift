#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The normal distribution on an interval, scipy's `truncnorm`.
///
/// With y = (x - loc)/scale the density is exp(-(y² - c²)/2) / (scale m) for a ≤ y ≤ b, where the
/// anchor c is the point of [a, b] nearest to 0 and m = ∫ exp(-(y² - c²)/2) dy over [a, b]. The
/// factor exp(c²/2) keeps m near 1 however far the interval lies in a tail.
struct TruncatedNormalLaw: ContinuousLaw {
  let a: Double
  let b: Double
  private(set) var loc: Double
  let scale: Double
  private(set) var support: ClosedRange<Double>
  /// The limits were given as low and high, in the variable's unit.
  let limitsInOwnUnit: Bool
  private let anchor: Double
  private let mass: Double
  private let peak: Double

  /// `nil` where the interval holds no probability of the normal distribution that a `Double`
  /// can represent, or no two different numbers.
  init?(
    a: Double, b: Double, loc: Double, scale: Double, low: Double, high: Double,
    limitsInOwnUnit: Bool
  ) {
    guard a < b, low < high else { return nil }
    self.a = a
    self.b = b
    self.loc = loc
    self.scale = scale
    self.limitsInOwnUnit = limitsInOwnUnit
    support = low...high
    anchor = a > 0 ? a : (b < 0 ? b : 0)
    mass = normalMass(from: a, to: b, anchor: anchor)
    peak = 1 / (mass * scale)
    let parentMass = mass * exp(-0.5 * anchor * anchor) / sqrtTwoPi
    guard parentMass > 0, peak.isFinite, peak > 0 else { return nil }
  }

  func density(at x: Double) -> Double {
    let y = (x - loc) / scale
    guard contains(x, standard: y) else { return x.isNaN ? .nan : 0 }
    return peak * exp(-0.5 * (y - anchor) * (y + anchor))
  }

  /// Both limits belong to the interval. With limits a and b, rounding can put loc + a·scale and
  /// (x - loc)/scale on different sides of a limit: either form is enough.
  private func contains(_ x: Double, standard y: Double) -> Bool {
    if limitsInOwnUnit { return support.contains(x) }
    return (y >= a || x >= support.lowerBound) && (y <= b || x <= support.upperBound)
  }

  func cumulative(at x: Double) -> Double {
    x.isNaN ? .nan : probability(from: -.infinity, to: x)
  }

  func probability(from low: Double, to high: Double) -> Double {
    if low <= support.lowerBound && high >= support.upperBound { return 1 }
    let from = max((low - loc) / scale, a)
    let to = min((high - loc) / scale, b)
    guard from < to else { return 0 }
    if low >= support.lowerBound && high <= support.upperBound {
      let steepness = max(1, abs(from), abs(to)) / scale
      let narrow = probabilityOfNarrow(from: low, to: high, steepness: steepness)
      if let narrow { return min(narrow, 1) }
    }
    return min(normalMass(from: from, to: to, anchor: anchor) / mass, 1)
  }

  var mean: Double { loc + scale * (anchor + moments.distance) }
  var standardDeviation: Double { scale * moments.variance.squareRoot() }

  /// The mean distance from the anchor and the variance, both in units of scale.
  ///
  /// The closed forms (φ(a) - φ(b))/Z and 1 + (aφ(a) - bφ(b))/Z - µ² lose all digits in a tail or
  /// on a narrow interval; the integrals of positive functions lose none.
  private var moments: (distance: Double, variance: Double) {
    // beyond a radius R the factor exp(-(y² - c²)/2) is below exp(-50); R - c without cancellation
    let radius = (anchor * anchor + 100).squareRoot()
    let beyond = 100 / (radius + abs(anchor))
    let upper = anchor >= 0 ? beyond : radius - anchor
    let lower = anchor <= 0 ? -beyond : -radius - anchor
    let interval = max(a - anchor, lower)...min(b - anchor, upper)
    let width = 1.5 / max(1, abs(anchor) / 2)
    func integral(_ moment: (Double) -> Double) -> Double {
      GaussLegendre.twenty.integral(over: interval, panelWidth: width) { d in
        moment(d) * exp(-0.5 * d * (2 * anchor + d))
      }
    }
    let total = integral { _ in 1 }
    let distance = integral { $0 } / total
    let variance = integral { ($0 - distance) * ($0 - distance) } / total
    return (distance, variance)
  }

  var initialEdges: [Double] {
    let radius = (anchor * anchor + 144).squareRoot()
    let low = max(loc - radius * scale, support.lowerBound)
    let high = min(loc + radius * scale, support.upperBound)
    let inner = (-6...6).map { loc + 2 * Double($0) * scale }.filter { $0 > low && $0 < high }
    return [low] + inner + [high]
  }

  var distribution: Distribution { Distribution(law: .truncnorm(self)) }
  var withoutLocation: Self {
    var law = self
    law.loc = 0
    law.support = (support.lowerBound - loc)...(support.upperBound - loc)
    return law
  }

  var parameters: [(name: String, value: Double)] {
    let limits: [(name: String, value: Double)] =
      limitsInOwnUnit
      ? [("low", support.lowerBound), ("high", support.upperBound)] : [("a", a), ("b", b)]
    return limits + [("loc", loc), ("scale", scale)]
  }
}
