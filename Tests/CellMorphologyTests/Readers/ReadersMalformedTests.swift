import CellMorphology
import Testing

/// Broken files: each ends in an error with a line, or in a warning and a sound cell.
@Suite struct ReadersMalformedTests {
  struct Broken: Sendable, CustomTestStringConvertible {
    let name: String
    let format: MorphologyFormat
    let bytes: [UInt8]

    /// Line of the error; nil where the file as a whole is wrong.
    let line: Int?

    init(_ format: MorphologyFormat, _ name: String, _ text: String, line: Int?) {
      self.init(format, name, bytes: Array(text.utf8), line: line)
    }

    init(_ format: MorphologyFormat, _ name: String, bytes: [UInt8], line: Int?) {
      self.format = format
      self.name = name
      self.bytes = bytes
      self.line = line
    }

    var testDescription: String { "\(format.rawValue): \(name)" }
  }

  @Test(arguments: swc + neurolucida + hoc)
  func endsInAnErrorWithItsLine(file: Broken) throws {
    do {
      let cell = try MorphologyFile(reading: file.bytes, format: file.format)
      Issue.record("\(file.testDescription) was read: \(cell.outline.prefix(5))")
    } catch {
      #expect(error.format == file.format)
      #expect(error.line == file.line, "\(error)")
      #expect(!error.problem.isEmpty && !error.remedy.isEmpty)
    }
  }

  private static let root = "1 1 0 0 0 5 -1\n"

  static let swc: [Broken] = [
    Broken(.swc, "empty", "", line: nil),
    Broken(.swc, "comments only", "# a\n\n#b\n", line: nil),
    Broken(.swc, "six columns", root + "2 3 0 8 0 1\n", line: 2),
    Broken(.swc, "cut off in a number", root + "2 3 0 8 0 1 1\n3 3 0 1", line: 3),
    Broken(.swc, "cut off after the id", root + "2", line: 2),
    Broken(.swc, "word for x", root + "2 3 abc 8 0 1 1\n", line: 2),
    Broken(.swc, "word for the id", "a 1 0 0 0 5 -1\n", line: 1),
    Broken(.swc, "id with a fraction", root + "2.5 3 0 8 0 1 1\n", line: 2),
    Broken(.swc, "type with a fraction", root + "2 3.5 0 8 0 1 1\n", line: 2),
    Broken(.swc, "parent with a fraction", root + "2 3 0 8 0 1 1.5\n", line: 2),
    Broken(.swc, "not a number", root + "2 3 nan 8 0 1 1\n", line: 2),
    Broken(.swc, "infinite", root + "2 3 0 inf 0 1 1\n", line: 2),
    Broken(.swc, "overflow", root + "2 3 1e999 8 0 1 1\n", line: 2),
    Broken(.swc, "beyond a kilometre", root + "2 3 1e10 8 0 1 1\n", line: 2),
    Broken(.swc, "Fortran's exponent", root + "2 3 0 8d0 0 1 1\n", line: 2),
    Broken(.swc, "exponent without digits", root + "2 3 0 8e 0 1 1\n", line: 2),
    Broken(.swc, "two points in a number", root + "2 3 0 8.0.1 0 1 1\n", line: 2),
    Broken(.swc, "id of twenty digits", "12345678901234567890 1 0 0 0 5 -1\n", line: 1),
    Broken(.swc, "unknown parent", root + "2 3 0 8 0 1 1\n3 3 0 9 0 1 7\n", line: 3),
    Broken(.swc, "own parent", root + "2 3 0 8 0 1 2\n", line: 2),
    Broken(.swc, "no root", "1 3 0 0 0 1 2\n2 3 0 8 0 1 1\n", line: 1),
    Broken(.swc, "cycle of two", root + "2 3 0 8 0 1 3\n3 3 0 9 0 1 2\n", line: 2),
    Broken(
      .swc, "cycle of three with a tail",
      root + "2 3 0 8 0 1 5\n3 3 0 9 0 1 2\n4 3 0 9 0 1 3\n5 3 0 9 0 1 4\n6 3 9 9 0 1 5\n", line: 2),
    Broken(.swc, "an id twice", root + "2 3 0 8 0 1 1\n2 3 0 9 0 1 1\n", line: 3),
    Broken(.swc, "no positive radius", "1 1 0 0 0 0 -1\n2 3 0 8 0 0 1\n", line: 1),
    Broken(.swc, "zero bytes", bytes: [0, 0, 0, 0], line: 1),
    Broken(.swc, "rubbish", bytes: (0..<4096).map { UInt8(($0 * 7919 + 128) % 251) }, line: 1),
    Broken(.swc, "a Neurolucida file", "(\"CellBody\"\n(1 2 3 4))\n", line: 1),
    Broken(
      .swc, "huge cycle",
      (1...200_000).map { "\($0) 3 \($0) 0 0 1 \($0 % 200_000 + 1)\n" }.joined(), line: 1),
  ]

  static let neurolucida: [Broken] = [
    Broken(.neurolucida, "empty", "", line: nil),
    Broken(.neurolucida, "comment only", "; V3 text file\n", line: nil),
    Broken(.neurolucida, "no cable", "(ImageCoords)\n(Thumbnail (Rows 4))\n", line: nil),
    Broken(.neurolucida, "never closed", "(\n(Dendrite)\n(0 0 0 1)\n(0 0 9 1)\n", line: 1),
    Broken(.neurolucida, "cut off in a point", "((Dendrite)\n(0 0 0 1)\n(0 0", line: 3),
    Broken(.neurolucida, "cut off in a number", "((Dendrite)\n(0 0 0 1)\n(0 -", line: 3),
    Broken(.neurolucida, "cut off in a property", "((Dendrite)\n(Color (RGB", line: 2),
    Broken(.neurolucida, "cut off in a spine", "((Dendrite) (0 0 0 1)\n<(0 0 0 1)", line: 2),
    Broken(.neurolucida, "cut off in a name", "(\"CellBody\n(CellBody)\n", line: 1),
    Broken(.neurolucida, "cut off in branches", "((Axon)\n(0 0 0 1)(0 0 9 1)((1 1 1 1)|", line: 1),
    Broken(.neurolucida, "one bracket too many", "((Axon)(0 0 0 1)(0 0 9 1))\n)", line: 2),
    Broken(.neurolucida, "numbers outside", "1 2 3 4\n", line: 1),
    Broken(.neurolucida, "numbers in a tree", "((Axon)\n(0 0 0 1)\n5 6 7 8\n(1 1 1 1))", line: 3),
    Broken(.neurolucida, "a point of two numbers", "((Axon)\n(0 0)\n(1 1 1 1))", line: 2),
    Broken(.neurolucida, "a word in a point", "((Axon)\n(0 x 0 1)\n(1 1 1 1))", line: 2),
    Broken(.neurolucida, "a bracket in a point", "((Axon)\n(0 1 (2) 1)\n(1 1 1 1))", line: 2),
    Broken(.neurolucida, "infinite", "((Axon)\n(0 1e999 0 1)\n(1 1 1 1))", line: 2),
    Broken(.neurolucida, "bar without branches", "((Axon)(0 0 0 1)\n|(1 1 1 1))", line: 2),
    Broken(
      .neurolucida, "points after branches",
      "((Axon)(0 0 0 1)(0 0 1 1)((1 1 1 1)|(2 2 2 2))\n(3 3 3 3))",
      line: 2),
    Broken(.neurolucida, "no diameters", "\n((Axon)(0 0 0)(0 0 9))", line: 2),
    Broken(
      .neurolucida, "soma with branches", "((CellBody)(0 0 0 1)((1 1 1 1)|(2 2 2 2)))", line: 1),
    Broken(.neurolucida, "spine closed by a bracket", "((Axon)(0 0 0 1)>(1 1 1 1))", line: 1),
    Broken(.neurolucida, "zero bytes", bytes: [0, 0, 0], line: 1),
    Broken(
      .neurolucida, "rubbish", bytes: (0..<4096).map { UInt8(($0 * 7919 + 128) % 251) }, line: 1),
    Broken(
      .neurolucida, "a million brackets",
      bytes: Array(repeating: UInt8(ascii: "("), count: 1_000_000),
      line: 1),
    Broken(.neurolucida, "a hoc file", "create soma\n", line: 1),
  ]

  private static let soma = "create soma, dend\nsoma { L = 9 diam = 9 }\ndend { L = 9 diam = 1 }\n"

  static let hoc: [Broken] = [
    Broken(.hoc, "empty", "", line: nil),
    Broken(.hoc, "comment only", "// create soma\n", line: nil),
    Broken(.hoc, "comment never closed", "create a\n/* ...", line: 2),
    Broken(.hoc, "block never closed", "create a\na {\nL = 1\n", line: 2),
    Broken(.hoc, "block closed twice", "create a\na { L = 1 } }\n", line: 2),
    Broken(.hoc, "cut off in a point", "create a\na { pt3dadd(0, 0", line: 2),
    Broken(.hoc, "a point of three numbers", "create a\na { pt3dadd(0, 0, 0) }", line: 2),
    Broken(.hoc, "a word in a point", "create a\na { pt3dadd(0, x, 0, 1) }", line: 2),
    Broken(.hoc, "diameter 0", "create a\na { pt3dadd(0, 0, 0, 0) }", line: 2),
    Broken(.hoc, "one point", "create a\na { pt3dadd(0, 0, 0, 1) }", line: 1),
    Broken(.hoc, "no length", "create a\na { pt3dadd(0,0,0,1) pt3dadd(0,0,0,2) }", line: 1),
    Broken(.hoc, "connected to nothing", soma, line: 1),
    Broken(.hoc, "connected to itself", soma + "connect dend(0), dend(1)", line: 4),
    Broken(.hoc, "cycle", soma + "connect dend(0), soma(1)\nconnect soma(0), dend(1)\n", line: 4),
    Broken(.hoc, "place beyond the parent", soma + "connect dend(0), soma(1.5)", line: 4),
    Broken(.hoc, "connected by the middle", soma + "connect dend(0.5), soma(1)", line: 4),
    Broken(.hoc, "unknown child", soma + "connect axon(0), soma(1)", line: 4),
    Broken(.hoc, "unknown parent", soma + "connect dend(0), axon(1)", line: 4),
    Broken(.hoc, "parent missing", "create a, b\nconnect a(0), 1", line: 2),
    Broken(.hoc, "statement without a section", "create a\nL = 5\n", line: 2),
    Broken(.hoc, "point without a section", "create a\npt3dadd(0,0,0,1)\n", line: 2),
    Broken(.hoc, "array of no sections", "create a[0]", line: 1),
    Broken(.hoc, "array of half a section", "create a[1.5]", line: 1),
    Broken(.hoc, "huge array", "create a[1e9]", line: 1),
    Broken(.hoc, "index beyond the array", "create a[2]\na[2] { L = 1 }", line: 2),
    Broken(.hoc, "text never closed", "create a\nforsec \"a {\n", line: 2),
    Broken(.hoc, "infinite", "create a\na { L = 1e999 }", line: 2),
    Broken(.hoc, "name missing", "create 5", line: 1),
    Broken(.hoc, "zero bytes", bytes: [0, 0, 0], line: 1),
    Broken(.hoc, "rubbish", bytes: (0..<4096).map { UInt8(($0 * 7919 + 128) % 251) }, line: 1),
    Broken(
      .hoc, "a million blocks", bytes: Array(repeating: UInt8(ascii: "{"), count: 1_000_000),
      line: 1),
  ]

  /// Deep and huge files that are sound.
  @Test func deepAndHugeFiles() throws {
    let depth = 20_000
    let nested =
      "((Dendrite)(0 0 0 1)(1 0 0 1)" + String(repeating: "((1 1 0 1)(2 0 0 1)", count: depth)
      + String(repeating: ")", count: depth + 1)
    #expect(try MorphologyFile(text: nested).morphology.sections.count == depth + 1)

    let blocks =
      "create a\na {L = 1 diam = 1" + String(repeating: "{", count: depth)
      + String(repeating: "}", count: depth + 1)
    #expect(try MorphologyFile(text: blocks).morphology.sections.count == 1)

    let chain = (0..<depth).map { "\($0 + 1) \(3 + $0 % 2) \($0) 0 0 1 \($0 == 0 ? -1 : $0)\n" }
    #expect(try MorphologyFile(text: chain.joined()).morphology.sections.count == depth)
    let star = (0..<depth).map { "\($0 + 1) 3 \($0) 0 0 1 \($0 == 0 ? -1 : 1)\n" }
    #expect(try MorphologyFile(text: star.joined()).morphology.sections.count == depth - 1)
  }

  /// A file that ends anywhere is an error or a sound cell.
  @Test(arguments: ["one_point.swc", "contour.asc", "lengths.hoc", "odd.asc"])
  func truncatedAnywhere(name: String) throws {
    let bytes = try ReaderFixtures.bytes(name)
    for count in stride(from: 0, to: bytes.count, by: max(bytes.count / 200, 1)) {
      do {
        let file = try MorphologyFile(reading: Array(bytes[..<count]), fileName: name)
        _ = try file.discretized(axialResistivity: 100)
      } catch is MorphologyFileError {}
    }
  }
}
