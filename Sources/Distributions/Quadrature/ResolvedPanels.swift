/// A continuous distribution cut into panels in which its density is as good as a polynomial of
/// degree 19, so that the product with another such density can be integrated with 20 nodes.
struct ResolvedPanels: Sendable {
  /// The ends of the panels, ascending.
  private(set) var edges: [Double] = []
  /// What lies at an end where the density has a pole: a point and the probability around it.
  private(set) var poles: [Atom] = []

  private let law: any ContinuousLaw
  private let outer: ClosedRange<Double>
  private var attempts = 0
  private static let deepest = 100
  private static let mostAttempts = 10_000

  /// Halves the distribution's initial panels until 10 nodes integrate the density exactly.
  init(_ law: any ContinuousLaw) {
    self.law = law
    let start = law.initialEdges
    outer = (start.first ?? 0)...(start.last ?? 0)
    for (low, high) in zip(start, start.dropFirst()) where low < high {
      refine(low, high, GaussLegendre.ten.integral(from: low, to: high, law.density(at:)), 0)
    }
  }

  /// From the first edge to the last.
  var range: (Double, Double)? {
    guard let low = edges.first, let high = edges.last else { return nil }
    return (low, high)
  }

  private mutating func refine(_ low: Double, _ high: Double, _ whole: Double, _ depth: Int) {
    let mass = law.probability(from: low, to: high)
    if mass < 1e-19 { return }
    attempts += 1
    let middle = low + 0.5 * (high - low)
    let divisible = low < middle && middle < high && depth < Self.deepest
    guard divisible, attempts < Self.mostAttempts else { return accept(low, high, mass) }
    var largest = 0.0
    let left = integral(low, middle, &largest)
    let right = integral(middle, high, &largest)
    // the rounding of x limits how well the density can be known
    let noise = 4 * max(abs(low), abs(high)).ulp * largest
    if abs(left + right - whole) <= 1e-14 + noise && abs(whole - mass) <= 1e-9 + noise {
      return append(low, high)
    }
    refine(low, middle, left, depth + 1)
    refine(middle, high, right, depth + 1)
  }

  private func integral(_ low: Double, _ high: Double, _ largest: inout Double) -> Double {
    GaussLegendre.ten.integral(from: low, to: high) { x in
      let value = law.density(at: x)
      largest = max(largest, value)
      return value
    }
  }

  /// Takes a panel that cannot be resolved further: at an end of the distribution as a point.
  private mutating func accept(_ low: Double, _ high: Double, _ mass: Double) {
    if low == outer.lowerBound || high == outer.upperBound {
      poles.append(Atom(value: low + 0.5 * (high - low), probability: mass))
    } else {
      append(low, high)
    }
  }

  private mutating func append(_ low: Double, _ high: Double) {
    if edges.last != low { edges.append(low) }
    edges.append(high)
  }
}
