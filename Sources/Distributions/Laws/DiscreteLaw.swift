/// What every distribution on whole numbers knows about itself.
protocol DiscreteLaw: Sendable, Hashable {
  /// The smallest value with a probability above 0.
  var first: Int { get }
  /// The largest value with a probability above 0; `nil` without bound.
  var last: Int? { get }
  var mean: Double { get }
  var standardDeviation: Double { get }
  /// P(K = k).
  func probability(of k: Int) -> Double
  /// P(K ≤ k), relatively accurate in the lower tail.
  func lowerTail(_ k: Int) -> Double
  /// P(K > k), relatively accurate in the upper tail.
  func upperTail(_ k: Int) -> Double
  /// The smallest range of values outside of which either side holds at most 4e-18.
  var effectiveRange: ClosedRange<Int> { get }
  /// The parameters under scipy's names, in scipy's order.
  var parameters: [(name: String, value: Double)] { get }
}

extension DiscreteLaw {
  var support: ClosedRange<Double> { Double(first)...(last.map(Double.init) ?? .infinity) }

  /// The whole number k with K ≤ x if and only if K ≤ k, kept within what an `Int` can hold.
  func floorIndex(_ x: Double) -> Int {
    let limit = 0x1p62
    return Int(min(max(x.rounded(.down), -limit), limit))
  }

  func cumulative(at x: Double) -> Double { lowerTail(floorIndex(x)) }

  /// P(low < K ≤ high): a sum of few terms, otherwise a difference on the side of the smaller tail.
  func probability(from low: Double, to high: Double) -> Double {
    let below = max(floorIndex(low), first - 1)
    let top = min(floorIndex(high), last ?? .max)
    guard below < top else { return 0 }
    if top - below <= 64 {
      return (below + 1...top).reduce(0) { $0 + probability(of: $1) }
    }
    return Double(below) >= mean
      ? upperTail(below) - upperTail(top) : lowerTail(top) - lowerTail(below)
  }

  var effectiveRange: ClosedRange<Int> {
    let negligible = 4e-18
    let middle = floorIndex(mean)
    // lowest: the smallest k with P(K ≤ k) above the limit
    var (outside, inside) = (first - 1, max(middle, first))
    while inside - outside > 1 {
      let trial = outside + (inside - outside) / 2
      if lowerTail(trial) > negligible { inside = trial } else { outside = trial }
    }
    let lowest = inside
    // highest: the smallest k with P(K > k) not above the limit
    var tooSmall = max(middle, first) - 1
    var step = 1
    var enough = tooSmall + step
    while upperTail(enough) > negligible {
      tooSmall = enough
      step *= 2
      enough = min(tooSmall + step, last ?? .max)
    }
    while enough - tooSmall > 1 {
      let trial = tooSmall + (enough - tooSmall) / 2
      if upperTail(trial) > negligible { tooSmall = trial } else { enough = trial }
    }
    return lowest...max(enough, lowest)
  }
}
