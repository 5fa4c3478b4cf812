import Foundation
import KernelFiles

/// A table of points from a text file: a line of column names, then a line of values per point.
/// Columns are separated by commas, semicolons or tabs; lines that are empty or begin with # are left out.
struct SweepTable {
  let columns: [String]

  /// By column; not a number where `others` has the text.
  let values: [[Double]]

  /// What is more than a plain number, by column and row.
  let others: [[Int: String]]

  /// The number of each row's line.
  let lines: [Int]

  /// Reads a file's name, or `{file, columns: {column: key path}}`: the parameters with their values.
  static func read(
    _ field: Field, _ template: NetworkTemplate, baseDirectory: String
  ) -> [ParameterDraft]? {
    var file = field
    var chosen: Field?
    if field.isMapping {
      guard let map = field.mapping(["file", "columns"]),
        let name = map.required("file", "the name of a table in CSV")
      else { return nil }
      file = name
      chosen = map.optional("columns")
    }
    guard let name = file.text("the name of a table in CSV") else { return nil }
    let path =
      name.hasPrefix("/")
      ? name : URL(fileURLWithPath: baseDirectory).appendingPathComponent(name).path
    guard let table = load(path, name, file) else { return nil }
    guard let chosen else {
      let drafts = table.columns.map { column -> ParameterDraft? in
        let draft = ParameterDraft.named(column, nil, file, template)
        return draft.flatMap { table.fill($0, column, file, name) }
      }
      return drafts.contains { $0 == nil } ? nil : drafts.compactMap { $0 }
    }
    return table.readColumns(chosen, file, name, template)
  }

  private func readColumns(
    _ chosen: Field, _ file: Field, _ name: String, _ template: NetworkTemplate
  ) -> [ParameterDraft]? {
    var result: [ParameterDraft] = []
    var isReadable = true
    for (column, field) in chosen.entries(of: "key paths") ?? [] {
      guard columns.contains(column) else {
        field.diagnostics.report(
          "\(name) has no column '\(column)'\(advice(for: column, among: columns))",
          path: field.path, at: field.keyPlace)
        isReadable = false
        continue
      }
      var draft: ParameterDraft? = ParameterDraft(name: column, field: field)
      if !field.node.isNull {
        let slots = field.names("one key path")?.map { template.slot($0.name, in: $0.field) }
        guard let slots, !slots.contains(where: { $0 == nil }) else {
          isReadable = false
          continue
        }
        draft?.slots = slots.compactMap { $0 }
      }
      if let draft = draft.flatMap({ fill($0, column, file, name) }) {
        result.append(draft)
      } else {
        isReadable = false
      }
    }
    return isReadable && !result.isEmpty ? result : nil
  }

  /// The values of a column, in documented units.
  private func fill(
    _ draft: ParameterDraft, _ column: String, _ file: Field, _ name: String
  ) -> ParameterDraft? {
    guard let index = columns.firstIndex(of: column) else { return nil }
    var result = draft
    var numbers = values[index]
    for (row, text) in others[index].sorted(by: { $0.key < $1.key }) {
      let collector = DiagnosticCollector(file: name)
      let place = TextPlace(line: lines[row], column: 1)
      let node = DescriptionNode(content: .scalar(text, isPlain: true), place: place)
      let cell = Field(node, path: column, keyPlace: place, diagnostics: collector)
      guard let number = cell.number(draft.dimension) else {
        file.report("\(collector.error)")
        return nil
      }
      numbers[row] = number
    }
    result.values = .list(numbers)
    return result
  }

  private static func load(_ path: String, _ name: String, _ field: Field) -> SweepTable? {
    guard let bytes = TextBytes.table(path: path, reportingTo: field) else { return nil }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      return field.fail("\(name) is not UTF-8 text")
    }
    var columns: [String] = []
    var separator: Character = ","
    var values: [[Double]] = []
    var others: [[Int: String]] = []
    var lines: [Int] = []
    var number = 0
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      let line = number == 1 && line.unicodeScalars.first == "\u{FEFF}" ? line.dropFirst() : line
      guard let first = line.first(where: { !$0.isWhitespace }), first != "#" else { continue }
      if columns.isEmpty {
        separator = [",", ";", "\t"].first { line.contains($0) } ?? ","
        columns = cells(line, separator).map { String($0) }
        if let twice = columns.first(where: { name in columns.count { $0 == name } > 1 }) {
          return field.fail("\(name):\(number): has two columns '\(twice)'")
        }
        values = columns.map { _ in [] }
        others = columns.map { _ in [:] }
        continue
      }
      let cells = cells(line, separator)
      guard cells.count == columns.count else {
        return field.fail(
          "\(name):\(number): has \(cells.count) values for \(columns.count) columns")
      }
      for (index, cell) in cells.enumerated() {
        if let number = Double(cell), number.isFinite {
          values[index].append(number)
        } else {
          others[index][lines.count] = String(cell)
          values[index].append(.nan)
        }
      }
      lines.append(number)
    }
    guard !lines.isEmpty else {
      return field.fail("\(name) has no rows; it needs a line of names and lines of values")
    }
    return SweepTable(columns: columns, values: values, others: others, lines: lines)
  }

  /// The cells of a line without the space and quotes around them.
  private static func cells(_ line: Substring, _ separator: Character) -> [Substring] {
    line.split(separator: separator, omittingEmptySubsequences: false).map { cell in
      var cell = cell
      while cell.first?.isWhitespace == true { cell.removeFirst() }
      while cell.last?.isWhitespace == true { cell.removeLast() }
      if cell.count >= 2, cell.first == "\"", cell.last == "\"" {
        cell = cell.dropFirst().dropLast()
      }
      return cell
    }
  }
}
