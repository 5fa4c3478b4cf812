import LFPKernels

extension MembraneEntry {
  /// Names of mechanisms in files: the leak, channels with published kinetics, and own ones.
  private static let names = ["passive"] + PublishedChannel.allCases.map(\.rawValue) + ["channel"]

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
    guard let map = field.mapping(names + ["sections"], unknown: "mechanism or key"),
      let (name, value) = map.exactlyOne(of: names, what: "the mechanism")
    else { return nil }
    var selected: [String]?
    if let list = map.optional("sections") {
      guard let names = list.names("a section or type of sections") else { return nil }
      for (name, field) in names { sections?.check(name, field) }
      selected = names.map(\.name)
    }
    return readMechanism(name, value).map { MembraneEntry($0, sections: selected) }
  }

  private static func readMechanism(_ name: String, _ field: Field) -> Mechanism? {
    if name == "passive" {
      guard let map = field.mapping(["g"]) else { return nil }
      let g = map.required("g", "its conductance in S/cm2")
      return g.flatMap { ConductanceDensity.read($0) }.map { .passive($0) }
    }
    if let published = PublishedChannel(rawValue: name) { return readPublished(published, field) }
    return readOwn(field)
  }

  /// Reads `{g, e, approximation}` of a channel with published kinetics.
  private static func readPublished(_ channel: PublishedChannel, _ field: Field) -> Mechanism? {
    let dependsOnCalcium = [.caHVA, .caLVA, .skE2].contains(channel)
    guard
      let map = field.mapping(["g", "e", "approximation"] + (dependsOnCalcium ? ["calcium"] : []))
    else { return nil }
    let density = map.required("g", "its maximal conductance in S/cm2")
      .flatMap { ConductanceDensity.read($0) }
    let reversal = map.optional("e").map { $0.number(.voltage) }
    let calcium = map.optional("calcium").map { $0.number(.number, .positive) }
    guard let density, let reversal = optional(reversal), let calcium = optional(calcium),
      let approximation = readApproximation(map)
    else { return nil }
    return .channel(
      channel.channel(reversal: reversal, calcium: calcium ?? 1e-4), approximation, density)
  }

  /// Reads `{name, g, e, approximation, gates}`.
  private static func readOwn(_ field: Field) -> Mechanism? {
    guard let map = field.mapping(["name", "g", "e", "approximation", "factor", "gates"]) else {
      return nil
    }
    let name = map.optional("name").map { $0.text("a name") }
    let density = map.required("g", "its maximal conductance in S/cm2")
      .flatMap { ConductanceDensity.read($0) }
    let reversal = map.required("e", "its reversal potential in mV")?.number(.voltage)
    let factor = map.optional("factor").map { $0.number(.number, .nonNegative) } ?? 1
    var gates: [Gate?] = []
    if let list = map.optional("gates") {
      guard let fields = list.list(of: "gates") else { return nil }
      gates = fields.map { Gate.read($0) }
    }
    guard let density, let reversal, let factor, let name = optional(name), !gates.contains(nil),
      let approximation = readApproximation(map)
    else { return nil }
    let channel = IonChannel(
      name: name ?? "channel", reversal: reversal, gates: gates.compactMap { $0 },
      constantFactor: factor)
    return .channel(channel, approximation, density)
  }

  private static func readApproximation(_ map: FieldMap) -> IonChannel.Approximation? {
    guard let field = map.optional("approximation") else { return .quasiActive }
    return field.option()
  }

  /// A value that may be absent, but not wrong.
  private static func optional<Value>(_ value: Value??) -> Value?? {
    guard let value else { return .some(nil) }
    return value.map { .some($0) }
  }
}
