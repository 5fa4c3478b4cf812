/// The words, numbers and brackets of a Neurolucida file.
struct NeurolucidaScanner {
  var bytes: ByteScanner

  init(_ buffer: UnsafeBufferPointer<UInt8>) { bytes = ByteScanner(buffer) }

  var line: Int { bytes.line }

  /// Skips white space, commas and comments (`;` to the end of the line), and looks at what follows.
  @inline(__always)
  mutating func next() -> UInt8? {
    while let byte = bytes.peek() {
      if ByteScanner.isSpace(byte) || byte == UInt8(ascii: ",") {
        bytes.advance()
      } else if byte == UInt8(ascii: ";") {
        bytes.skipToLineEnd()
      } else {
        return byte
      }
    }
    return nil
  }

  /// The text between quotation marks that begins here.
  mutating func quoted() throws(MorphologyFileError) -> String {
    let line = bytes.line
    bytes.advance()
    let start = bytes.offset
    while let byte = bytes.peek(), byte != UInt8(ascii: "\"") { bytes.advance() }
    guard !bytes.isAtEnd else {
      throw NeurolucidaReader.error(
        line, "the quotation mark is never closed", "names stand between two quotation marks")
    }
    let text = bytes.text(from: start)
    bytes.advance()
    return text
  }

  /// The numbers of a point whose bracket is open: x, y, z, and a diameter unless it is missing.
  /// Skips to behind its closing bracket.
  mutating func point() throws(MorphologyFileError) -> (MorphologyPoint, hasDiameter: Bool) {
    var values = SIMD4<Double>.zero
    var count = 0
    let line = bytes.line
    while let byte = next() {
      if byte == UInt8(ascii: ")") {
        bytes.advance()
        guard count >= 3 else {
          throw NeurolucidaReader.error(
            line, "a point has \(count) numbers", "points are (x y z diameter)")
        }
        let point = MorphologyPoint(values.x, values.y, values.z, diameter: values.w)
        return (point, hasDiameter: count == 4)
      }
      if let value = bytes.number() {
        guard MorphologyValue.isCoordinate(value) else {
          throw NeurolucidaReader.error(
            line, "a point holds the number \(value)", "at most a kilometre (1e9 um) is meant")
        }
        if count < 4 {
          values[count] = value
          count += 1
        }
      } else if count >= 3, ByteScanner.isLetter(byte) {
        _ = bytes.word()  // the name of a section of the slice, such as S1
      } else if count >= 3, byte == UInt8(ascii: "\"") {
        _ = try quoted()
      } else {
        throw NeurolucidaReader.error(
          bytes.line, "a point holds \(bytes.excerpt())", "points are (x y z diameter)")
      }
    }
    throw NeurolucidaReader.error(
      line, "the file ends within a point", "points are (x y z diameter)")
  }

  /// Skips to behind the bracket that closes the one that is open here.
  ///
  /// - Returns: whether brackets with numbers in them were skipped: points.
  mutating func skipBlock() throws(MorphologyFileError) -> Bool {
    let line = bytes.line
    var depth = 1
    var sawPoint = false
    while let byte = next() {
      switch byte {
      case UInt8(ascii: "\""): _ = try quoted()
      case UInt8(ascii: "("):
        bytes.advance()
        depth += 1
        if next() != nil, bytes.number() != nil { sawPoint = true }
      case UInt8(ascii: ")"):
        bytes.advance()
        depth -= 1
        if depth == 0 { return sawPoint }
      default: bytes.advance()
      }
    }
    throw NeurolucidaReader.error(
      line, "a bracket is never closed", "each '(' needs its ')'; the file may be cut off")
  }

  /// Skips a spine: `<` to `>`.
  mutating func skipSpine() throws(MorphologyFileError) {
    let line = bytes.line
    while let byte = next() {
      if byte == UInt8(ascii: "\"") {
        _ = try quoted()
      } else {
        bytes.advance()
        if byte == UInt8(ascii: ">") { return }
      }
    }
    throw NeurolucidaReader.error(
      line, "a spine is never closed", "each '<' needs its '>'; the file may be cut off")
  }
}
