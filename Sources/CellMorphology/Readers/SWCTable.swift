/// The rows of an SWC file.
struct SWCTable {
  struct Row: Equatable {
    var id: Int
    var type: Int
    var point: MorphologyPoint

    /// Id of the parent; nil for a root.
    var parent: Int?
    var line: Int
  }

  private(set) var rows: [Row] = []
  private(set) var warnings = WarningList()

  /// Reads the rows: seven columns, separated by white space or commas; `#` begins a comment.
  init(_ bytes: [UInt8]) throws(MorphologyFileError) {
    var failure: MorphologyFileError?
    bytes.withUnsafeBufferPointer { buffer in
      var scanner = ByteScanner(buffer)
      rows.reserveCapacity(buffer.count / 40)
      while !scanner.isAtEnd, failure == nil {
        do throws(MorphologyFileError) {
          if let row = try readRow(&scanner) { rows.append(row) }
        } catch {
          failure = error
        }
        scanner.skipLine()
      }
    }
    if let failure { throw failure }
    guard !rows.isEmpty else {
      throw SWCReader.error(
        nil, "there is no point in the file",
        "an SWC file has a row 'id type x y z radius parent' for each point")
    }
  }

  private mutating func readRow(_ scanner: inout ByteScanner) throws(MorphologyFileError) -> Row? {
    scanner.skipBlanks()
    switch scanner.peek() {
    case nil, UInt8(ascii: "#"), 0x0A, 0x0D, 0x0B, 0x0C: return nil
    default: break
    }
    let id = try wholeNumber(&scanner, 1, "id")
    let type = try wholeNumber(&scanner, 2, "type")
    let x = try coordinate(&scanner, 3, "x")
    let y = try coordinate(&scanner, 4, "y")
    let z = try coordinate(&scanner, 5, "z")
    let radius = try coordinate(&scanner, 6, "radius")
    let parent = try wholeNumber(&scanner, 7, "parent")
    skipSeparators(&scanner)
    if let byte = scanner.peek(), byte != UInt8(ascii: "#"), byte != 0x0A, byte != 0x0D {
      warnings.add(
        .extraColumns, line: scanner.line,
        "\(scanner.excerpt()) follows the seventh column: it was ignored")
    }
    return Row(
      id: id, type: type, point: MorphologyPoint(x, y, z, diameter: 2 * radius),
      parent: parent < 0 ? nil : parent, line: scanner.line)
  }

  private mutating func skipSeparators(_ scanner: inout ByteScanner) {
    scanner.skipBlanks()
    if scanner.peek() == UInt8(ascii: ",") {
      warnings.add(.separators, line: scanner.line, "a comma between columns was read as a space")
      scanner.advance()
      scanner.skipBlanks()
    }
  }

  private mutating func number(
    _ scanner: inout ByteScanner, _ column: Int, _ name: String
  ) throws(MorphologyFileError) -> Double {
    if column > 1 { skipSeparators(&scanner) }
    if let value = scanner.number(), value.isFinite { return value }
    let byte = scanner.peek()
    if byte == nil || byte == 0x0A || byte == 0x0D || byte == UInt8(ascii: "#") {
      throw SWCReader.error(
        scanner.line, "the row ends after \(column - 1) columns",
        "seven are needed: id type x y z radius parent")
    }
    throw SWCReader.error(
      scanner.line, "column \(column) (\(name)) is \(scanner.excerpt())", "a number is needed there"
    )
  }

  private mutating func wholeNumber(
    _ scanner: inout ByteScanner, _ column: Int, _ name: String
  ) throws(MorphologyFileError) -> Int {
    let value = try number(&scanner, column, name)
    guard value == value.rounded(), value.magnitude <= 1e15 else {
      throw SWCReader.error(
        scanner.line, "column \(column) (\(name)) is \(value)",
        "a whole number of at most 15 digits is needed there")
    }
    return Int(value)
  }

  private mutating func coordinate(
    _ scanner: inout ByteScanner, _ column: Int, _ name: String
  ) throws(MorphologyFileError) -> Double {
    let value = try number(&scanner, column, name)
    guard MorphologyValue.isCoordinate(value) else {
      throw SWCReader.error(
        scanner.line, "column \(column) (\(name)) is \(value) um",
        "numbers of at most a kilometre (1e9) are meant")
    }
    return value
  }
}
