/// The range of a number.
package enum Sign {
  case any, positive, nonNegative
}

extension Field {
  /// A finite number in the documented unit of its dimension.
  package func number(_ dimension: Dimension = .number, _ sign: Sign = .any) -> Double? {
    guard let value = extendedNumber(dimension) else { return nil }
    guard value.isFinite else {
      return fail("\(node.found) is not a finite number; \(expectation(dimension))")
    }
    switch sign {
    case .positive where value <= 0:
      return fail("\(shown) is not positive; it must be greater than 0")
    case .nonNegative where value < 0: return fail("\(shown) is negative; it must not be below 0")
    default: return value
    }
  }

  /// A number that may be infinite, but not NaN.
  package func extendedNumber(_ dimension: Dimension) -> Double? {
    diagnostics.record(dimension, at: path)
    guard let text = scalar else {
      return fail("\(node.found) is not a number; \(expectation(dimension))")
    }
    if let value = nonFiniteValue(text) {
      return value.isNaN
        ? fail("'\(text)' is not a finite number; \(expectation(dimension))") : value
    }
    guard let quantity = Quantity(text) else {
      return fail("\(node.found) is not a number; \(expectation(dimension))")
    }
    let value: Double
    if quantity.unit.isEmpty {
      value = quantity.value()
    } else if let unit = dimension.unit(named: quantity.unit) {
      value = quantity.value(in: unit)
    } else {
      return fail(wrongUnit(String(quantity.unit), dimension))
    }
    if value.isInfinite { return fail("\(node.found) is too large for a number") }
    return value
  }

  private func wrongUnit(_ unit: String, _ dimension: Dimension) -> String {
    if dimension.units.isEmpty {
      return "\(node.found) has a unit or is not a number; a number without unit is needed"
    }
    let other = Dimension.all.first { $0.unit(named: unit) != nil }
    let problem = other.map { "is \($0.name)" } ?? "has the unknown unit '\(shortened(unit))'"
    return "\(node.found) \(problem); \(dimension.name) is needed, in \(dimension.listOfUnits)"
  }

  private func expectation(_ dimension: Dimension) -> String {
    if dimension.units.isEmpty { return "a number is needed" }
    return "\(dimension.name) is needed, in \(dimension.documentedUnit) or with its unit"
  }

  /// A number as it is written, without quotes.
  package var shown: String { shortened(scalar ?? node.found) }

  /// A whole number from 1 to `limit`.
  package func count(limit: Int = 1_000_000_000_000) -> Int? {
    guard let value = number() else { return nil }
    guard value == value.rounded(), value >= 1 else {
      return fail("\(shown) is not possible; it must be a whole number from 1 up")
    }
    guard value <= Double(limit) else {
      return fail("\(shown) is too large; at most \(limit) is possible")
    }
    return Int(value)
  }

  /// A probability.
  package func probability() -> Double? {
    guard let value = number() else { return nil }
    guard value >= 0, value <= 1 else {
      return fail("\(shown) is not a probability; it must lie between 0 and 1")
    }
    return value
  }

  /// True or false.
  package func flag() -> Bool? {
    switch scalar {
    case "true", "True", "TRUE": true
    case "false", "False", "FALSE": false
    default: fail("\(node.found) is neither true nor false")
    }
  }

  /// Text that is not empty.
  package func text(_ what: String) -> String? {
    guard let text = scalar, !text.isEmpty else {
      return fail("\(node.found) is not \(what)")
    }
    return text
  }

  /// One of the cases of an enumeration by its name in files.
  package func option<Option: RawRepresentable & CaseIterable>(
    _ type: Option.Type = Option.self
  ) -> Option? where Option.RawValue == String {
    let known = Option.allCases.map(\.rawValue)
    if let text = scalar, let option = Option(rawValue: text) { return option }
    return fail("\(node.found) is not known\(advice(for: scalar ?? "", among: known))")
  }

  /// Finite numbers: one, a list, or a range `{from, to, count}`.
  package func numbers(_ dimension: Dimension) -> [Double]? {
    if isMapping { return range(dimension) }
    guard isList else { return number(dimension).map { [$0] } }
    let elements = listOrSelf
    guard !elements.isEmpty else { return fail("is an empty list; at least one number is needed") }
    let values = elements.map { $0.number(dimension) }
    return values.contains(nil) ? nil : values.compactMap { $0 }
  }

  /// `count` equally spaced numbers from `from` to `to`, both included.
  private func range(_ dimension: Dimension) -> [Double]? {
    guard let map = mapping(["from", "to", "count"]) else { return nil }
    let from = map.required("from", "the first number")?.number(dimension)
    let to = map.required("to", "the last number")?.number(dimension)
    let count = map.required("count", "how many numbers there are")?.count(limit: 1_000_000)
    guard let from, let to, let count else { return nil }
    guard count > 1 else { return [from] }
    let step = (to - from) / Double(count - 1)
    return (0..<count).map { $0 == count - 1 ? to : from + Double($0) * step }
  }

  /// A list of names, or one name.
  package func names(_ what: String) -> [(name: String, field: Field)]? {
    let fields = listOrSelf
    guard !fields.isEmpty else { return fail("is an empty list; at least \(what) is needed") }
    let names = fields.map { field in field.text(what).map { ($0, field) } }
    return names.contains { $0 == nil } ? nil : names.compactMap { $0 }
  }
}
