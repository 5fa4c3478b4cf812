#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The cumulative distribution of the standard normal, Φ(y) = erfc(-y/√2)/2 (DLMF 7.2.2).
func normalCumulative(_ y: Double) -> Double { 0.5 * erfc(-y * sqrtHalf) }

/// ∫ exp(-(t² - c²)/2) dt from `p` to `q`: what a normal density holds there, in units that make
/// it of order 1 near the anchor c.
///
/// No two nearly equal numbers are subtracted: on one side of 0 it is `decayingMass` times one
/// exponential, across 0 a sum of two error functions.
/// - Parameters:
///   - p: the lower limit, in standard deviations; may be -∞.
///   - q: the upper limit, above `p`; may be ∞.
///   - anchor: c; 0, or a number of the sign of both limits.
func normalMass(from p: Double, to q: Double, anchor: Double) -> Double {
  guard p < q else { return p.isNaN || q.isNaN ? .nan : 0 }
  if p >= 0 {
    return p.isInfinite ? 0 : exp(-0.5 * (p - anchor) * (p + anchor)) * decayingMass(p, q - p)
  }
  if q <= 0 {
    return q.isInfinite ? 0 : exp(-0.5 * (q - anchor) * (q + anchor)) * decayingMass(-q, q - p)
  }
  return sqrtHalfPi * (erf(q * sqrtHalf) + erf(-p * sqrtHalf))
}

/// ∫ exp(-u d - d²/2) dd from 0 to `h`, for u ≥ 0.
private func decayingMass(_ u: Double, _ h: Double) -> Double {
  let exponent = h * (u + 0.5 * h)
  if exponent < 1 {
    return GaussLegendre.twenty.integral(from: 0, to: h) { d in exp(-d * (u + 0.5 * d)) }
  }
  let whole = scaledErfc(u * sqrtHalf)
  if exponent > 750 { return sqrtHalfPi * whole }
  return sqrtHalfPi * (whole - exp(-exponent) * scaledErfc((u + h) * sqrtHalf))
}
