#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The gamma distribution, scipy's `gamma`: density y^(a-1) exp(-y) / (Γ(a) scale),
/// y = (x - loc)/scale.
///
/// Written as √(a/2π) exp(-δ(a) - D(a, y)) / y with the error δ of Stirling's formula and the
/// deviance D (see `stirlingError`, `deviance`), which loses no digits at large a.
struct GammaLaw: ContinuousLaw {
  let a: Double
  let loc: Double
  let scale: Double
  private let factor: Double

  init(a: Double, loc: Double, scale: Double) {
    self.a = a
    self.loc = loc
    self.scale = scale
    factor = a.squareRoot() / sqrtTwoPi * exp(-stirlingError(a)) / scale
  }

  var support: ClosedRange<Double> { loc ... .infinity }
  var mean: Double { loc + a * scale }
  var standardDeviation: Double { a.squareRoot() * scale }

  func density(at x: Double) -> Double {
    let y = (x - loc) / scale
    guard y > 0, y < .infinity else {
      if x.isNaN { return .nan }
      if y != 0 || a > 1 { return 0 }
      return a < 1 ? .infinity : 1 / scale
    }
    return factor / y * exp(-deviance(a, y))
  }

  func cumulative(at x: Double) -> Double {
    x.isNaN ? .nan : incompleteGamma(a, max((x - loc) / scale, 0)).lower
  }

  func probability(from low: Double, to high: Double) -> Double {
    let from = max((low - loc) / scale, 0)
    let to = max((high - loc) / scale, 0)
    guard from < to else { return 0 }
    if low >= loc && from > 0 {
      // |(ln f)'| = |(a - 1)/y - 1|, changing over the distance y/√a
      let steepness = max(abs((a - 1) / from - 1), (1 + a.squareRoot()) / from) / scale
      let narrow = probabilityOfNarrow(from: low, to: high, steepness: 2 * steepness)
      if let narrow { return narrow }
    }
    let (first, second) = (incompleteGamma(a, from), incompleteGamma(a, to))
    return max(from > a ? first.upper - second.upper : second.lower - first.lower, 0)
  }

  var initialEdges: [Double] {
    // doubling outwards from the mean until at most 1e-20 is left
    var edges = [0, a]
    var step = a.squareRoot()
    repeat {
      edges.append(a + step)
      step *= 2
    } while incompleteGamma(a, edges[edges.count - 1]).upper > 1e-20
    step = a.squareRoot()
    while step < a {
      edges.append(a - step)
      step *= 2
    }
    return edges.sorted().map { loc + scale * $0 }
  }
  var withoutLocation: Self { Self(a: a, loc: 0, scale: scale) }
  var distribution: Distribution { Distribution(law: .gamma(self)) }
  var parameters: [(name: String, value: Double)] {
    [("a", a), ("loc", loc), ("scale", scale)]
  }
}
