/// A value of a description with its path of keys, and the means to read it as what it should be.
///
/// Each reading function returns nil when the value is not what it should be, and reports that.
package struct Field {
  package let node: DescriptionNode
  package let path: String

  /// Where its key stands; nil in lists.
  package let keyPlace: TextPlace?
  package let diagnostics: DiagnosticCollector

  package init(
    _ node: DescriptionNode, path: String, keyPlace: TextPlace? = nil,
    diagnostics: DiagnosticCollector
  ) {
    self.node = node
    self.path = path
    self.keyPlace = keyPlace
    self.diagnostics = diagnostics
  }

  /// Where problems of this value are: at the value where it is on one line, else at its key.
  package var place: TextPlace {
    if case .scalar = node.content, !node.isNull { return node.place }
    return keyPlace ?? node.place
  }

  /// Reports a problem of this value.
  package func report(_ message: String) { diagnostics.report(message, path: path, at: place) }

  /// Reports a problem and returns nil, for use in a return statement.
  package func fail<Value>(_ message: String) -> Value? {
    report(message)
    return nil
  }

  /// Text where the value is one; numbers are text too.
  package var scalar: String? {
    guard case .scalar(let text, _) = node.content, !node.isNull else { return nil }
    return text
  }

  package var isList: Bool {
    if case .sequence = node.content { return true }
    return false
  }

  package var isMapping: Bool {
    if case .mapping = node.content { return true }
    return false
  }

  /// The elements of a list.
  package func list(of what: String) -> [Field]? {
    guard case .sequence(let elements) = node.content else {
      return fail("\(node.found) is not a list; a list of \(what) is needed")
    }
    return fields(elements)
  }

  /// The elements of a list, or the value itself as the only one.
  package var listOrSelf: [Field] {
    guard case .sequence(let elements) = node.content else { return [self] }
    return fields(elements)
  }

  private func fields(_ elements: [DescriptionNode]) -> [Field] {
    elements.enumerated().map {
      Field($0.element, path: "\(path)[\($0.offset)]", diagnostics: diagnostics)
    }
  }

  /// The entries of a mapping whose keys are free names.
  package func entries(of what: String) -> [(name: String, field: Field)]? {
    guard case .mapping(let entries) = node.content else {
      return fail("\(node.found) is not a mapping; a mapping from names to \(what) is needed")
    }
    return entries.map { entry in (entry.key, field(of: entry)) }
  }

  /// The value of a mapping's key.
  func child(_ key: String) -> Field? { node.entry(key).map { field(of: $0) } }

  /// A mapping with some of its keys.
  func only(_ keys: Set<String>) -> Field {
    guard case .mapping(let entries) = node.content else { return self }
    var rest = node
    rest.content = .mapping(entries.filter { keys.contains($0.key) })
    return Field(rest, path: path, keyPlace: keyPlace, diagnostics: diagnostics)
  }

  /// A mapping without one of its keys.
  func without(_ key: String) -> Field {
    guard case .mapping(let entries) = node.content else { return self }
    var rest = node
    rest.content = .mapping(entries.filter { $0.key != key })
    return Field(rest, path: path, keyPlace: keyPlace, diagnostics: diagnostics)
  }

  package func field(of entry: DescriptionNode.Entry) -> Field {
    Field(
      entry.value, path: path.isEmpty ? entry.key : "\(path).\(entry.key)",
      keyPlace: entry.keyPlace, diagnostics: diagnostics)
  }

  /// A mapping with known keys; others are reported, as an unknown key or whatever they may be.
  package func mapping(_ known: [String], unknown: String = "key") -> FieldMap? {
    guard case .mapping(let entries) = node.content else {
      let keys = listing(known, last: "and")
      return fail("\(node.found) is not a mapping; a mapping is needed, with the keys \(keys)")
    }
    return FieldMap(self, entries: entries, known: known, unknown: unknown)
  }

  /// A mapping with one key, which says what kind of thing this is: the kind and its value.
  package func choice(of what: String, among known: [String]) -> (kind: String, field: Field)? {
    let allowed = "one of \(listing(known, last: "or")) is needed, with its parameters"
    guard case .mapping(let entries) = node.content else {
      return fail("\(node.found) is not a \(what); \(allowed)")
    }
    guard entries.count == 1, let entry = entries.first else {
      return fail("\(entries.isEmpty ? "has no key" : "has \(entries.count) keys"); \(allowed)")
    }
    guard known.contains(entry.key) else {
      let field = field(of: entry)
      field.diagnostics.report(
        "unknown \(what)\(advice(for: entry.key, among: known))", path: field.path,
        at: entry.keyPlace)
      return nil
    }
    return (entry.key, field(of: entry))
  }
}

/// A mapping of which all keys are known.
package struct FieldMap {
  package let field: Field
  private let fields: [String: Field]

  /// The keys that unknown ones are probably meant to be.
  private let meant: Set<String>

  /// Reports the keys that are not among `known`.
  init(_ field: Field, entries: [DescriptionNode.Entry], known: [String], unknown: String) {
    self.field = field
    var meant: Set<String> = []
    var fields: [String: Field] = [:]
    for entry in entries {
      let child = field.field(of: entry)
      fields[entry.key] = child
      if known.contains(entry.key) { continue }
      let advice = known.isEmpty ? "; there is none here" : advice(for: entry.key, among: known)
      child.diagnostics.report("unknown \(unknown)\(advice)", path: child.path, at: entry.keyPlace)
      // A kind of thing that is not known is one of the known kinds, however its name is.
      guard unknown == "key" else {
        meant.formUnion(known)
        continue
      }
      guard let nearest = nearestName(to: entry.key, among: known) else { continue }
      meant.insert(nearest)
      // Taken as that, so that what refers to its contents brings no further problems.
      if !entries.contains(where: { $0.key == nearest }) { fields[nearest] = child }
    }
    self.meant = meant
    self.fields = fields
  }

  /// The value of a key; nil where it is not given.
  package func optional(_ key: String) -> Field? { fields[key] }

  /// The value of a key; where it is not given, that is reported with what it should be, unless an
  /// unknown key seems to be it.
  package func required(_ key: String, _ what: String) -> Field? {
    if let value = fields[key] { return value }
    if meant.contains(key) { return nil }
    let path = field.path.isEmpty ? key : "\(field.path).\(key)"
    field.diagnostics.report("is missing; give \(what)", path: path, at: field.place)
    return nil
  }

  /// The one of several keys that is given; more than one is reported, and so is none unless an
  /// unknown key seems to be it.
  package func exactlyOne(of keys: [String], what: String) -> (key: String, field: Field)? {
    let given = keys.filter { fields[$0] != nil }
    let allowed = listing(keys, last: "or")
    guard given.count <= 1 else {
      return field.fail("has \(listing(given, last: "and")); only one of \(allowed) can be given")
    }
    guard let key = given.first, let value = fields[key] else {
      if !meant.isDisjoint(with: keys) { return nil }
      return field.fail("\(what) is missing; one of \(allowed) is needed")
    }
    return (key, value)
  }
}
