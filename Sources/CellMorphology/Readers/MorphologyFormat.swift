/// The formats of morphology files that are read.
public enum MorphologyFormat: String, Sendable, CaseIterable {
  /// A table of points: id, type, x, y, z, radius, parent (Cannon et al. 1998, J. Neurosci.
  /// Methods 84: 49).
  case swc

  /// Neurolucida's text format, a tree of nested parentheses (`.asc`).
  case neurolucida

  /// NEURON's language, as far as it states a morphology in constants.
  case hoc

  /// The format of a file: by its content where that is unmistakable, else by its ending.
  ///
  /// The first character that belongs to neither white space nor a comment tells: a digit or a
  /// sign begins a row of SWC, a parenthesis or quotation mark an object of Neurolucida's, a brace
  /// a block of hoc. A letter means hoc unless the ending says otherwise.
  ///
  /// - Returns: nil when neither content nor ending tell.
  public static func guess(_ bytes: [UInt8], fileName: String? = nil) -> MorphologyFormat? {
    let content = guessFromContent(bytes)
    let ending = fileName.flatMap(guessFromEnding)
    if let content, content.isCertain { return content.format }
    return ending ?? content?.format
  }

  private static func guessFromEnding(_ name: String) -> MorphologyFormat? {
    guard let dot = name.lastIndex(of: ".") else { return nil }
    switch name[name.index(after: dot)...].lowercased() {
    case "swc": return .swc
    case "asc": return .neurolucida
    case "hoc": return .hoc
    default: return nil
    }
  }

  private static func guessFromContent(
    _ bytes: [UInt8]
  ) -> (format: MorphologyFormat, isCertain: Bool)? {
    bytes.withUnsafeBufferPointer { buffer in
      var scanner = ByteScanner(buffer)
      while let byte = scanner.peek() {
        switch byte {
        case _ where ByteScanner.isSpace(byte): scanner.skipSpaces()
        case UInt8(ascii: "#"), UInt8(ascii: ";"): scanner.skipLine()
        case UInt8(ascii: "/"):
          guard scanner.skipHocComment() else { return nil }
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"):
          return (.swc, true)
        case UInt8(ascii: "("), UInt8(ascii: "\""): return (.neurolucida, true)
        case UInt8(ascii: "{"): return (.hoc, true)
        case _ where ByteScanner.isLetter(byte): return (.hoc, false)
        default: return nil
        }
      }
      return nil
    }
  }
}
