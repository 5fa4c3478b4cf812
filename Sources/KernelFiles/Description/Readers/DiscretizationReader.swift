import LFPKernels

extension Discretization {
  /// Reads `discretization`: one of four rules.
  static func read(_ field: Field, sections: SectionNames?) -> Discretization? {
    let known = ["lambda_f", "d_lambda", "max_length", "counts", "otherwise", "compartments"]
    guard let map = field.mapping(known),
      let (rule, value) = map.exactlyOne(
        of: ["lambda_f", "max_length", "counts", "compartments"], what: "the rule")
    else { return nil }
    for (key, owner) in [("d_lambda", "lambda_f"), ("otherwise", "counts")] where owner != rule {
      map.optional(key)?.report("belongs to \(owner), which is not given")
    }
    switch rule {
    case "lambda_f":
      let fraction = map.optional("d_lambda").map { $0.number(.number, .positive) } ?? 0.1
      guard let frequency = value.number(.frequency, .positive), let fraction else { return nil }
      return .lambda(frequency: frequency, fraction: fraction)
    case "max_length": return value.number(.length, .positive).map { .maximumLength($0) }
    case "compartments": return value.count(limit: 1_000_000).map { .counts([:], otherwise: $0) }
    default:
      let otherwise = map.optional("otherwise").map { $0.count(limit: 1_000_000) } ?? 1
      guard let entries = value.entries(of: "numbers of compartments"), let otherwise else {
        return nil
      }
      var counts: [String: Int] = [:]
      for (name, field) in entries {
        sections?.check(name, field)
        counts[name] = field.count(limit: 1_000_000)
      }
      return .counts(counts, otherwise: otherwise)
    }
  }
}
