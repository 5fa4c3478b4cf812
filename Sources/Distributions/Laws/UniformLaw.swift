/// The uniform distribution, scipy's `uniform`: density 1/scale for loc ≤ x ≤ loc + scale.
struct UniformLaw: ContinuousLaw {
  let loc: Double
  let scale: Double

  var support: ClosedRange<Double> { loc...(loc + scale) }
  var mean: Double { loc + 0.5 * scale }
  var standardDeviation: Double { scale / 12.0.squareRoot() }

  func density(at x: Double) -> Double {
    if x.isNaN { return .nan }
    // either form of the upper limit is enough: rounding can separate them
    return x >= loc && (x <= loc + scale || (x - loc) / scale <= 1) ? 1 / scale : 0
  }

  func cumulative(at x: Double) -> Double {
    x.isNaN ? .nan : min(max((x - loc) / scale, 0), 1)
  }

  func probability(from low: Double, to high: Double) -> Double {
    let length = min(high, loc + scale) - max(low, loc)
    return min(max(length / scale, 0), 1)
  }

  var initialEdges: [Double] { [loc, loc + scale] }
  var withoutLocation: Self { Self(loc: 0, scale: scale) }
  var distribution: Distribution { Distribution(law: .uniform(self)) }
  var parameters: [(name: String, value: Double)] { [("loc", loc), ("scale", scale)] }
}
