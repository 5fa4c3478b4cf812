#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The exponential distribution, scipy's `expon`: density exp(-y)/scale, y = (x - loc)/scale ≥ 0.
struct ExponentialLaw: ContinuousLaw {
  let loc: Double
  let scale: Double

  var support: ClosedRange<Double> { loc ... .infinity }
  var mean: Double { loc + scale }
  var standardDeviation: Double { scale }

  func density(at x: Double) -> Double {
    if x.isNaN { return .nan }
    return x >= loc ? exp(-(x - loc) / scale) / scale : 0
  }

  func cumulative(at x: Double) -> Double {
    if x.isNaN { return .nan }
    return x > loc ? -expm1(-(x - loc) / scale) : 0
  }

  func probability(from low: Double, to high: Double) -> Double {
    let from = max(low, loc)
    guard from < high else { return 0 }
    return -expm1(-(high - from) / scale) * exp(-(from - loc) / scale)
  }

  var initialEdges: [Double] { [0, 2, 4, 8, 12, 16, 24, 32, 48].map { loc + scale * $0 } }
  var withoutLocation: Self { Self(loc: 0, scale: scale) }
  var distribution: Distribution { Distribution(law: .expon(self)) }
  var parameters: [(name: String, value: Double)] { [("loc", loc), ("scale", scale)] }
}
