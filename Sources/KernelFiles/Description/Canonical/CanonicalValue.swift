/// A value of a canonical description: written as JSON, with one spelling for each value.
indirect enum CanonicalValue: Sendable {
  case number(Double)
  case text(String)
  case flag(Bool)
  case list([CanonicalValue])

  /// Entries in the order in which they are written; those without a value are left out.
  case mapping([(key: String, value: CanonicalValue?)])

  static func numbers(_ values: [Double]) -> CanonicalValue { .list(values.map { .number($0) }) }

  static func texts(_ values: [String]) -> CanonicalValue { .list(values.map { .text($0) }) }

  static func sorted(_ values: [String: CanonicalValue]) -> CanonicalValue {
    .mapping(values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
  }

  /// The value as JSON without spaces; numbers that are not finite are YAML's `.inf` and `.nan`.
  func write(to text: inout String) {
    switch self {
    case .number(let value): text += Self.spelling(value)
    case .text(let value): text += Self.quoted(value)
    case .flag(let value): text += value ? "true" : "false"
    case .list(let values):
      text += "["
      for (index, value) in values.enumerated() {
        if index > 0 { text += "," }
        value.write(to: &text)
      }
      text += "]"
    case .mapping(let entries):
      text += "{"
      var isFirst = true
      for (key, value) in entries {
        guard let value else { continue }
        if !isFirst { text += "," }
        isFirst = false
        text += Self.quoted(key) + ":"
        // YAML wants a space before a value that is not a list, a mapping or quoted.
        text += " "
        value.write(to: &text)
      }
      text += "}"
    }
  }

  /// The shortest spelling that is read as the same number; whole numbers without a point.
  private static func spelling(_ value: Double) -> String {
    if value.isNaN { return ".nan" }
    if value.isInfinite { return value < 0 ? "-.inf" : ".inf" }
    if value == value.rounded(), abs(value) < 1e15 { return "\(Int(value))" }
    return "\(value)"
  }

  private static func quoted(_ value: String) -> String {
    var text = "\""
    for scalar in value.unicodeScalars {
      switch scalar.value {
      case 0x22: text += "\\\""
      case 0x5C: text += "\\\\"
      case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}
