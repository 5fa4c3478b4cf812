import LFPKernels

extension MembraneEntry {
  /// Readers of mechanisms by their names in files.
  private static let mechanisms: [(name: String, read: @Sendable (Field) -> Mechanism?)] = [
    ("passive", { readPassive($0) })
  ]

  /// Reads `membrane`: a list of mechanisms, or one.
  static func readList(_ field: Field, sections: SectionNames?) -> [MembraneEntry]? {
    let fields = field.listOrSelf
    guard !fields.isEmpty else {
      return field.fail("is an empty list; a cell needs a membrane, such as passive")
    }
    let entries = fields.map { read($0, sections: sections) }
    return entries.contains(nil) ? nil : entries.compactMap { $0 }
  }

  /// Reads `{passive: {...}, sections: [...]}`.
  private static func read(_ field: Field, sections: SectionNames?) -> MembraneEntry? {
    let names = mechanisms.map(\.name)
    guard let map = field.mapping(names + ["sections"], unknown: "mechanism or key"),
      let (name, value) = map.exactlyOne(of: names, what: "the mechanism"),
      let read = mechanisms.first(where: { $0.name == name })?.read
    else { return nil }
    var selected: [String]?
    if let list = map.optional("sections") {
      guard let names = list.names("a section or type of sections") else { return nil }
      for (name, field) in names { sections?.check(name, field) }
      selected = names.map(\.name)
    }
    return read(value).map { MembraneEntry($0, sections: selected) }
  }

  private static func readPassive(_ field: Field) -> Mechanism? {
    guard let map = field.mapping(["g"]) else { return nil }
    let g = map.required("g", "its conductance in S/cm2")
    return g?.number(.conductanceDensity, .nonNegative).map { .passive(conductance: $0) }
  }
}
