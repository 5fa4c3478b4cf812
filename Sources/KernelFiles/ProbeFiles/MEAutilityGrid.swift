/// The grid that `dim`, `pitch` and `stagger` of MEAutility describe: column after column, each from
/// its first row.
struct MEAutilityGrid {
  let map: ForeignMap
  let dim: Field

  private static let limit = 1_000_000

  func contacts(_ plane: ProbePlane) -> [SIMD3<Double>]? {
    let rows = rowsPerColumn()
    let pitch = self.pitch()
    guard let rows, let pitch, let stagger = stagger(columns: rows.count) else { return nil }
    var contacts: [SIMD3<Double>] = []
    for (column, count) in rows.enumerated() {
      for row in 0..<count {
        contacts.append(
          plane.point(
            Double(column) * pitch.columns, Double(row) * pitch.rows + stagger[column]))
      }
    }
    return contacts
  }

  /// `n` for n × n, `[rows, columns]`, or the number of rows of each of more than two columns.
  private func rowsPerColumn() -> [Int]? {
    guard dim.isList else {
      guard let count = dim.count(limit: 1000) else { return nil }
      return Array(repeating: count, count: count)
    }
    guard let elements = dim.list(of: "numbers of contacts") else { return nil }
    guard elements.count >= 2 else {
      return dim.fail("has \(elements.count) numbers; give n, [rows, columns], or rows per column")
    }
    let counts = elements.map { $0.count(limit: Self.limit) }
    guard !counts.contains(nil) else { return nil }
    let numbers = counts.compactMap { $0 }
    let total = numbers.reduce(elements.count == 2 ? 1.0 : 0.0) {
      elements.count == 2 ? $0 * Double($1) : $0 + Double($1)
    }
    guard total <= Double(Self.limit) else {
      return dim.fail("makes \(total) contacts; at most \(Self.limit) are possible")
    }
    return numbers.count == 2 ? Array(repeating: numbers[0], count: numbers[1]) : numbers
  }

  /// One number for both, or that of rows and that of columns.
  private func pitch() -> (rows: Double, columns: Double)? {
    guard let field = map.required("pitch", what: "the distance between contacts in um") else {
      return nil
    }
    let fields = field.listOrSelf
    guard (1...2).contains(fields.count) else {
      return field.fail("has \(fields.count) numbers; give one, or [between rows, between columns]")
    }
    let values = fields.map { $0.number(.number, .positive) }
    guard let rows = values[0], let columns = values[values.count - 1] else { return nil }
    return (rows, columns)
  }

  /// How far each column is shifted: one number for every other column from the second, or one each.
  private func stagger(columns: Int) -> [Double]? {
    guard let field = map.optional("stagger") else { return Array(repeating: 0, count: columns) }
    guard field.isList else {
      return field.number().map { shift in (0..<columns).map { $0 % 2 == 1 ? shift : 0 } }
    }
    let elements = field.listOrSelf
    guard elements.count == columns else {
      return field.fail("has \(elements.count) numbers for \(columns) columns; give one for each")
    }
    let values = elements.map { $0.number() }
    return values.contains(nil) ? nil : values.compactMap { $0 }
  }
}
