/// A text of rows and columns: fields between commas, semicolons, tabs or spaces; `#` begins a comment.
struct ContactTable {
  struct Row {
    let line: Int
    let fields: [String]
  }
  let rows: [Row]

  init(_ text: String) {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let contents = lines.enumerated().map { index, line in
      (line: index + 1, text: line.prefix { $0 != "#" })
    }.filter { !$0.text.allSatisfy(\.isWhitespace) }
    // One separator for all lines: the first of these that the first line has.
    let first = contents.first?.text ?? ""
    let separator = [",", ";", "\t"].first { first.contains($0) }.map { Character($0) }
    rows = contents.map { Row(line: $0.line, fields: Self.fields($0.text, separator)) }
  }

  /// The fields without spaces and quotes around them.
  private static func fields(_ line: Substring, _ separator: Character?) -> [String] {
    guard let separator else {
      return line.split(whereSeparator: \.isWhitespace).map { unquoted($0) }
    }
    return line.split(separator: separator, omittingEmptySubsequences: false).map { unquoted($0) }
  }

  private static func unquoted(_ field: Substring) -> String {
    var field = field.drop(while: \.isWhitespace)
    while field.last?.isWhitespace == true { field.removeLast() }
    if field.count >= 2, let quote = field.first, quote == "\"" || quote == "'", field.last == quote
    {
      field = field.dropFirst().dropLast()
    }
    return String(field)
  }
}

/// What a column of a table of contacts holds.
enum ContactColumn: String, CaseIterable {
  case x, y, z, normalX, normalY, normalZ, radius, side, width, height, name

  /// The column with this title, and the factor from its unit to um; the unit may follow the name, as in
  /// `x_mm` or `x (um)`.
  static func named(_ title: String) -> (column: ContactColumn, scale: Double)? {
    let separators: Set<Character> = [" ", "_", "(", ")", "[", "]", "/"]
    var words = title.lowercased().split { separators.contains($0) }.map(String.init)
    var scale = 1.0
    if words.count > 1, let last = words.last,
      let unit = ["um": 1.0, "µm": 1, "μm": 1, "mm": 1e3, "m": 1e6, "nm": 1e-3][last]
    {
      scale = unit
      words.removeLast()
    }
    let isNormal = words.contains("normal") || words.contains("n")
    words.removeAll { ["pos", "position", "coord", "coordinate", "normal", "n"].contains($0) }
    guard words.count == 1, let word = words.first else { return nil }
    if isNormal {
      return ["x": normalX, "y": normalY, "z": normalZ][word].map { ($0, 1) }
    }
    if let normal = ["nx": normalX, "ny": normalY, "nz": normalZ][word] { return (normal, 1) }
    if ["name", "channel", "id", "label", "contact", "electrode"].contains(word) {
      return (.name, 1)
    }
    guard let column = ContactColumn(rawValue: word) else { return nil }
    return (column, scale)
  }
}
