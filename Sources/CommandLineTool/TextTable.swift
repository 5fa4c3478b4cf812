/// Columns of text: some leading ones flush left, numbers flush right.
struct TextTable: CustomStringConvertible {
  let header: [String]

  /// How many columns are flush left.
  let leading: Int
  let rows: [[String]]

  var description: String {
    let lines = [header] + rows
    let widths = header.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { line in
      let cells = line.enumerated().map { column, text in
        let gap = String(repeating: " ", count: widths[column] - text.count)
        return column < leading ? text + gap : gap + text
      }
      let text = cells.joined(separator: "  ")
      return String(text.reversed().drop { $0 == " " }.reversed())
    }.joined(separator: "\n")
  }
}
