import Foundation

/// The multiple of a unit in which numbers are shown.
struct DisplayUnit: Equatable {
  /// A shown number is the value times 10 to the power of `-exponent`.
  var exponent: Int

  /// The power of ten in print, such as "×10⁻³"; empty for 1, and where a prefix of the unit says
  /// it.
  var multiplier: String

  /// The unit in print, such as "µV"; empty for none.
  var name: String

  /// Multiplier and unit, such as "×10⁻³ nA µm".
  var text: String {
    multiplier.isEmpty || name.isEmpty ? multiplier + name : multiplier + " " + name
  }

  /// The value in this unit.
  func shown(_ value: Double) -> Double {
    exponent >= 0
      ? value / pow(10, Double(exponent)) : value * pow(10, Double(-exponent))
  }

  /// The unit as it is.
  static func plain(_ unit: String) -> DisplayUnit {
    DisplayUnit(exponent: 0, multiplier: "", name: UnitText.typeset(unit))
  }

  /// The multiple of `unit` in which values up to `maximum` (a magnitude) are easily read.
  ///
  /// Volt, ampere and tesla change their prefix when the maximum is not within 0.1 ..< 1000. Any
  /// other unit is preceded by a power of ten when the maximum is not within `kept`.
  static func suiting(
    maximum: Double, unit: String, keeping kept: Range<Double> = 0.01..<10_000
  ) -> DisplayUnit {
    guard maximum.isFinite, maximum > DrawableRange.smallest else { return plain(unit) }
    if let prefixed = prefixed(maximum: maximum, unit: unit) { return prefixed }
    guard !kept.contains(maximum) else { return plain(unit) }
    let exponent = Int(log10(maximum).rounded(.down))
    return DisplayUnit(
      exponent: exponent, multiplier: "×10" + NumberText.superscript(exponent),
      name: UnitText.typeset(unit))
  }

  private static let prefixes: [(text: String, exponent: Int)] = [
    ("a", -18), ("f", -15), ("p", -12), ("n", -9), ("µ", -6), ("m", -3), ("", 0), ("k", 3),
    ("M", 6), ("G", 9),
  ]

  /// The unit with the prefix that leaves one to three digits before the point; nil for units
  /// that take none.
  private static func prefixed(maximum: Double, unit: String) -> DisplayUnit? {
    guard let base = unit.last, "VAT".contains(base) else { return nil }
    let given = UnitText.typeset(unit).dropLast()
    guard let prefix = prefixes.first(where: { $0.text == given }) else { return nil }
    guard !(0.1..<1000).contains(maximum) else { return plain(unit) }
    let magnitude = log10(maximum) + Double(prefix.exponent)
    guard let best = prefixes.last(where: { Double($0.exponent) <= magnitude + 1e-9 }),
      magnitude < Double(best.exponent) + 4
    else { return nil }
    return DisplayUnit(
      exponent: best.exponent - prefix.exponent, multiplier: "", name: best.text + String(base))
  }
}
