#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// A position in the bytes of a text, with the number of its line.
///
/// Lines end in LF, CR LF or CR.
package struct ByteScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  package private(set) var offset = 0
  package private(set) var line = 1

  package init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }  // UTF-8's byte-order mark
  }

  package var isAtEnd: Bool { offset >= bytes.count }

  @inline(__always)
  package func peek() -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

  @inline(__always)
  package func peek(after count: Int) -> UInt8? {
    offset + count < bytes.count ? bytes[offset + count] : nil
  }

  /// Goes one byte on, counting lines.
  @inline(__always)
  package mutating func advance() {
    guard offset < bytes.count else { return }
    let byte = bytes[offset]
    offset += 1
    if byte == 0x0A || (byte == 0x0D && peek() != 0x0A) { line += 1 }
  }

  /// Skips white space, including ends of lines.
  mutating func skipSpaces() {
    while let byte = peek(), Self.isSpace(byte) { advance() }
  }

  /// Skips white space within a line.
  package mutating func skipBlanks() {
    while let byte = peek(), Self.isBlank(byte) { offset += 1 }
  }

  /// Skips the rest of the line, but not its end.
  mutating func skipToLineEnd() {
    while let byte = peek(), byte != 0x0A, byte != 0x0D { offset += 1 }
  }

  /// Skips the rest of the line and its end.
  package mutating func skipLine() {
    skipToLineEnd()
    if peek() == 0x0D && peek(after: 1) == 0x0A { offset += 1 }
    advance()
  }

  /// Skips a comment in hoc's syntax, if one begins here and ends somewhere.
  mutating func skipHocComment() -> Bool {
    switch peek(after: 1) {
    case UInt8(ascii: "/"):
      skipToLineEnd()
      return true
    case UInt8(ascii: "*"):
      offset += 2
      while !isAtEnd {
        if peek() == UInt8(ascii: "*"), peek(after: 1) == UInt8(ascii: "/") {
          offset += 2
          return true
        }
        advance()
      }
      return false
    default:
      return false
    }
  }

  /// The word that begins here: letters, digits and underscores.
  mutating func word() -> String {
    let start = offset
    while let byte = peek(), Self.isLetter(byte) || Self.isDigit(byte) { offset += 1 }
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  /// The text from `start` to here.
  func text(from start: Int) -> String {
    String(decoding: bytes[min(start, offset)..<offset], as: UTF8.self)
  }

  /// What stands here, to be quoted in a message: up to the next white space, at most 24 bytes.
  package func excerpt() -> String {
    var end = offset
    while end < bytes.count, end - offset < 24, !Self.isSpace(bytes[end]) { end += 1 }
    if end == offset { return isAtEnd ? "the end of the file" : "the end of the line" }
    let text = String(decoding: bytes[offset..<end], as: UTF8.self)
    let printable = String(
      text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "\u{FFFD}" : Character($0) })
    return "'\(printable)'"
  }

  package static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte == 0x5F }
}

extension ByteScanner {
  /// Reads a decimal number with optional sign, fraction and exponent, correctly rounded.
  ///
  /// - Returns: nil, without moving, when no number stands here, or one that is glued to a word.
  @inline(__always)
  package mutating func number() -> Double? {
    let start = offset
    var at = offset
    var negative = false
    if let sign = peek(), sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      negative = sign == UInt8(ascii: "-")
      at += 1
    }
    var digits = DecimalDigits()
    at = digits.read(bytes, from: at)
    guard digits.count > 0 else { return nil }
    guard let end = digits.readExponent(bytes, from: at) else { return nil }
    if end < bytes.count, Self.isLetter(bytes[end]) || bytes[end] == UInt8(ascii: ".") {
      return nil
    }
    offset = end
    let value = digits.value ?? convert(from: start)
    return negative && digits.value != nil ? -value : value
  }

  /// The slow way, for numbers with many digits or a large exponent.
  private func convert(from start: Int) -> Double {
    var text = bytes[start..<offset].map(CChar.init(bitPattern:))
    text.append(0)
    return strtod(text, nil)
  }
}

/// The digits of a decimal number, gathered into a whole number and a power of ten.
private struct DecimalDigits {
  private var mantissa: UInt64 = 0
  private var exponent = 0
  private var isExact = true
  private(set) var count = 0

  private static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  @inline(__always)
  mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var at = start
    var fraction = false
    while at < bytes.count {
      let byte = bytes[at]
      if byte &- 0x30 < 10 {
        count += 1
        if mantissa < 100_000_000_000_000_000 {
          mantissa = mantissa * 10 + UInt64(byte &- 0x30)
          if fraction { exponent -= 1 }
        } else {
          isExact = false
        }
      } else if byte == UInt8(ascii: "."), !fraction {
        fraction = true
      } else {
        break
      }
      at += 1
    }
    return at
  }

  /// - Returns: the offset after the exponent, or nil when an `e` is not followed by digits.
  @inline(__always)
  mutating func readExponent(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var at = start
    guard at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") else { return at }
    at += 1
    var negative = false
    if at < bytes.count, bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "+") {
      negative = bytes[at] == UInt8(ascii: "-")
      at += 1
    }
    let first = at
    var value = 0
    while at < bytes.count, bytes[at] &- 0x30 < 10 {
      if value < 100_000 { value = value * 10 + Int(bytes[at] &- 0x30) }
      at += 1
    }
    guard at > first else { return nil }
    exponent += negative ? -value : value
    return at
  }

  /// The number where one multiplication or division by an exact power of ten rounds correctly
  /// (Clinger 1990, PLDI: 92), else nil.
  @inline(__always)
  var value: Double? {
    guard isExact, mantissa < 1 << 53, exponent >= -22, exponent <= 22 else { return nil }
    let whole = Double(mantissa)
    return exponent < 0 ? whole / Self.powers[-exponent] : whole * Self.powers[exponent]
  }
}
