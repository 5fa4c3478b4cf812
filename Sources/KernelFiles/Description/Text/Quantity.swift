/// A number as it is written, with the text after it.
struct Quantity {
  /// Sign, digits and decimal point.
  let mantissa: Substring

  /// The power of ten behind `e`.
  let exponent: Int

  /// What follows, without surrounding space; empty for a plain number.
  let unit: Substring

  /// Reads a decimal number with an optional exponent; nil where the text does not begin with one.
  init?(_ text: String) {
    let text = text[...]
    var rest = text
    if let sign = rest.first, sign == "+" || sign == "-" { rest.removeFirst() }
    let whole = rest.prefix(while: \.isDecimalDigit)
    rest = rest.dropFirst(whole.count)
    var fraction: Substring = ""
    if rest.first == "." {
      fraction = rest.dropFirst().prefix(while: \.isDecimalDigit)
      if whole.isEmpty && fraction.isEmpty { return nil }
      rest = rest.dropFirst(1 + fraction.count)
    }
    if whole.isEmpty && fraction.isEmpty { return nil }
    mantissa = fraction.isEmpty ? text[..<whole.endIndex] : text[..<rest.startIndex]
    var exponent = 0
    if let e = rest.first, e == "e" || e == "E" {
      var digits = rest.dropFirst()
      var negative = false
      if let sign = digits.first, sign == "+" || sign == "-" {
        negative = sign == "-"
        digits.removeFirst()
      }
      let number = digits.prefix(while: \.isDecimalDigit)
      if !number.isEmpty {
        let size = min(Int(number) ?? 100_000, 100_000)
        exponent = negative ? -size : size
        rest = digits.dropFirst(number.count)
      }
    }
    self.exponent = exponent
    var unit = rest.drop(while: \.isWhitespace)
    while unit.last?.isWhitespace == true { unit.removeLast() }
    self.unit = unit
  }

  /// The number times 10 to a power, rounded once; infinite where it is too large.
  func value(timesTenTo power: Int = 0) -> Double {
    Double("\(mantissa)e\(exponent + power)") ?? .nan
  }

  /// The number in the documented unit of its dimension.
  func value(in unit: Unit) -> Double {
    switch unit.size {
    case .power(let power): value(timesTenTo: power)
    case .factor(let factor): value() * factor
    }
  }
}

extension Character {
  fileprivate var isDecimalDigit: Bool { ("0"..."9").contains(self) }
}

/// The value of `inf`, `-.inf`, `nan` and their like; nil for any other text.
func nonFiniteValue(_ text: String) -> Double? {
  var name = text.lowercased()[...]
  var sign = 1.0
  if let first = name.first, first == "+" || first == "-" {
    if first == "-" { sign = -1 }
    name.removeFirst()
  }
  if name.first == "." { name.removeFirst() }
  switch name {
  case "inf", "infinity": return sign * .infinity
  case "nan": return .nan
  default: return nil
  }
}
