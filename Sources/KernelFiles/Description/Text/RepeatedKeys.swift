/// A text in which the first of two equal keys is marked, so that a parser that refuses repeated
/// keys reads on.
///
/// The key's first character is replaced with one of Unicode's private use area, which leaves all
/// places as they are.
struct RepeatedKeys {
  private(set) var text: String

  /// The replaced characters, by their replacements.
  private var original: [Unicode.Scalar: Unicode.Scalar] = [:]

  /// Texts with more repeated keys than this are given up.
  private static let limit = 50

  init(text: String) { self.text = text }

  /// Marks the first of `keys` at its place; false where it does not stand there plainly.
  mutating func rename(keys: [String], at place: TextPlace) -> Bool {
    guard original.count < Self.limit, let key = keys.first, key.unicodeScalars.first != nil,
      let mark = Unicode.Scalar(UInt32(0xE000 + original.count)),
      !text.unicodeScalars.contains(mark)
    else { return false }
    guard var index = index(of: place) else { return false }
    let scalars = text.unicodeScalars
    if scalars[index] == "\"" || scalars[index] == "'" { index = scalars.index(after: index) }
    guard scalars[index...].starts(with: key.unicodeScalars) else { return false }
    original[mark] = scalars[index]
    text.unicodeScalars.replaceSubrange(index...index, with: CollectionOfOne(mark))
    return true
  }

  /// The key as it was written, and whether it is marked as repeated.
  func restored(_ key: String) -> (key: String, isRepeated: Bool) {
    guard let first = key.unicodeScalars.first, let scalar = original[first] else {
      return (key, false)
    }
    var scalars = key.unicodeScalars
    scalars.replaceSubrange(scalars.startIndex...scalars.startIndex, with: CollectionOfOne(scalar))
    return (String(scalars), true)
  }

  private func index(of place: TextPlace) -> String.UnicodeScalarIndex? {
    let scalars = text.unicodeScalars
    var index = scalars.startIndex
    var line = 1
    while line < place.line {
      guard let newline = scalars[index...].firstIndex(where: Self.endsLine) else { return nil }
      index = scalars.index(after: newline)
      // A carriage return and a line feed end one line.
      if scalars[newline] == "\r", index < scalars.endIndex, scalars[index] == "\n" {
        index = scalars.index(after: index)
      }
      line += 1
    }
    guard
      let result = scalars.index(index, offsetBy: place.column - 1, limitedBy: scalars.endIndex),
      result < scalars.endIndex
    else { return nil }
    return result
  }

  private static func endsLine(_ scalar: Unicode.Scalar) -> Bool {
    ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar)
  }
}
