#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The binomial distribution, scipy's `binom`: P(loc + j) = n!/(j!(n-j)!) p^j (1-p)^(n-j).
///
/// Computed by Loader's saddle-point form.
/// Source: C. Loader, Fast and accurate computation of binomial probabilities (2000), eq. 3.
struct BinomialLaw: DiscreteLaw {
  let n: Int
  let p: Double
  let loc: Int

  private var q: Double { 1 - p }
  var first: Int { p == 1 ? n + loc : loc }
  var last: Int? { p == 0 ? loc : n + loc }
  var mean: Double { Double(n) * p + Double(loc) }
  var standardDeviation: Double { (Double(n) * p * q).squareRoot() }

  func probability(of k: Int) -> Double {
    guard k >= first, k <= n + loc, k <= last ?? .max else { return 0 }
    if p == 0 || p == 1 { return 1 }
    let j = Double(k - loc)
    let total = Double(n)
    let rest = total - j
    if j == 0 { return exp(total * log1p(-p)) }
    if rest == 0 { return exp(total * log(p)) }
    let exponent =
      stirlingError(total) - stirlingError(j) - stirlingError(rest)
      - deviance(j, total * p) - deviance(rest, total * q)
    return exp(exponent) * (total / (j * rest)).squareRoot() / sqrtTwoPi
  }

  func lowerTail(_ k: Int) -> Double {
    guard k >= first else { return 0 }
    guard k < last ?? .max else { return 1 }
    return Double(k) <= mean ? sumDown(from: k) : 1 - sumUp(from: k + 1)
  }

  func upperTail(_ k: Int) -> Double {
    guard k >= first else { return 1 }
    guard k < last ?? .max else { return 0 }
    return Double(k) <= mean ? 1 - sumDown(from: k) : sumUp(from: k + 1)
  }

  private func sumDown(from k: Int) -> Double {
    let total = Double(n)
    return tailSum(first: probability(of: k), from: Double(k - loc)) { j in
      (j - 1, j * q / ((total - j + 1) * p))
    }
  }

  private func sumUp(from k: Int) -> Double {
    let total = Double(n)
    return tailSum(first: probability(of: k), from: Double(k - loc)) { j in
      (j + 1, (total - j) * p / ((j + 1) * q))
    }
  }

  var parameters: [(name: String, value: Double)] {
    [("n", Double(n)), ("p", p), ("loc", Double(loc))]
  }
}
