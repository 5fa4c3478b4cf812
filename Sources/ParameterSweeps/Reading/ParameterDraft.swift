import KernelFiles
import LFPKernels

/// A parameter as a description gives it, before the others' names are known.
struct ParameterDraft {
  let name: String

  /// The parameter's value in the description, for messages.
  let field: Field
  var slots: [NumberSlot] = []
  var values: SweepValues?
  var axis: Int?

  /// The text of an expression and the field that holds it.
  var expression: (text: String, field: Field)?

  /// What values are drawn from.
  var distribution: Distribution?

  var place: TextPlace { field.keyPlace ?? field.place }
  var dimension: Dimension { slots.first?.dimension ?? .number }
  var unit: String { dimension.documentedUnit }

  private static let kinds = ["values", "linspace", "logspace", "geomspace", "random"]

  /// Reads a list of values or a mapping `{key, values | linspace | ... | expression}`. A name with dots
  /// or brackets is the key path itself.
  static func read(
    _ name: String, _ field: Field, _ template: NetworkTemplate, allowsExpression: Bool
  ) -> ParameterDraft? {
    let kinds = Self.kinds + (allowsExpression ? ["expression"] : [])
    guard field.isMapping else {
      guard var draft = named(name, nil, field, template) else { return nil }
      return draft.readPlain(field, allowsExpression: allowsExpression) ? draft : nil
    }
    guard let map = field.mapping(["key", "keys"] + kinds, unknown: "key"),
      var draft = named(name, map, field, template),
      let (kind, value) = map.exactlyOne(of: kinds, what: "what its values are")
    else { return nil }
    switch kind {
    case "expression":
      guard let text = value.text("an expression such as 2 * w") else { return nil }
      draft.expression = (text, value)
    case "values":
      guard let values = value.numbers(draft.dimension) else { return nil }
      draft.values = .list(values)
    case "random": return draft.readRandom(value) ? draft : nil
    default:
      guard let values = range(kind, value, draft.dimension) else { return nil }
      draft.values = values
    }
    return draft
  }

  /// A list, one number, or an expression.
  private mutating func readPlain(_ field: Field, allowsExpression: Bool) -> Bool {
    if let text = field.scalar, allowsExpression {
      let trial = DiagnosticCollector(file: "")
      let number = Field(field.node, path: "", diagnostics: trial).number(dimension)
      // What begins like a number and has a wrong unit is no expression.
      if number == nil, text.contains(where: { "+-*/^()".contains($0) || $0.isLetter }) {
        let first = text.first { !$0.isWhitespace }
        let isQuantity =
          first?.isNumber == true && !text.contains(where: { "+*^()".contains($0) })
          && !text.contains(" / ") && !text.contains(" - ")
        if !isQuantity {
          expression = (text, field)
          return true
        }
      }
    }
    guard let values = field.numbers(dimension) else { return false }
    self.values = .list(values)
    return true
  }

  /// A parameter's numbers, from `key` or `keys` or its name.
  static func named(
    _ name: String, _ map: FieldMap?, _ field: Field, _ template: NetworkTemplate
  ) -> ParameterDraft? {
    var draft = ParameterDraft(name: name, field: field)
    var paths: [(path: String, field: Field, place: TextPlace?)] = []
    if let map, map.optional("key") != nil || map.optional("keys") != nil {
      guard let (_, keys) = map.exactlyOne(of: ["key", "keys"], what: "the key path"),
        let names = keys.names("one key path")
      else { return nil }
      paths = names.map { ($0.name, $0.field, nil) }
    } else if name.contains(where: { ".[".contains($0) }) {
      paths = [(name, field, field.keyPlace)]
    } else if !isName(name) {
      field.diagnostics.report(
        "'\(name)' cannot name a parameter; a key path such as populations.E.rate is needed, or a "
          + "name of letters, digits and _", path: field.path, at: draft.place)
      return nil
    }
    for (path, field, place) in paths {
      guard let slot = template.slot(path, in: field, at: place) else { continue }
      if let first = draft.slots.first, first.dimension != slot.dimension {
        field.report(
          "'\(slot.path)' is \(slot.dimension.name) and '\(first.path)' is "
            + "\(first.dimension.name); one value cannot be both")
        continue
      }
      draft.slots.append(slot)
    }
    return draft.slots.count == paths.count ? draft : nil
  }

  private static func isName(_ name: String) -> Bool {
    guard let first = name.first, first.isLetter || first == "_" else { return false }
    return name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
  }

  /// Reads `{from, to, count}`.
  private static func range(
    _ kind: String, _ field: Field, _ dimension: Dimension
  ) -> SweepValues? {
    guard let map = field.mapping(["from", "to", "count"]) else { return nil }
    let isExponent = kind == "logspace"
    let dimension = isExponent ? .number : dimension
    let from = map.required("from", isExponent ? "the first power of ten" : "the first value")
    let to = map.required("to", isExponent ? "the last power of ten" : "the last value")
    let first = from?.number(dimension)
    let last = to?.number(dimension)
    let count = map.required("count", "how many values there are")?.count(limit: 1_000_000_000)
    guard let first, let last, let count else { return nil }
    switch kind {
    case "linspace": return .linspace(from: first, to: last, count: count)
    case "logspace":
      for (value, field) in [(first, from), (last, to)] where abs(value) > 300 {
        return field?.fail("\(value) is not a usable power of ten; give the exponent, as in -3")
      }
      return .logspace(from: first, to: last, count: count)
    default:
      guard first * last > 0 else {
        return field.fail(
          "goes from \(first) to \(last); both must be other than 0 and of one sign")
      }
      return .geomspace(from: first, to: last, count: count)
    }
  }

  /// Reads `{norm: {...}, count, seed}`.
  private mutating func readRandom(_ field: Field) -> Bool {
    guard let (rest, map) = field.separated(["count", "seed"]) else { return false }
    let count = map.required("count", "how many values are drawn")?.count(limit: 1_000_000_000)
    let seed = Seed.read(map)
    guard let distribution = Distribution.read(rest, of: dimension), let count, let seed else {
      return false
    }
    values = .random(
      distribution, CounterBasedRandom(seed: seed, name: name), count: count)
    return true
  }

  /// Reads a distribution with `key` beside it, whose values are drawn with others.
  static func readDrawn(
    _ name: String, _ field: Field, _ template: NetworkTemplate
  ) -> ParameterDraft? {
    guard let (rest, map) = field.separated(["key", "keys"]),
      var draft = named(name, map, field, template),
      let distribution = Distribution.read(rest, of: draft.dimension)
    else { return nil }
    draft.distribution = distribution
    return draft
  }

  func drawn(count: Int, seed: UInt64, isLatin: Bool) -> ParameterDraft {
    guard let distribution else { return self }
    var result = self
    let random = CounterBasedRandom(seed: seed, name: name)
    result.values =
      isLatin
      ? .latinHypercube(
        distribution, CounterBasedRandom(seed: seed, name: "order of " + name), random,
        count: count)
      : .random(distribution, random, count: count)
    return result
  }

  /// Where the values come from; nil where an expression has a problem.
  func source(names: [String]) -> Sweep.Source? {
    if let axis, let values { return .axis(axis, values) }
    guard let expression else { return nil }
    do throws(ExpressionParser.Failure) {
      return .expression(try ExpressionParser.parse(expression.text, names: names))
    } catch {
      return expression.field.fail(
        "'\(shortened(expression.text))', column \(error.column): \(error.message)")
    }
  }
}

extension Field {
  /// Some keys of a mapping, and the mapping without them.
  func separated(_ keys: [String]) -> (rest: Field, map: FieldMap)? {
    guard case .mapping(let entries) = node.content else {
      return fail("\(node.found) is not a mapping; a distribution is needed, as in {norm: {...}}")
    }
    func part(_ isChosen: Bool) -> Field {
      var node = node
      node.content = .mapping(entries.filter { keys.contains($0.key) == isChosen })
      return Field(node, path: path, keyPlace: keyPlace, diagnostics: diagnostics)
    }
    guard let map = part(true).mapping(keys) else { return nil }
    return (part(false), map)
  }
}
