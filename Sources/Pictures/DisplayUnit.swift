import Foundation

/// The multiple of a unit in which numbers are shown.
struct DisplayUnit: Equatable {
  /// A shown number is the value times 10 to the power of `-exponent`.
  var exponent: Int

  /// The unit in print, such as "µV" or "×10⁻³ nA µm"; empty when there is nothing to say.
  var text: String

  /// The value in this unit.
  func shown(_ value: Double) -> Double {
    exponent >= 0
      ? value / pow(10, Double(exponent)) : value * pow(10, Double(-exponent))
  }

  /// The multiple of `unit` in which values up to `maximum` (a magnitude) are easily read.
  ///
  /// The unit stays when the maximum is within 0.1 ..< 1000. Otherwise volt, ampere and tesla change their
  /// prefix, and any other unit is preceded by a power of ten.
  static func suiting(maximum: Double, unit: String) -> DisplayUnit {
    guard maximum.isFinite, maximum > DrawableRange.smallest, !(0.1..<1000).contains(maximum) else {
      return DisplayUnit(exponent: 0, text: UnitText.typeset(unit))
    }
    return prefixed(maximum: maximum, unit: unit) ?? power(of: maximum, unit: unit)
  }

  private static func power(of maximum: Double, unit: String) -> DisplayUnit {
    let exponent = Int(log10(maximum).rounded(.down))
    let text = "×10" + NumberText.superscript(exponent)
    return DisplayUnit(
      exponent: exponent, text: unit.isEmpty ? text : text + " " + UnitText.typeset(unit))
  }

  private static let prefixes: [(text: String, exponent: Int)] = [
    ("a", -18), ("f", -15), ("p", -12), ("n", -9), ("µ", -6), ("m", -3), ("", 0), ("k", 3),
    ("M", 6), ("G", 9),
  ]

  private static func prefixed(maximum: Double, unit: String) -> DisplayUnit? {
    guard let base = unit.last, "VAT".contains(base) else { return nil }
    let given = UnitText.typeset(unit).dropLast()
    guard let prefix = prefixes.first(where: { $0.text == given }) else { return nil }
    let magnitude = log10(maximum) + Double(prefix.exponent)
    guard let best = prefixes.last(where: { Double($0.exponent) <= magnitude + 1e-9 }),
      magnitude < Double(best.exponent) + 4
    else { return nil }
    return DisplayUnit(exponent: best.exponent - prefix.exponent, text: best.text + String(base))
  }
}
