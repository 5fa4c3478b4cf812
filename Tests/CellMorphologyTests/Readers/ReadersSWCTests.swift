import CellMorphology
import Testing

@Suite struct ReadersSWCTests {
  private func read(_ rows: String, soma: SWCSoma = .neuron) throws -> MorphologyFile {
    try MorphologyFile(text: rows, .swc, soma: soma)
  }

  private let dendrite = "2 3 0 8 0 1 1\n3 3 0 18 0 1 2\n"

  @Test func rowsInAnyOrder() throws {
    let sorted = "1 1 0 0 0 5 -1\n2 3 0 8 0 1 1\n3 3 5 18 0 1 2\n4 3 -5 18 0 1 2\n5 3 9 28 0 1 3\n"
    let file = try read(sorted)
    #expect(file.warnings.isEmpty)
    let lines = sorted.split(separator: "\n")
    for order in [[4, 3, 2, 1, 0], [2, 0, 4, 1, 3]] {
      let shuffled = try read(order.map { String(lines[$0]) }.joined(separator: "\n"))
      #expect(shuffled == file)
    }
    // A parent with a larger id than its child: from the root to the tips.
    let renamed = try read(
      "9 1 0 0 0 5 -1\n8 3 0 8 0 1 9\n3 3 5 18 0 1 8\n4 3 -5 18 0 1 8\n1 3 9 28 0 1 3\n")
    #expect(renamed.morphology == file.morphology)
  }

  /// NEURON joins points of different branches when sections are not listed one after the other.
  @Test func breadthFirstOrder() throws {
    let file = try read(
      "1 1 0 0 0 5 -1\n2 3 0 8 0 1 1\n3 2 0 -8 0 1 1\n4 3 0 18 0 1 2\n5 2 0 -18 0 1 3\n"
        + "6 3 0 28 0 1 4\n7 2 0 -28 0 1 5\n")
    #expect(file.outline == ["soma[0]", "axon[0] <- soma[0](0.5)", "dend[0] <- soma[0](0.5)"])
    #expect(file.points("dend[0]").map { $0[1] } == [8, 18, 28])
    #expect(file.points("axon[0]").map { $0[1] } == [-8, -18, -28])
  }

  /// NEURON names points of the first branch after the point where the branches part.
  @Test func branchOfAnotherTypeKeepsItsName() throws {
    let file = try read(
      "1 3 0 0 0 5 -1\n2 2 0 75 0 1 1\n3 2 0 95 0 1 2\n4 3 9 95 0 1 1\n5 3 9 99 0 1 4\n")
    #expect(
      file.outline == ["axon[0] <- dend[0](0.0)", "dend[0]", "dend[1] <- dend[0](0.0)"])
    #expect(file.points("axon[0]").map { $0[1] } == [0, 75, 95])
    #expect(file.points("dend[1]").map { $0[1] } == [0, 95, 99])
  }

  @Test func linesAndNumbers() throws {
    let plain = try read("1 1 0 0 0 5 -1\n" + dendrite)
    let variants = [
      "1 1 0 0 0 5 -1\r\n2 3 0 8 0 1 1\r\n3 3 0 18 0 1 2\r\n\r\n  \r\n",
      "1 1 0 0 0 5 -1\r2 3 0 8 0 1 1\r3 3 0 18 0 1 2",
      "\u{FEFF}# a\n\n1 1 0 0 0 5 -1 # soma\n# b\n\t2 3 0 .8e1 0 1. 1\n3 3 -0 +1.8E+1 0 10e-1 2#\n#",
      "1.0 1 0 0 0 5 -1\n2 3.0 0 8 0 1 1.0\n3 3 0 18.00000000000000000000000 0 1 2\n",
    ]
    for text in variants { #expect(try read(text) == plain, "\(text)") }
    let commas = try read("1,1,0,0,0,5,-1\n2, 3, 0, 8, 0, 1, 1\n3 3 0 18 0 1 2\n")
    #expect(commas.morphology == plain.morphology)
    #expect(Set(commas.warnings.map(\.kind)) == [.separators])
  }

  @Test func numbersAreRoundedCorrectly() throws {
    // Rounded to 32 bits afterwards; these have few digits, so both roundings agree with one.
    for text in ["0.1", "123.456", "1e-3", "7.00000000000000000001", "12345678901234567890e-15"] {
      let file = try read("1 1 \(text) 0 0 5 -1\n" + dendrite)
      let x = try #require(file.points("soma[0]")[1].first)
      #expect(Float(x) == Float(text), "\(text)")
    }
  }

  @Test func warnings() throws {
    let cases: [(String, MorphologyWarning.Kind, Int?)] = [
      ("1 1 0 0 0 5 -1 7 8\n" + dendrite, .extraColumns, 1),
      ("1 1 0 0 0 5 -1\n2 3 0 8 0 1 1\n2 3 0 8 0 1 1\n3 3 0 18 0 1 2\n", .repeatedRow, 3),
      ("1 1 0 0 0 5 0\n" + dendrite, .rootParent, 1),
      ("1 1 0 0 0 5 -1\n" + dendrite + "4 3 9 9 9 1 -1\n5 3 19 9 9 1 4\n", .severalRoots, 4),
      ("1 3 0 0 0 5 -1\n" + dendrite, .noSoma, nil),
      ("1 1 0 0 0 5 -1\n2 3 0 8 0 0 1\n3 3 0 18 0 1 2\n", .diameter, 2),
      ("1 1 0 0 0 5 -1\n2 3 0 8 0 -1 1\n3 3 0 18 0 1 2\n", .diameter, 2),
      ("1 1 0 0 0 0 -1\n" + dendrite, .diameter, 1),
      ("1 1 0 0 0 5 -1\n2 5 0 8 0 1 1\n3 5 0 18 0 1 2\n", .type, 2),
      ("1 1 0 0 0 5 -1\n" + dendrite + "4 3 0 18 0 1 3\n5 3 9 18 0 1 3\n", .noLength, 4),
      ("1 1 0 0 0 5 -1\n2 1 0 0 0 5 1\n3 3 0 8 0 1 2\n4 3 0 18 0 1 3\n", .noLength, 1),
    ]
    for (text, kind, line) in cases {
      let file = try read(text)
      #expect(file.warnings.count == 1, "\(file.warnings)")
      #expect(file.warnings.first?.kind == kind && file.warnings.first?.line == line, "\(text)")
      #expect(throws: MorphologyFileError.self) {
        try MorphologyFile(text: text, .swc, refusing: [kind])
      }
      #expect(throws: MorphologyFileError.self) {
        try MorphologyFile(reading: Array(text.utf8), format: .swc, strict: true)
      }
      let others = Set(MorphologyWarning.Kind.allCases).subtracting([kind])
      #expect(throws: Never.self) { try MorphologyFile(text: text, .swc, refusing: others) }
    }
  }

  @Test func manyWarningsOfAKindAreCounted() throws {
    let rows = (2...200).map { "\($0) 3 0 \($0) 0 0 \($0 - 1)\n" }.joined()
    let file = try read("1 1 0 0 0 5 -1\n" + rows)
    #expect(file.warnings.count == 21)
    #expect(file.warnings.last?.message == "and 179 more of the kind 'diameter'")
  }

  // MARK: Somata

  @Test func neuroMorphoSomata() throws {
    let three = try read(
      "1 1 0 0 0 5 -1\n2 1 0 0 -5 5 1\n3 1 0 0 5 5 1\n4 3 0 8 0 1 1\n5 3 0 18 0 1 4\n",
      soma: .neuromorpho)
    #expect(three.points("soma[0]") == [[0, 0, -5, 10], [0, 0, 0, 10], [0, 0, 5, 10]])
    #expect(three.outline == ["soma[0]", "dend[0] <- soma[0](0.5)"])
    #expect(three.points("dend[0]") == [[0, 8, 0, 2], [0, 18, 0, 2]])

    let one = try read("1 1 0 0 0 5 -1\n" + dendrite, soma: .neuromorpho)
    #expect(one.points("soma[0]").map { $0[1] } == [-5, 0, 5])

    let ring = try read(
      "1 1 8 0 0 1 -1\n2 1 0 8 0 1 1\n3 1 -8 0 0 1 2\n4 1 0 -8 0 1 3\n5 3 20 0 0 1 1\n"
        + "6 3 40 0 0 1 5\n7 3 -20 0 0 1 3\n8 3 -40 0 0 1 7\n", soma: .neuromorpho)
    #expect(ring.points("soma[0]") == [[0, -8, 0, 16], [0, 0, 0, 16], [0, 8, 0, 16]])
    #expect(ring.points("dend[0]") == [[20, 0, 0, 2], [40, 0, 0, 2]])
    #expect(ring.points("dend[1]") == [[-20, 0, 0, 2], [-40, 0, 0, 2]])
    #expect(ring.outline.dropFirst().allSatisfy { $0.hasSuffix("soma[0](0.5)") })
  }

  @Test func arborSomata() throws {
    let file = try read(
      "1 1 0 0 0 5 -1\n2 1 0 4 0 6 1\n3 1 0 8 0 5 2\n4 3 0 20 0 1 3\n5 3 9 4 0 1 2\n6 3 30 4 0 1 5\n",
      soma: .arbor)
    // Each point and its parent are the ends of a cone, in the soma as elsewhere.
    #expect(
      file.outline == [
        "soma[0]", "soma[1] <- soma[0](1.0)", "dend[0] <- soma[1](1.0)", "dend[1] <- soma[0](1.0)",
      ])
    #expect(file.points("dend[0]") == [[0, 8, 0, 10], [0, 20, 0, 2]])
    #expect(file.points("dend[1]") == [[0, 4, 0, 12], [9, 4, 0, 2], [30, 4, 0, 2]])
    #expect(throws: MorphologyFileError.self) {
      try read("1 1 0 0 0 5 -1\n" + dendrite, soma: .arbor)
    }
    #expect(throws: MorphologyFileError.self) {
      try read("1 1 0 0 0 5 -1\n2 1 0 4 0 6 1\n3 1 9 9 9 1 -1\n", soma: .arbor)
    }
  }
}
