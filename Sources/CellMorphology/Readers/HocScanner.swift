/// The words, numbers and signs of a hoc file.
struct HocScanner {
  var bytes: ByteScanner

  init(_ buffer: UnsafeBufferPointer<UInt8>) { bytes = ByteScanner(buffer) }

  var line: Int { bytes.line }

  /// Skips white space and comments, and looks at what follows.
  mutating func next() throws(MorphologyFileError) -> UInt8? {
    while let byte = bytes.peek() {
      if ByteScanner.isSpace(byte) || byte == UInt8(ascii: ";") {
        bytes.advance()
      } else if byte == UInt8(ascii: "/") {
        let line = bytes.line
        guard bytes.skipHocComment() else {
          throw HocReader.error(
            line,
            bytes.isAtEnd ? "the comment is never closed" : "'/' stands where no expression may",
            "comments are // to the end of the line, or /* to */; numbers must be constants")
        }
      } else {
        return byte
      }
    }
    return nil
  }

  mutating func word() throws(MorphologyFileError) -> String? {
    guard let byte = try next(), ByteScanner.isLetter(byte) else { return nil }
    return bytes.word()
  }

  /// Goes behind a sign, if it is what follows.
  mutating func skip(_ sign: Unicode.Scalar) throws(MorphologyFileError) -> Bool {
    guard try next() == UInt8(ascii: sign) else { return false }
    bytes.advance()
    return true
  }

  mutating func expect(_ sign: Unicode.Scalar, in form: String) throws(MorphologyFileError) {
    guard try skip(sign) else {
      throw HocReader.error(line, "\(bytes.excerpt()) stands where '\(sign)' is needed", form)
    }
  }

  /// A constant.
  mutating func number(in form: String) throws(MorphologyFileError) -> Double {
    let byte = try next()
    let numberLine = line
    guard byte != nil, let value = bytes.number() else {
      throw HocReader.error(
        numberLine, "\(bytes.excerpt()) stands where a number is needed",
        "\(form); expressions and variables are not computed")
    }
    guard MorphologyValue.isCoordinate(value) else {
      throw HocReader.error(numberLine, "the number \(value) is too large", "1e9 is the limit")
    }
    // An operator must stand on the same line to go on with the expression.
    bytes.skipBlanks()
    if let byte = bytes.peek(), [UInt8]("+-*%^".utf8).contains(byte) || isDivision(byte) {
      throw HocReader.error(
        line, "the number is part of an expression",
        "\(form); expressions and variables are not computed")
    }
    return value
  }

  private func isDivision(_ byte: UInt8) -> Bool {
    guard byte == UInt8(ascii: "/") else { return false }
    let after = bytes.peek(after: 1)
    return after != UInt8(ascii: "/") && after != UInt8(ascii: "*")
  }

  /// A constant in brackets: `(0.5)`.
  mutating func bracketed(in form: String) throws(MorphologyFileError) -> Double {
    try expect("(", in: form)
    let value = try number(in: form)
    try expect(")", in: form)
    return value
  }

  mutating func quoted() throws(MorphologyFileError) -> String {
    let line = line
    bytes.advance()
    let start = bytes.offset
    while let byte = bytes.peek(), byte != UInt8(ascii: "\""), byte != 0x0A, byte != 0x0D {
      bytes.advance()
    }
    guard bytes.peek() == UInt8(ascii: "\"") else {
      throw HocReader.error(
        line, "the quotation mark is never closed", "texts stand between two quotation marks")
    }
    let text = bytes.text(from: start)
    bytes.advance()
    return text
  }
}
