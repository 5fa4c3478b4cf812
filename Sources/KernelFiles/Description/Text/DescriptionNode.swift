/// A value of a YAML or JSON text with its place: aliases and merges are resolved.
package struct DescriptionNode: Sendable {
  package indirect enum Content: Sendable {
    /// Text; `isPlain` when it stands without quotes.
    case scalar(String, isPlain: Bool)
    case sequence([DescriptionNode])
    case mapping([Entry])
  }

  /// A key and its value.
  package struct Entry: Sendable {
    package var key: String
    package var keyPlace: TextPlace
    package var value: DescriptionNode

    package init(key: String, keyPlace: TextPlace, value: DescriptionNode) {
      self.key = key
      self.keyPlace = keyPlace
      self.value = value
    }
  }

  package var content: Content
  package var place: TextPlace

  package init(content: Content, place: TextPlace) {
    self.content = content
    self.place = place
  }

  /// Whether nothing stands where a value could.
  package var isNull: Bool {
    guard case .scalar(let text, isPlain: true) = content else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  /// The value as messages name it: its text where it has one.
  package var found: String {
    switch content {
    case .scalar(let text, _): isNull ? "nothing" : "'\(shortened(text))'"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }

  /// The entry of a mapping with this key.
  package func entry(_ key: String) -> Entry? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }
  }
}

/// A text as messages show it: on one line and not too long.
package func shortened(_ text: String, to limit: Int = 60) -> String {
  let line = String(text.map { $0.isNewline ? " " : $0 })
  return line.count <= limit ? line : String(line.prefix(limit)) + "…"
}
