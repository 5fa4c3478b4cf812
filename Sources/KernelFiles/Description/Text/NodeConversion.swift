import Yams

/// From the parser's nodes to those of a description: aliases count against a budget, merges are
/// carried out, keys that are not names or repeated are reported.
struct NodeConversion {
  let repeated: RepeatedKeys
  let diagnostics: DiagnosticCollector

  /// How many nodes there may be; a text without aliases has fewer than bytes.
  var budget: Int

  private var isExhausted = false

  init(repeated: RepeatedKeys, diagnostics: DiagnosticCollector, budget: Int) {
    self.repeated = repeated
    self.diagnostics = diagnostics
    self.budget = budget
  }

  /// The node's value; nil where it is too large or deep, which is reported once.
  mutating func convert(_ node: Node, path: String = "", depth: Int = 0) -> DescriptionNode? {
    if isExhausted { return nil }
    let place = node.mark.map(TextPlace.init) ?? TextPlace(line: 1, column: 1)
    budget -= 1
    guard budget > 0 else {
      return exhaust("its aliases expand to far more than the file itself", path, place)
    }
    guard depth <= DescriptionText.depthLimit else {
      return exhaust("is nested too deeply here", path, place)
    }
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain || scalar.style == .any
      return DescriptionNode(content: .scalar(scalar.string, isPlain: isPlain), place: place)
    case .sequence(let sequence):
      var elements: [DescriptionNode] = []
      elements.reserveCapacity(sequence.count)
      for (index, element) in sequence.enumerated() {
        guard let element = convert(element, path: "\(path)[\(index)]", depth: depth + 1) else {
          return nil
        }
        elements.append(element)
      }
      return DescriptionNode(content: .sequence(elements), place: place)
    case .mapping(let mapping):
      return entries(of: mapping, path: path, depth: depth).map {
        DescriptionNode(content: .mapping($0), place: place)
      }
    case .alias:
      return exhaust("an alias could not be resolved", path, place)
    }
  }

  private mutating func entries(
    of mapping: Node.Mapping, path: String, depth: Int
  ) -> [DescriptionNode.Entry]? {
    var entries: [DescriptionNode.Entry] = []
    var merged: [DescriptionNode.Entry] = []
    var places: [String: TextPlace] = [:]
    var repetitions: [(key: String, place: TextPlace)] = []
    for (keyNode, valueNode) in mapping {
      let keyPlace = keyNode.mark.map(TextPlace.init) ?? TextPlace(line: 1, column: 1)
      guard case .scalar(let scalar) = keyNode else {
        diagnostics.report(
          "a key must be a name, not a list or a mapping", path: path, at: keyPlace)
        continue
      }
      let (key, isRepeated) = repeated.restored(scalar.string)
      let keyPath = path.isEmpty ? key : "\(path).\(key)"
      guard let value = convert(valueNode, path: keyPath, depth: depth + 1) else { return nil }
      if key == "<<" && scalar.style != .doubleQuoted && scalar.style != .singleQuoted {
        merge(value, into: &merged, path: keyPath)
      } else if isRepeated {
        repetitions.append((key, keyPlace))
      } else {
        places[key] = keyPlace
        entries.append(DescriptionNode.Entry(key: key, keyPlace: keyPlace, value: value))
      }
    }
    for (key, first) in repetitions {
      let keyPath = path.isEmpty ? key : "\(path).\(key)"
      diagnostics.report(
        "is given twice, first in line \(first.line); keep one of them", path: keyPath,
        at: places[key] ?? first)
    }
    return entries + merged.filter { places[$0.key] == nil }
  }

  /// Adds the entries of a merged mapping, or of each of a list of them; the first to give a key wins.
  private func merge(
    _ value: DescriptionNode, into merged: inout [DescriptionNode.Entry], path: String
  ) {
    switch value.content {
    case .mapping(let entries):
      let known = Set(merged.map(\.key))
      merged += entries.filter { !known.contains($0.key) }
    case .sequence(let elements):
      for element in elements {
        guard case .mapping = element.content else {
          diagnostics.report("only mappings can be merged", path: path, at: element.place)
          continue
        }
        merge(element, into: &merged, path: path)
      }
    case .scalar:
      diagnostics.report("only mappings can be merged", path: path, at: value.place)
    }
  }

  private mutating func exhaust(
    _ message: String, _ path: String, _ place: TextPlace
  ) -> DescriptionNode? {
    isExhausted = true
    diagnostics.report(message, path: path, at: place)
    return nil
  }
}
