#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// √(2π).
let sqrtTwoPi = 2.506628274631000502415765284811
/// √(π/2).
let sqrtHalfPi = 1.2533141373155002512078826424055
/// √(1/2).
let sqrtHalf = 0.70710678118654752440084436210485

/// The scaled complementary error function exp(x²) erfc(x), for x ≥ 0.
///
/// Below 10 it is the product, with the rounding error of x² taken into account; above 10 it is
/// the asymptotic expansion DLMF 7.12.1, whose terms fall below 1e-18 there.
/// - Parameter x: dimensionless, at least 0; infinity gives 0.
/// - Returns: a value with a relative error of a few units in the last place.
func scaledErfc(_ x: Double) -> Double {
  if x < 10 {
    let square = x * x
    let rest = (-square).addingProduct(x, x)
    return exp(square) * (1 + rest) * erfc(x)
  }
  let u = 0.5 / (x * x)
  var term = 1.0
  var sum = 1.0
  var n = 1.0
  while abs(term) > 1e-18 && n < 30 {
    term *= -(2 * n - 1) * u
    sum += term
    n += 1
  }
  return sum / (x * 2 * sqrtHalfPi * sqrtHalf)
}
