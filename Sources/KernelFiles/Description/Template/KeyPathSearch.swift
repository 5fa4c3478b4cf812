/// Finds what a key path such as `cells.pyramidal.membrane[0].passive.g` names in a tree of nodes.
struct KeyPathSearch {
  /// The steps from the root and the path as messages print it.
  struct Place: Equatable {
    var steps: [NumberSlot.Step] = []
    var path = ""

    /// Where an entry of `connections` makes several, the one that is meant: its index among them, and its
    /// name, as in `I->E`.
    var pair: (index: Int, name: String)?

    static func == (a: Place, b: Place) -> Bool {
      a.steps == b.steps && a.path == b.path && a.pair?.index == b.pair?.index
    }
  }

  enum Failure: Error, Equatable {
    /// Nothing has this name.
    case unknown

    /// What is wrong with it.
    case problem(String)
  }

  /// Names may hold dots and brackets (`apic[3]`): of the keys that a path may begin with, the longest
  /// is taken. A key that is not there is taken as the path's end, for what has a default value.
  static func find(_ path: String, in root: DescriptionNode) -> Result<Place, Failure> {
    var place = Place()
    var node = root
    var rest = path[...]
    while !rest.isEmpty {
      switch node.content {
      case .mapping(let entries):
        if let index = longestKey(entries, beginning: rest) {
          let key = entries[index].key
          place.steps.append(.child(index))
          place.path += place.path.isEmpty ? key : ".\(key)"
          node = entries[index].value
          rest = rest.dropFirst(key.count)
        } else {
          guard !place.steps.isEmpty, !rest.contains(where: { ".[".contains($0) }) else {
            return .failure(.unknown)
          }
          place.steps.append(.newKey(String(rest)))
          place.path += ".\(rest)"
          return .success(place)
        }
      case .sequence(let elements):
        guard rest.first == "[", let end = rest.firstIndex(of: "]") else {
          return .failure(.unknown)
        }
        let name = rest[rest.index(after: rest.startIndex)..<end]
        switch index(named: String(name), among: elements, at: place.path) {
        case .success(let (index, pair)):
          place.pair = place.pair ?? pair
          place.steps.append(.child(index))
          place.path += "[\(index)]"
          node = elements[index]
          rest = rest[rest.index(after: end)...]
        case .failure(let failure): return .failure(failure)
        }
      case .scalar: return .failure(.unknown)
      }
      if rest.first == "." {
        rest.removeFirst()
      } else if !rest.isEmpty, rest.first != "[" {
        return .failure(.unknown)
      }
    }
    return .success(place)
  }

  private static func longestKey(
    _ entries: [DescriptionNode.Entry], beginning rest: Substring
  ) -> Int? {
    var best: Int?
    for (index, entry) in entries.enumerated() where rest.hasPrefix(entry.key) {
      let next = rest.dropFirst(entry.key.count).first
      guard next == nil || next == "." || next == "[" else { continue }
      if best.map({ entries[$0].key.count < entry.key.count }) ?? true { best = index }
    }
    return best
  }

  /// An element by number, or a connection by its populations, as in `connections[I->E]`.
  private static func index(
    named name: String, among elements: [DescriptionNode], at path: String
  ) -> Result<(Int, pair: (index: Int, name: String)?), Failure> {
    if let index = Int(name) {
      guard elements.indices.contains(index) else {
        return .failure(
          .problem("\(path) has \(elements.count) entries, counted from 0; there is no [\(name)]"))
      }
      return .success((index, nil))
    }
    guard path == "connections", let arrow = name.range(of: "->") else {
      return .failure(.unknown)
    }
    let pre = trimmed(name[..<arrow.lowerBound])
    let post = trimmed(name[arrow.upperBound...])
    let matches = elements.indices.filter {
      names(elements[$0].entry("pre")).contains(pre)
        && names(elements[$0].entry("post")).contains(post)
    }
    guard let index = matches.first else {
      return .failure(.problem("there is no connection from '\(pre)' onto '\(post)'"))
    }
    guard matches.count == 1 else {
      let list = listing(matches.map { "connections[\($0)]" }, last: "and")
      return .failure(.problem("\(list) go from '\(pre)' onto '\(post)'; name them by number"))
    }
    let (all, onto) = (
      names(elements[index].entry("pre")), names(elements[index].entry("post"))
    )
    guard all.count * onto.count > 1, let from = all.firstIndex(of: pre),
      let to = onto.firstIndex(of: post)
    else { return .success((index, nil)) }
    // In the order in which they are read: for each postsynaptic population all presynaptic ones.
    return .success((index, (to * all.count + from, "\(pre)->\(post)")))
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.split(separator: " ").joined(separator: " "))
  }

  private static func names(_ entry: DescriptionNode.Entry?) -> [String] {
    switch entry?.value.content {
    case .scalar(let text, _): [text]
    case .sequence(let elements):
      elements.compactMap { if case .scalar(let text, _) = $0.content { text } else { nil } }
    default: []
    }
  }
}
