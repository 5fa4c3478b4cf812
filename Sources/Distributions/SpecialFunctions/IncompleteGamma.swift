#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The regularised incomplete gamma functions P(a, x) = γ(a, x)/Γ(a) and Q = 1 - P.
///
/// Whichever of the two is smaller is computed without subtraction: P by the series DLMF 8.11.4,
/// Q by the continued fraction DLMF 8.9.2 and, for a < 1 and small x, by the power series
/// DLMF 8.7.1 with the leading 1 taken out of it.
/// - Parameters:
///   - a: the shape, above 0; dimensionless.
///   - x: at least 0, may be infinite.
func incompleteGamma(_ a: Double, _ x: Double) -> (lower: Double, upper: Double) {
  if x <= 0 { return (0, 1) }
  if x.isInfinite { return (1, 0) }
  if a < 1 && x < 1.5 {
    return (lowerSeries(a, x), upperOfSmallShape(a, x))
  }
  if x < a + 1 {
    let lower = min(lowerSeries(a, x), 1)
    return (lower, 1 - lower)
  }
  let upper = min(upperFraction(a, x), 1)
  return (1 - upper, upper)
}

/// x^a exp(-x) / Γ(a + 1).
private func prefactor(_ a: Double, _ x: Double) -> Double {
  exp(-stirlingError(a) - deviance(a, x)) / (a.squareRoot() * sqrtTwoPi)
}

/// P(a, x) = x^a exp(-x)/Γ(a + 1) · Σ x^n / ((a + 1) ... (a + n)).
private func lowerSeries(_ a: Double, _ x: Double) -> Double {
  var term = 1.0
  var sum = 1.0
  var n = 1.0
  while term > 1e-18 * sum {
    term *= x / (a + n)
    sum += term
    n += 1
  }
  return prefactor(a, x) * sum
}

/// Q(a, x) by the continued fraction, evaluated with Lentz's method.
private func upperFraction(_ a: Double, _ x: Double) -> Double {
  let tiny = 1e-300
  var b = x + 1 - a
  var c = 1 / tiny
  var d = 1 / b
  var h = d
  for i in 1...10_000_000 {
    let n = Double(i)
    let an = -n * (n - a)
    b += 2
    d = 1 / nonzero(an * d + b, tiny)
    c = nonzero(b + an / c, tiny)
    let change = d * c
    h *= change
    if abs(change - 1) < 2e-16 { break }
  }
  return prefactor(a, x) * a * h
}

private func nonzero(_ value: Double, _ tiny: Double) -> Double {
  abs(value) < tiny ? tiny : value
}

/// Q(a, x) for a < 1 and x < 1.5: 1 - E - E a Σ (-x)^n / (n! (a + n)), E = x^a/Γ(a + 1).
private func upperOfSmallShape(_ a: Double, _ x: Double) -> Double {
  let exponent = a * log(x) - lgamma(a + 1).0
  var power = 1.0
  var sum = 0.0
  for n in 1...40 {
    power *= -x / Double(n)
    sum += power / (a + Double(n))
  }
  return -expm1(exponent) - exp(exponent) * a * sum
}
