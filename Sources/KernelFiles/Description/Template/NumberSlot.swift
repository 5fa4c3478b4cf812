/// A number of a description that can be replaced.
package struct NumberSlot: Sendable {
  /// The entry of a description that is read anew when the number changes, and no more.
  package enum Part: Sendable, Hashable {
    case settings
    case cell(String)

    /// Index among `populations`.
    case population(Int)

    /// Index among the entries of `connections`.
    case connection(Int)

    /// One connection of an entry that makes several: the indices of the entry, and of the connection
    /// among those that it makes.
    case pair(Int, Int)

    /// Index among `probes`.
    case probe(Int)
  }

  /// A step down a tree of nodes.
  enum Step: Sendable, Equatable {
    case child(Int)

    /// A key that a mapping does not have yet.
    case newKey(String)
  }

  package let part: Part

  /// The key path as messages print it, such as `connections[0].synapse.exp2.weight`.
  package let path: String

  /// What it measures; plain numbers are in the documented unit.
  package let dimension: Dimension

  /// From the part's node to the number.
  let steps: [Step]

  /// The key path within a connection; empty for other parts.
  package let keyInConnection: String
}

extension NumberSlot.Part {
  /// The index of the entry of `connections` that this is, or is of.
  package var connectionEntry: Int? {
    switch self {
    case .connection(let entry), .pair(let entry, _): entry
    default: nil
    }
  }
}

extension DescriptionNode {
  /// Replaces what stands at the end of some steps by a text, in its place.
  mutating func replace(_ steps: ArraySlice<NumberSlot.Step>, by text: String) {
    guard let step = steps.first else {
      content = .scalar(text, isPlain: true)
      return
    }
    let inner = content
    // Emptied meanwhile, so that the list below is not shared and not copied.
    content = .scalar("", isPlain: true)
    switch (inner, step) {
    case (.sequence(var elements), .child(let index)) where elements.indices.contains(index):
      elements[index].replace(steps.dropFirst(), by: text)
      content = .sequence(elements)
    case (.mapping(var entries), .child(let index)) where entries.indices.contains(index):
      entries[index].value.replace(steps.dropFirst(), by: text)
      content = .mapping(entries)
    case (.mapping(var entries), .newKey(let key)):
      if let index = entries.firstIndex(where: { $0.key == key }) {
        entries[index].value.content = .scalar(text, isPlain: true)
      } else {
        let value = DescriptionNode(content: .scalar(text, isPlain: true), place: place)
        entries.append(Entry(key: key, keyPlace: place, value: value))
      }
      content = .mapping(entries)
    default: content = inner
    }
  }

  func child(_ steps: ArraySlice<NumberSlot.Step>) -> DescriptionNode? {
    guard let step = steps.first else { return self }
    switch (content, step) {
    case (.sequence(let elements), .child(let index)):
      return elements.indices.contains(index) ? elements[index].child(steps.dropFirst()) : nil
    case (.mapping(let entries), .child(let index)):
      return entries.indices.contains(index)
        ? entries[index].value.child(steps.dropFirst()) : nil
    default: return nil
    }
  }
}
