#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The error of Stirling's formula: δ(x) = ln Γ(x + 1) - (x + 1/2) ln x + x - ln(2π)/2, x > 0.
///
/// From x = 16 on by the first terms of its asymptotic series (DLMF 5.11.1), below by the
/// definition. The absolute error is below 2e-14.
func stirlingError(_ x: Double) -> Double {
  if x < 16 {
    return lgamma(x + 1).0 - (x + 0.5) * log(x) + x - 0.91893853320467274178032973640562
  }
  let u = 1 / (x * x)
  let tail = 1 / 1260.0 - u * (1 / 1680.0 - u * (1 / 1188.0 - u * (691 / 360360.0 - u / 156)))
  return (1 / 12.0 - u * (1 / 360.0 - u * tail)) / x
}

/// The deviance D(x, m) = x ln(x/m) + m - x ≥ 0, for x > 0 and m > 0.
///
/// Near x = m, where these terms cancel, by the series of ln((1 + v)/(1 - v)) in
/// v = (x - m)/(x + m) (DLMF 4.6.4).
func deviance(_ x: Double, _ m: Double) -> Double {
  let difference = x - m
  let v = difference / (x + m)
  if abs(v) < 0.25 {
    let square = v * v
    var power = 2 * x * v
    var sum = difference * v
    var n = 3.0
    while true {
      power *= square
      let next = sum + power / n
      if next == sum { return sum }
      sum = next
      n += 2
    }
  }
  return x * log(x / m) + m - x
}
