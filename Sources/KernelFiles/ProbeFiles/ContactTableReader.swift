/// Reads contacts from a table: BMTK's `channel,x_pos,y_pos,z_pos`, or other columns with or without
/// titles.
struct ContactTableReader {
  let problems: DiagnosticCollector
  let warnings: DiagnosticCollector
  let plane: ProbePlane

  private static let columns =
    "columns are x, y and z, and may be channel, nx, ny, nz, radius, side, width and height"

  /// The columns that are used, with where they are and their factor to um.
  private typealias Columns = [ContactColumn: (index: Int, scale: Double)]

  func read(_ text: String) -> ProbeGeometry? {
    let table = ContactTable(text)
    guard let first = table.rows.first else {
      problems.report("has no contacts, only comments; \(Self.columns)", at: nil)
      return nil
    }
    // A row of numbers is no header, nor is one where only a number went wrong.
    let hasTitles = !first.fields.contains { Quantity($0) != nil }
    guard let columns = hasTitles ? titled(first) : untitled(first) else { return nil }
    let rows = hasTitles ? Array(table.rows.dropFirst()) : table.rows
    guard !rows.isEmpty else {
      report("has titles but no contacts below them", first)
      return nil
    }
    let contacts = rows.map { contact($0, columns, width: first.fields.count) }
    guard !contacts.contains(where: { $0 == nil }) else { return nil }
    return geometry(contacts.compactMap { $0 })
  }

  private func report(_ message: String, _ row: ContactTable.Row, _ column: String = "") {
    problems.report(message, path: column, at: TextPlace(line: row.line, column: 1))
  }

  private func titled(_ row: ContactTable.Row) -> Columns? {
    var columns: Columns = [:]
    var unknown: [String] = []
    for (index, title) in row.fields.enumerated() {
      guard let (column, scale) = ContactColumn.named(title) else {
        unknown.append(title)
        continue
      }
      guard columns[column] == nil else {
        report("has the column '\(title)' and another one that means the same", row)
        return nil
      }
      columns[column] = (index, scale)
    }
    let missing = [ContactColumn.x, .y, .z].filter { columns[$0] == nil }
    guard missing.isEmpty || missing == [.z] else {
      let names = missing.map { "'\($0.rawValue)'" }
      let found =
        unknown.isEmpty ? "" : " ('\(shortened(unknown.joined(separator: "', '")))' is unknown)"
      report("has no column \(listing(names, last: "and"))\(found); \(Self.columns)", row)
      return nil
    }
    for title in unknown {
      let known = ContactColumn.allCases.map(\.rawValue)
      let near = nearestName(to: title, among: known).map { "; did you mean '\($0)'?" } ?? ""
      warnings.report(
        "the column '\(title)' is not known and ignored\(near)",
        at: TextPlace(line: row.line, column: 1))
    }
    return columns
  }

  private func untitled(_ row: ContactTable.Row) -> Columns? {
    switch row.fields.count {
    case 2: return [.x: (0, 1), .y: (1, 1)]
    case 3: return [.x: (0, 1), .y: (1, 1), .z: (2, 1)]
    default:
      report(
        "has \(row.fields.count) column\(row.fields.count == 1 ? "" : "s") without titles; give x, y and "
          + "z, or titles: \(Self.columns)", row)
      return nil
    }
  }

  private struct Contact {
    var place: SIMD3<Double>
    var normal: SIMD3<Double>?
    var shape: ProbeGeometry.Shape?
    var name: String?
  }

  private func contact(
    _ row: ContactTable.Row, _ columns: Columns, width: Int
  ) -> Contact? {
    guard row.fields.count == width else {
      report("has \(row.fields.count) fields; the first line has \(width)", row)
      return nil
    }
    var numbers: [ContactColumn: Double] = [:]
    for (column, (index, scale)) in columns.sorted(by: { $0.value.index < $1.value.index })
    where column != .name {
      guard let value = number(row.fields[index]) else {
        report(
          "'\(shortened(row.fields[index]))' is not a finite number; a length in um is needed, with a "
            + "decimal point", row, column.rawValue)
        return nil
      }
      numbers[column] = scale * value
    }
    guard let x = numbers[.x], let y = numbers[.y] else { return nil }
    guard let shape = shape(numbers, row) else { return nil }
    return Contact(
      place: numbers[.z].map { SIMD3(x, y, $0) } ?? plane.point(x, y), normal: normal(numbers, row),
      shape: shape.value, name: columns[.name].map { row.fields[$0.index] })
  }

  private func number(_ text: String) -> Double? {
    guard let quantity = Quantity(text), quantity.unit.isEmpty else { return nil }
    let value = quantity.value()
    return value.isFinite ? value : nil
  }

  /// The direction of nx, ny and nz, where they are given.
  private func normal(
    _ numbers: [ContactColumn: Double], _ row: ContactTable.Row
  ) -> SIMD3<Double>? {
    let given = [ContactColumn.normalX, .normalY, .normalZ].map { numbers[$0] }
    if given.allSatisfy({ $0 == nil }) { return nil }
    guard let x = given[0], let y = given[1], let z = given[2] else {
      report("has part of a normal only; give nx, ny and nz", row)
      return nil
    }
    let vector = SIMD3(x, y, z)
    let length = (vector * vector).sum().squareRoot()
    guard length > 0, length.isFinite else {
      report("has a normal without direction; not all of nx, ny and nz can be 0", row)
      return nil
    }
    return vector / length
  }

  private func shape(
    _ numbers: [ContactColumn: Double], _ row: ContactTable.Row
  ) -> (value: ProbeGeometry.Shape?, Void)? {
    for column in [ContactColumn.radius, .side, .width, .height] {
      if let value = numbers[column], value < 0 {
        report("\(value) is negative; it must not be below 0", row, column.rawValue)
        return nil
      }
    }
    if let radius = numbers[.radius], radius > 0 { return (.circle(radius: radius), ()) }
    if let side = numbers[.side], side > 0 { return (.square(side: side), ()) }
    guard (numbers[.width] == nil) == (numbers[.height] == nil) else {
      report("has a width or a height only; give both, or side", row)
      return nil
    }
    if let width = numbers[.width], let height = numbers[.height], width > 0, height > 0 {
      return (.rect(width: width, height: height), ())
    }
    return (nil, ())
  }

  private func geometry(_ contacts: [Contact]) -> ProbeGeometry {
    var frames: [ProbeGeometry.Frame]?
    if contacts.allSatisfy({ $0.normal != nil }) {
      frames = contacts.compactMap { $0.normal.map(ProbeGeometry.Frame.init(normal:)) }
    }
    let names = contacts.compactMap(\.name)
    let unique = names.count == contacts.count && Set(names).count == names.count
    if !names.isEmpty && !unique {
      warnings.report("names contacts alike; they are called by their numbers", at: nil)
    }
    return ProbeGeometry(
      contacts: contacts.map(\.place), frames: frames, shapes: contacts.map(\.shape),
      names: unique ? names : nil)
  }
}

extension ProbeGeometry.Frame {
  /// A frame with this normal of length 1: its second axis is as near to z as it can be, or to y where
  /// the normal is along z.
  init(normal: SIMD3<Double>) {
    let up: SIMD3<Double> = abs(normal.z) < 0.999 ? SIMD3(0, 0, 1) : SIMD3(0, 1, 0)
    let rest = up - (up * normal).sum() * normal
    let second = rest / (rest * rest).sum().squareRoot()
    let first = SIMD3(
      second.y * normal.z - second.z * normal.y, second.z * normal.x - second.x * normal.z,
      second.x * normal.y - second.y * normal.x)
    self.init(first: first, second: second)
  }
}
