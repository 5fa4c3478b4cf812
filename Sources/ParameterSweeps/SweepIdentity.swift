import KernelFiles
import LFPKernels

/// What must agree between a run of a sweep and its resumption, and between its shards.
enum SweepIdentity {
  static func lines(
    _ template: NetworkTemplate, _ parameters: [Sweep.Parameter], _ axes: [Int],
    _ store: StoredResults
  ) -> [IdentityLine] {
    var result = template.canonicalParts.map { IdentityLine(name: $0.path, value: $0.text) }
    result.append(
      IdentityLine(name: "axes", value: axes.map { "\($0)" }.joined(separator: " x ")))
    for parameter in parameters {
      let keys = parameter.slots.map(\.path).joined(separator: ", ")
      let source =
        switch parameter.source {
        case .axis(let axis, let values): "axis \(axis), \(values.canonical)"
        case .expression(let expression): "\(expression)"
        }
      result.append(
        IdentityLine(name: "sweep parameter \(parameter.name)", value: "[\(keys)] \(source)"))
    }
    result.append(IdentityLine(name: "sweep.store", value: store.canonical))
    return result
  }

  /// Why two sweeps are not the same; empty where they are.
  static func changes(from old: [IdentityLine], to new: [IdentityLine]) -> [String] {
    let before = Dictionary(old.map { ($0.name, $0.value) }, uniquingKeysWith: { a, _ in a })
    let after = Dictionary(new.map { ($0.name, $0.value) }, uniquingKeysWith: { a, _ in a })
    var result: [String] = []
    for line in old where after[line.name] == nil { result.append("\(line.name) is gone") }
    for line in new {
      guard let value = before[line.name] else {
        result.append("\(line.name) is new")
        continue
      }
      if value != line.value {
        result.append(
          "\(line.name) was \(excerpt(value, line.value)), is \(excerpt(line.value, value))")
      }
    }
    if result.isEmpty, old != new { result.append("the order of parameters") }
    return result
  }

  /// The words of a value that differ from those of another, with two before them.
  private static func excerpt(_ value: String, _ other: String) -> String {
    let common = zip(value, other).prefix { $0 == $1 }.count
    // Whole words: half of a key path says nothing.
    let words = value.split(separator: " ")
    var (first, position) = (0, 0)
    while first + 1 < words.count, position + words[first].count < common {
      position += words[first].count + 1
      first += 1
    }
    let start = max(0, first - 2)
    var (part, end) = (String(words.isEmpty ? "" : words[start]), start + 1)
    while end < words.count, end <= first || part.count + words[end].count < 60 {
      part += " " + words[end]
      end += 1
    }
    return (start > 0 ? "… " : "") + part + (end < words.count ? " …" : "")
  }
}
