#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// A value and its derivative by the membrane potential, carried through arithmetic together: exact
/// derivatives of kinetics without formulas for them.
public struct Dual: Sendable, Equatable {
  public var value: Double

  /// Per mV.
  public var slope: Double

  public init(_ value: Double, slope: Double = 0) {
    self.value = value
    self.slope = slope
  }

  /// The membrane potential itself.
  public static func potential(_ v: Double) -> Dual { Dual(v, slope: 1) }

  static func + (a: Dual, b: Dual) -> Dual { Dual(a.value + b.value, slope: a.slope + b.slope) }
  static func - (a: Dual, b: Dual) -> Dual { Dual(a.value - b.value, slope: a.slope - b.slope) }
  static prefix func - (a: Dual) -> Dual { Dual(-a.value, slope: -a.slope) }
  static func * (a: Dual, b: Dual) -> Dual {
    Dual(a.value * b.value, slope: a.slope * b.value + a.value * b.slope)
  }
  static func / (a: Dual, b: Dual) -> Dual {
    let quotient = a.value / b.value
    return Dual(quotient, slope: (a.slope - quotient * b.slope) / b.value)
  }
  static func + (a: Double, b: Dual) -> Dual { Dual(a) + b }
  static func + (a: Dual, b: Double) -> Dual { a + Dual(b) }
  static func - (a: Double, b: Dual) -> Dual { Dual(a) - b }
  static func - (a: Dual, b: Double) -> Dual { a - Dual(b) }
  static func * (a: Double, b: Dual) -> Dual { Dual(a * b.value, slope: a * b.slope) }
  static func / (a: Double, b: Dual) -> Dual { Dual(a) / b }
  static func / (a: Dual, b: Double) -> Dual { Dual(a.value / b, slope: a.slope / b) }

  /// e to this power.
  var exponential: Dual {
    let e = exp(value)
    return Dual(e, slope: slope * e)
  }

  /// 1 / (1 + e^x), which neither overflows nor gives NaN in its slope.
  var sigmoid: Dual {
    let s = value > 0 ? exp(-value) / (1 + exp(-value)) : 1 / (1 + exp(value))
    return Dual(s, slope: -slope * s * (1 - s))
  }

  /// x / (e^x - 1), with its limit 1 at 0.
  var linoid: Dual {
    let x = value
    if abs(x) < 1e-2 {
      // Bernoulli numbers: 1 - x/2 + x^2/12 - x^4/720 + x^6/30240.
      let x2 = x * x
      return Dual(
        1 - x / 2 + x2 / 12 - x2 * x2 / 720 + x2 * x2 * x2 / 30240,
        slope: slope * (-0.5 + x / 6 - x * x2 / 180 + x * x2 * x2 / 5040))
    }
    let e = expm1(x)
    if e == .infinity { return Dual(0) }
    return Dual(x / e, slope: slope * (e - x * (e + 1)) / (e * e))
  }
}
