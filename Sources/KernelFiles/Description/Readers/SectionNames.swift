import LFPKernels

/// The names by which a cell's sections are selected: each section's own and its type.
struct SectionNames {
  /// Types in the order of the sections.
  let types: [String]

  /// Types and names.
  let all: [String]

  init(_ morphology: NeuronMorphology) {
    var types: [String] = []
    var names: [String] = []
    var seen: Set<String> = []
    for section in morphology.sections {
      if seen.insert(section.type).inserted { types.append(section.type) }
      if section.name != section.type { names.append(section.name) }
    }
    self.types = types
    all = types + names
  }

  /// Reports a name that selects no section.
  func check(_ name: String, _ field: Field, of cell: String? = nil) {
    guard !all.contains(name) else { return }
    let owner = cell.map { "cell '\($0)' has" } ?? "there is"
    field.diagnostics.report(
      "\(owner) no section or type of sections '\(name)'\(advice(for: name, among: all))",
      path: field.path, at: field.keyPlace ?? field.place)
  }
}

extension SectionValues {
  /// Reads a number, or a mapping from types or names of sections, in which `otherwise` (or `all`) is
  /// the value for the rest and needed unless all types are listed.
  static func read(
    _ field: Field, _ dimension: Dimension, _ sign: Sign, sections: SectionNames?
  ) -> SectionValues? {
    guard field.isMapping else { return field.number(dimension, sign).map { SectionValues($0) } }
    guard let entries = field.entries(of: "values") else { return nil }
    var values: [String: Double] = [:]
    var otherwise: Double?
    var isReadable = true
    var rest: [String] = []
    for (name, field) in entries {
      let value = field.number(dimension, sign)
      isReadable = isReadable && value != nil
      if name == "otherwise" || name == "all" {
        rest.append(name)
        otherwise = value
      } else {
        sections?.check(name, field)
        values[name] = value
      }
    }
    if rest.count > 1 { return field.fail("has both otherwise and all; give one of them") }
    guard isReadable else { return nil }
    if let otherwise { return SectionValues(otherwise, bySection: values) }
    let missing = sections?.types.filter { values[$0] == nil } ?? []
    guard missing.isEmpty, let first = sections?.types.first ?? values.keys.min(),
      let value = values[first]
    else {
      let kinds = missing.isEmpty ? "any section" : listing(missing.limited, last: "and")
      return field.fail("says nothing about \(kinds); add it, or the key otherwise for the rest")
    }
    return SectionValues(value, bySection: values)
  }
}
