#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The log-normal distribution, scipy's `lognorm`: ln((x - loc)/scale) is normal with mean 0 and
/// standard deviation s. Density exp(-(ln y)²/(2s²)) / (s y scale √(2π)), y = (x - loc)/scale.
struct LogNormalLaw: ContinuousLaw {
  let s: Double
  let loc: Double
  let scale: Double
  private let factor: Double

  init(s: Double, loc: Double, scale: Double) {
    self.s = s
    self.loc = loc
    self.scale = scale
    factor = 1 / (s * scale * sqrtTwoPi)
  }

  var support: ClosedRange<Double> { loc ... .infinity }
  var mean: Double { loc + scale * exp(0.5 * s * s) }
  var standardDeviation: Double { scale * exp(0.5 * s * s) * expm1(s * s).squareRoot() }

  func density(at x: Double) -> Double {
    let y = (x - loc) / scale
    guard y > 0, y < .infinity else { return x.isNaN ? .nan : 0 }
    let t = log(y) / s
    return factor / y * exp(-0.5 * t * t)
  }

  func cumulative(at x: Double) -> Double {
    x.isNaN ? .nan : normalCumulative(standard(x))
  }

  func probability(from low: Double, to high: Double) -> Double {
    let (from, to) = (standard(low), standard(high))
    if low > loc && from.isFinite {
      // |(ln f)'| = |1 + t/s| / y, t = (ln y)/s, with a part that changes over s·y
      let slope = (1 + (max(1, abs(from), abs(to))) / s) / (low - loc)
      let narrow = probabilityOfNarrow(from: low, to: high, steepness: slope)
      if let narrow { return narrow }
    }
    return from < to ? normalMass(from: from, to: to, anchor: 0) / sqrtTwoPi : 0
  }

  private func standard(_ x: Double) -> Double {
    let y = (x - loc) / scale
    return y > 0 ? log(y) / s : -.infinity
  }

  var initialEdges: [Double] {
    var edges = (-10...10).map { loc + scale * exp(s * Double($0)) }.filter { $0.isFinite }
    edges.insert(loc, at: 0)
    return edges
  }
  var withoutLocation: Self { Self(s: s, loc: 0, scale: scale) }
  var distribution: Distribution { Distribution(law: .lognorm(self)) }
  var parameters: [(name: String, value: Double)] {
    [("s", s), ("loc", loc), ("scale", scale)]
  }
}
