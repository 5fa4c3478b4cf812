#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The normal distribution, scipy's `norm`: density exp(-y²/2) / (scale √(2π)), y = (x - loc)/scale.
struct NormalLaw: ContinuousLaw {
  let loc: Double
  let scale: Double
  private let peak: Double

  init(loc: Double, scale: Double) {
    self.loc = loc
    self.scale = scale
    peak = 1 / (scale * sqrtTwoPi)
  }

  var support: ClosedRange<Double> { -.infinity ... .infinity }
  var mean: Double { loc }
  var standardDeviation: Double { scale }

  func density(at x: Double) -> Double {
    let y = (x - loc) / scale
    return peak * exp(-0.5 * y * y)
  }

  func cumulative(at x: Double) -> Double { normalCumulative((x - loc) / scale) }

  func probability(from low: Double, to high: Double) -> Double {
    let (from, to) = ((low - loc) / scale, (high - loc) / scale)
    // |(ln f)'| = |y|/scale; the 1 keeps the curvature small where y is near 0
    let steepness = max(1, abs(from), abs(to)) / scale
    return probabilityOfNarrow(from: low, to: high, steepness: steepness)
      ?? normalMass(from: from, to: to, anchor: 0) / sqrtTwoPi
  }

  var initialEdges: [Double] { (-6...6).map { loc + 2 * Double($0) * scale } }
  var withoutLocation: Self { Self(loc: 0, scale: scale) }
  var distribution: Distribution { Distribution(law: .norm(self)) }
  var parameters: [(name: String, value: Double)] { [("loc", loc), ("scale", scale)] }
}
