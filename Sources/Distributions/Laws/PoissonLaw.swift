#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The Poisson distribution, scipy's `poisson`: P(loc + j) = µ^j exp(-µ) / j!, j = 0, 1, ...
///
/// Computed by Loader's saddle-point form exp(-δ(j) - D(j, µ)) / √(2πj).
/// Source: C. Loader, Fast and accurate computation of binomial probabilities (2000), eq. 5.
struct PoissonLaw: DiscreteLaw {
  let mu: Double
  let loc: Int

  var first: Int { loc }
  var last: Int? { mu == 0 ? loc : nil }
  var mean: Double { mu + Double(loc) }
  var standardDeviation: Double { mu.squareRoot() }

  func probability(of k: Int) -> Double {
    let j = Double(k - loc)
    if k < loc { return 0 }
    if k == loc { return exp(-mu) }
    if mu == 0 { return 0 }
    return exp(-stirlingError(j) - deviance(j, mu)) / (j.squareRoot() * sqrtTwoPi)
  }

  func lowerTail(_ k: Int) -> Double {
    guard k >= loc else { return 0 }
    if mu == 0 { return 1 }
    return Double(k - loc) <= mu ? sumDown(from: k) : 1 - sumUp(from: k + 1)
  }

  func upperTail(_ k: Int) -> Double {
    guard k >= loc else { return 1 }
    if mu == 0 { return 0 }
    return Double(k - loc) <= mu ? 1 - sumDown(from: k) : sumUp(from: k + 1)
  }

  private func sumDown(from k: Int) -> Double {
    tailSum(first: probability(of: k), from: Double(k - loc)) { j in (j - 1, j / mu) }
  }

  private func sumUp(from k: Int) -> Double {
    tailSum(first: probability(of: k), from: Double(k - loc)) { j in (j + 1, mu / (j + 1)) }
  }

  var parameters: [(name: String, value: Double)] { [("mu", mu), ("loc", Double(loc))] }
}
