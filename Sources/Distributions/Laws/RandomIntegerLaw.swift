/// Whole numbers low + loc ... high + loc - 1 with equal probability, scipy's `randint`.
struct RandomIntegerLaw: DiscreteLaw {
  let low: Int
  let high: Int
  let loc: Int

  private var count: Double { Double(high - low) }
  var first: Int { low + loc }
  var last: Int? { high + loc - 1 }
  var mean: Double { Double(low) + 0.5 * (count - 1) + Double(loc) }
  var standardDeviation: Double { ((count - 1) * (count + 1) / 12).squareRoot() }

  func probability(of k: Int) -> Double {
    k >= first && k < high + loc ? 1 / count : 0
  }

  func lowerTail(_ k: Int) -> Double {
    let kept = min(max(k, first - 1), high + loc - 1)
    return Double(kept - first + 1) / count
  }

  func upperTail(_ k: Int) -> Double {
    let kept = min(max(k, first - 1), high + loc - 1)
    return Double(high + loc - 1 - kept) / count
  }

  var effectiveRange: ClosedRange<Int> { first...(high + loc - 1) }
  var parameters: [(name: String, value: Double)] {
    [("low", Double(low)), ("high", Double(high)), ("loc", Double(loc))]
  }
}
