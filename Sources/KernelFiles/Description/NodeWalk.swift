/// A walk from a description's root towards a part, as far as the file says anything about it.
struct NodeWalk {
  /// The path of keys, those too that the file does not give.
  private(set) var path = ""

  /// Where the last part stands that the file has.
  private(set) var place: TextPlace
  private var node: DescriptionNode?

  init(_ root: DescriptionNode) {
    node = root
    place = root.place
  }

  mutating func enter(_ keys: String...) {
    for key in keys { enter(key: key) }
  }

  mutating func enter(index: Int) {
    path += "[\(index)]"
    if case .sequence(let elements)? = node?.content, elements.indices.contains(index) {
      node = elements[index]
      place = elements[index].place
    } else {
      node = nil
    }
  }

  /// Enters `membrane.passive`, `external[1].rate` and the like. A key that is not in a list is looked
  /// for in its elements.
  mutating func enter(keyPath: String) {
    for part in keyPath.split(separator: ".") {
      let pieces = part.split(separator: "[")
      guard let key = pieces.first else { continue }
      enter(key: String(key))
      for piece in pieces.dropFirst() {
        if let index = Int(piece.prefix { $0 != "]" }) { enter(index: index) }
      }
    }
  }

  private mutating func enter(key: String) {
    if case .sequence(let elements)? = node?.content,
      let index = elements.firstIndex(where: { $0.entry(key) != nil })
    {
      enter(index: index)
    }
    path += path.isEmpty ? key : ".\(key)"
    guard let entry = node?.entry(key) else {
      node = nil
      return
    }
    node = entry.value
    place = entry.keyPlace
  }
}
