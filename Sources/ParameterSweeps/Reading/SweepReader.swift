import KernelFiles
import LFPKernels

/// Reads the key `sweep` of a description.
struct SweepReader {
  let template: NetworkTemplate
  let diagnostics: DiagnosticCollector
  let baseDirectory: String
  private var drafts: [ParameterDraft] = []
  private var axes: [Int] = []

  /// More points than this are refused; they would take a lifetime.
  private static let pointLimit = 1_000_000_000_000.0

  static let keys = ["parameters", "zip", "random", "latin_hypercube", "table", "store"]

  init(
    _ template: NetworkTemplate, _ diagnostics: DiagnosticCollector, baseDirectory: String
  ) {
    self.template = template
    self.diagnostics = diagnostics
    self.baseDirectory = baseDirectory
  }

  mutating func read(_ field: Field) -> Sweep? {
    guard let map = field.mapping(Self.keys), let entries = field.entries(of: "parameters") else {
      return nil
    }
    // Axes in the order of the file.
    for (name, entry) in entries {
      switch name {
      case "parameters": readGrid(entry)
      case "zip": for group in entry.listOrSelf { readGroup(group) }
      case "random", "latin_hypercube":
        for sample in entry.listOrSelf { readSample(sample, isLatin: name != "random") }
      case "table": for table in entry.listOrSelf { readTable(table) }
      default: break
      }
    }
    if drafts.isEmpty, diagnostics.isEmpty {
      return field.fail(
        "has no parameters; give some, as in parameters: {populations.E.rate: [1, 2, 5]}")
    }
    let store = map.optional("store").map { readStore($0) } ?? StoredResults()
    checkDoubles()
    let count = axes.reduce(1.0) { $0 * Double($1) }
    if count > Self.pointLimit {
      return field.fail("comes to \(count) points; at most \(Self.pointLimit) are possible")
    }
    return finish(field, store)
  }

  /// Each parameter is an axis of its own.
  private mutating func readGrid(_ field: Field) {
    for (name, entry) in field.entries(of: "values") ?? [] {
      let draft = ParameterDraft.read(name, entry, template, allowsExpression: true)
      guard var draft else { continue }
      if let values = draft.values {
        draft.axis = axes.count
        axes.append(values.count)
      }
      drafts.append(draft)
    }
  }

  /// Parameters that go together.
  private mutating func readGroup(_ field: Field) {
    var members: [ParameterDraft] = []
    for (name, entry) in field.entries(of: "values") ?? [] {
      if let draft = ParameterDraft.read(name, entry, template, allowsExpression: false) {
        members.append(draft)
      }
    }
    let counts = Set(members.compactMap(\.values?.count))
    guard counts.count <= 1 else {
      let list = members.map { "\($0.name) has \($0.values?.count ?? 0)" }
      field.report(
        "these go together, so they need as many values each; "
          + listing(list.limited, last: "and"))
      return
    }
    append(members, count: counts.first)
  }

  private mutating func append(_ members: [ParameterDraft], count: Int?) {
    guard let count else { return }
    for var member in members {
      member.axis = axes.count
      drafts.append(member)
    }
    axes.append(count)
  }

  /// Reads `{count, seed, parameters: {name: {key, norm: {...}}}}`.
  private mutating func readSample(_ field: Field, isLatin: Bool) {
    guard let map = field.mapping(["count", "seed", "parameters"]) else { return }
    let count = map.required("count", "how many points are drawn")?.count(limit: 1_000_000_000)
    let seed = Seed.read(map)
    let parameters = map.required("parameters", "a mapping from names to distributions")
    var members: [ParameterDraft] = []
    for (name, entry) in parameters?.entries(of: "distributions") ?? [] {
      guard let draft = ParameterDraft.readDrawn(name, entry, template), let count, let seed else {
        continue
      }
      members.append(draft.drawn(count: count, seed: seed, isLatin: isLatin))
    }
    append(members, count: count)
  }

  private mutating func readTable(_ field: Field) {
    let columns = SweepTable.read(field, template, baseDirectory: baseDirectory)
    append(columns ?? [], count: columns?.first?.values?.count)
  }

  /// Reports names and numbers that are given twice.
  private func checkDoubles() {
    var names: [String: Int] = [:]
    var paths: [String: String] = [:]
    for draft in drafts {
      if names.updateValue(1, forKey: draft.name) != nil {
        draft.field.diagnostics.report(
          "there are two parameters of this name; give one of them another", path: draft.field.path,
          at: draft.place)
      }
      for slot in draft.slots {
        if let other = paths.updateValue(draft.name, forKey: slot.path), other != draft.name {
          draft.field.diagnostics.report(
            "'\(slot.path)' is set by \(other) already", path: draft.field.path, at: draft.place)
        }
      }
    }
    checkPairs()
  }

  /// Reports entries of connections that vary as a whole and by one of their connections, too.
  private func checkPairs() {
    let slots = drafts.flatMap(\.slots)
    for draft in drafts {
      for slot in draft.slots {
        guard case .pair(let entry, _) = slot.part else { continue }
        guard let whole = slots.first(where: { $0.part == .connection(entry) }) else { continue }
        draft.field.diagnostics.report(
          "'\(slot.path)' is one of the connections of '\(whole.path)', which varies as a whole; give "
            + "it an entry of its own", path: draft.field.path, at: draft.place)
      }
    }
  }

  /// Reads expressions, now that all names are known, and puts them in order.
  private func finish(_ field: Field, _ store: StoredResults?) -> Sweep? {
    let names = drafts.map(\.name)
    var parameters: [Sweep.Parameter] = []
    for draft in drafts {
      guard let source = draft.source(names: names) else { continue }
      parameters.append(
        Sweep.Parameter(name: draft.name, slots: draft.slots, unit: draft.unit, source: source))
    }
    guard diagnostics.isEmpty, let store, let derived = order(parameters) else { return nil }
    return Sweep(
      template: template, parameters: parameters, axes: axes, derived: derived, store: store,
      lines: SweepIdentity.lines(template, parameters, axes, store))
  }

  /// The parameters with expressions, each after those it needs; nil where one needs itself.
  private func order(_ parameters: [Sweep.Parameter]) -> [Int]? {
    var needs: [Int: Set<Int>] = [:]
    for (index, parameter) in parameters.enumerated() {
      if case .expression(let expression) = parameter.source {
        needs[index] = expression.parameters
      }
    }
    var result: [Int] = []
    while result.count < needs.count {
      let known = Set(result)
      let next = needs.keys.sorted().filter { index in
        !known.contains(index)
          && (needs[index] ?? []).allSatisfy { needs[$0] == nil || known.contains($0) }
      }
      guard !next.isEmpty else {
        let left = needs.keys.sorted().filter { !known.contains($0) }.map { parameters[$0].name }
        if let draft = drafts.first(where: { left.contains($0.name) }) {
          draft.field.report(
            "\(listing(left.limited, last: "and")) need each other or themselves; an expression "
              + "can use others only")
        }
        return nil
      }
      result += next
    }
    return result
  }

  private func readStore(_ field: Field) -> StoredResults? {
    StoredResults.read(field, network: template.network)
  }
}
