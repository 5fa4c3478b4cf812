import Foundation

/// Numbers as they are set in print: minus is U+2212, exponents are raised.
enum NumberText {
  /// A number with a fixed count of digits after the point; never "−0".
  static func decimal(_ value: Double, digits: Int) -> String {
    let text = String(format: "%.\(max(0, digits))f", value)
    guard text.hasPrefix("-") else { return text }
    let magnitude = text.dropFirst()
    return magnitude.contains { $0 != "0" && $0 != "." }
      ? "\u{2212}" + magnitude : String(magnitude)
  }

  /// A number with a count of significant digits, without trailing zeros: 0.05, 2.5·10⁻⁷.
  static func significant(_ value: Double, digits: Int) -> String {
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
    let rounded = String(format: "%.\(max(0, digits - 1))e", value)
    let parts = rounded.split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return rounded }
    if (-4..<5).contains(exponent) {
      return trimmed(decimal(value, digits: max(0, digits - 1 - exponent)))
    }
    let mantissa = trimmed(parts[0].replacingOccurrences(of: "-", with: "\u{2212}"))
    return mantissa + "·10" + superscript(exponent)
  }

  /// An integer in raised figures: "⁻³".
  static func superscript(_ value: Int) -> String {
    String(String(value).map { raised[$0] ?? $0 })
  }

  private static let raised: [Character: Character] = [
    "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷",
    "8": "⁸", "9": "⁹",
  ]

  private static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var text = text
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }
}
