#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The mean of 1 / distance between a point and a uniform disc:
///
///     D(rho, z) = 1 / (pi R^2) ∫ dA / |r - r'|
///
/// at the horizontal distance rho from the disc's axis and the height z above it. With
/// b^2 = (R + rho)^2 + z^2, k^2 = 4 R rho / b^2 and n = 4 R rho / (R + rho)^2,
///
///     pi R^2 D = 2 (b E(k) + (R^2 - rho^2) K(k) / b + z^2 (R - rho) / (R + rho) Π(n, k) / b)
///                - 2 pi |z| where rho < R
///
/// (Durand 1964, Électrostatique I). The three integrals come from one arithmetic-geometric mean
/// (DLMF 19.8.5 to 19.8.9). Far away, where these terms cancel, four multipoles are accurate to
/// 2e-10.
struct DiscPotential: Sendable {
  let radius: Double

  /// D at one distance from the axis and eight heights.
  func callAsFunction(rho: Double, z: SIMD8<Double>) -> SIMD8<Double> {
    let (r2, z2) = (radius * radius, z * z)
    let far = rho * rho + z2 .> 144 * r2
    if all(far) { return multipoles(rho2: rho * rho, z2: z2) }
    let sum = radius + rho
    let b2 = sum * sum + z2
    let b = root(b2)
    var complement = ((radius - rho) * (radius - rho) + z2) / b2
    complement.replace(with: 1e-24, where: complement .< 1e-24)
    // sqrt(1 - n), kept from 0, where the third integral diverges and its factor vanishes.
    let p0 = max(abs(radius - rho) / sum, 1e-8)
    let integrals = EllipticIntegrals(complement: complement, p: p0)
    let third = (rho < radius ? 1 : -1) * integrals.thirdTimesP
    let edges = b * integrals.second
    let surface = ((radius - rho) * sum * integrals.first + z2 * third) / b
    var result = 2 * (edges + surface)
    if rho < radius { result -= 2 * .pi * z.replacing(with: -z, where: z .< 0) }
    result /= .pi * r2
    return any(far)
      ? result.replacing(with: multipoles(rho2: rho * rho, z2: z2), where: far) : result
  }

  /// D at one point.
  func callAsFunction(rho: Double, z: Double) -> Double {
    self(rho: rho, z: SIMD8(repeating: z))[0]
  }

  private func multipoles(rho2: Double, z2: SIMD8<Double>) -> SIMD8<Double> {
    let inverse2 = 1 / (rho2 + z2)
    let c = z2 * inverse2
    let e = radius * radius * inverse2
    let p2 = 0.5 * (3 * c - 1)
    var p4 = 35 * c - 30
    p4 = 0.125 * (p4 * c + 3)
    var p6 = 231 * c - 315
    p6 = p6 * c + 105
    p6 = 0.0625 * (p6 * c - 5)
    var series = 0.125 * p4 - e * (0.078125 * p6)
    series = 0.25 * p2 - e * series
    return root(inverse2) * (1 - e * series)
  }
}

/// Complete elliptic integrals K(k), E(k) and p Π(1 - p^2, k), from 1 - k^2.
private struct EllipticIntegrals {
  let first, second, thirdTimesP: SIMD8<Double>

  init(complement: SIMD8<Double>, p p0: Double) {
    var a = SIMD8<Double>(repeating: 1)
    var g = root(complement)
    var p = SIMD8<Double>(repeating: p0)
    var q = SIMD8<Double>(repeating: 1)
    var total = q
    var squares = 0.5 * (1 - complement)
    var power = 0.5
    for _ in 0..<48 {
      let product = a * g
      let p2 = p * p
      let plus = p2 + product
      let inverse = 0.5 / (p * plus)
      q *= (p2 - product) * p * inverse
      p = plus * plus * inverse
      total += q
      let difference = 0.5 * (a - g)
      power *= 2
      squares += power * difference * difference
      a -= difference
      g = root(product)
      if all(difference .< 1e-7 * a) && all(q * q .< 1e-26) { break }
    }
    let quarter = 0.25 * Double.pi / a
    first = 2 * quarter
    second = first * (1 - squares)
    thirdTimesP = quarter * (2 * p0 + (1 - p0 * p0) / p0 * total)
  }
}

/// Square roots of normal positive numbers, to 3 ulp.
///
/// Newton's method on 1 / sqrt(x): the compiler does not turn square roots of lanes into vector
/// instructions.
@inline(__always)
private func root(_ x: SIMD8<Double>) -> SIMD8<Double> {
  let bits = unsafeBitCast(x, to: SIMD8<UInt64>.self)
  let guess = SIMD8<UInt64>(repeating: 0x5FE6_EB50_C7B5_37A9) &- (bits &>> 1)
  var y = unsafeBitCast(guess, to: SIMD8<Double>.self)
  let half = 0.5 * x
  for _ in 0..<4 { y *= 1.5 - (half * y) * y }
  return x * y
}
