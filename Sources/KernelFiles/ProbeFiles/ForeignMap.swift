/// A mapping of a file format that is not this project's: keys that are not known are warned about and
/// ignored, unless one looks like a key that is missing.
struct ForeignMap {
  let field: Field
  let warnings: DiagnosticCollector
  private let entries: [DescriptionNode.Entry]

  /// Nil, and reported, where the value is not a mapping.
  init?(_ field: Field, warnings: DiagnosticCollector) {
    guard case .mapping(let entries) = field.node.content else {
      field.report("\(field.node.found) is not a mapping; a mapping with keys is needed")
      return nil
    }
    self.field = field
    self.warnings = warnings
    self.entries = entries
  }

  /// The value of the first of these keys that is given and not null.
  func optional(_ keys: String...) -> Field? { optional(keys) }

  private func optional(_ keys: [String]) -> Field? {
    for key in keys {
      if let entry = entries.first(where: { $0.key == key }), !entry.value.isNull {
        return field.field(of: entry)
      }
    }
    return nil
  }

  /// As `optional`; a missing value is reported under the first key.
  func required(_ keys: String..., what: String) -> Field? {
    if let value = optional(keys) { return value }
    let key = keys[0]
    if entries.contains(where: { keys.contains(nearestName(to: $0.key, among: keys) ?? "") }) {
      return nil  // Reported with the key that seems to be meant.
    }
    let path = field.path.isEmpty ? key : "\(field.path).\(key)"
    field.diagnostics.report("is missing; give \(what)", path: path, at: field.place)
    return nil
  }

  /// Reports or warns about keys that are not known.
  func check(known: [String]) {
    for entry in entries where !known.contains(entry.key) {
      let child = field.field(of: entry)
      if let near = nearestName(to: entry.key, among: known),
        !entries.contains(where: { $0.key == near })
      {
        child.diagnostics.report(
          "unknown key; did you mean '\(near)'?", path: child.path, at: entry.keyPlace)
      } else {
        warnings.report("is not known and ignored", path: child.path, at: entry.keyPlace)
      }
    }
  }

  /// Warns about a value.
  func warn(_ message: String, about value: Field? = nil) {
    let value = value ?? field
    warnings.report(message, path: value.path, at: value.place)
  }
}

extension Field {
  /// A list of as many numbers as told.
  func coordinates(_ count: Int) -> [Double]? {
    guard let elements = list(of: "\(count) numbers") else { return nil }
    guard elements.count == count else {
      return fail(
        "has \(elements.count) number\(elements.count == 1 ? "" : "s"); \(count) are needed")
    }
    let values = elements.map { $0.number() }
    return values.contains(nil) ? nil : values.compactMap { $0 }
  }
}
