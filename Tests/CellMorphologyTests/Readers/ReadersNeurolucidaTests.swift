import CellMorphology
import Testing

@Suite struct ReadersNeurolucidaTests {
  private let soma =
    "(\"CellBody\" (Color Red) (CellBody) (5 0 0 .5) (0 4 0 .5) (-5 0 0 .5) (0 -4 0 .5))\n"

  private func read(_ text: String) throws -> MorphologyFile {
    try MorphologyFile(text: text, .neurolucida)
  }

  @Test func namesEndingsAndBranches() throws {
    let file = try read(
      soma + """
        ("tree ) ; (" (Color RGB (1, 2, 3)) (Apical) (Set "x") ; a comment )
          (8 0 0 1 S1) (18, 0, 0, 1)
          ( "left" (28 0 0 1) Normal | )
        )
        """)
    #expect(
      file.outline == ["soma[0]", "apic[0] <- soma[0](0.5)", "apic[1] <- apic[0](1.0)"])
    #expect(file.warnings.map(\.kind) == [.unknown])  // the branch without points
  }

  @Test func nestedBranches() throws {
    let file = try read(
      "((Dendrite)(0 0 0 1)(0 0 10 1)((0 0 20 1)((0 0 30 1) High|(0 9 30 1) Low)|(0 0 15 2)"
        + " Incomplete|(9 9 9 1)((10 9 9 1)|(20 9 9 1)|(30 9 9 1))))")
    #expect(
      file.outline == [
        "dend[0]", "dend[1] <- dend[0](1.0)", "dend[2] <- dend[1](1.0)", "dend[3] <- dend[1](1.0)",
        "dend[4] <- dend[0](1.0)", "dend[5] <- dend[0](1.0)", "dend[6] <- dend[5](1.0)",
        "dend[7] <- dend[5](1.0)", "dend[8] <- dend[5](1.0)",
      ])
    #expect(file.points("dend[4]") == [[0, 0, 10, 2], [0, 0, 15, 2]])
    #expect(file.warnings.map(\.kind) == [.noSoma])
  }

  @Test func warnings() throws {
    let tree = "((Dendrite) (8 0 0 1) (18 0 0 1))\n"
    let cases: [(String, MorphologyWarning.Kind, Int?)] = [
      (soma + "((Dendrite) (8 0 0 1)\n<(8 1 0 .2)> (18 0 0 1))", .skipped, 3),
      (
        soma + "((Dendrite) (8 0 0 1)\n<(Color Red) (8 1 0 .2) (8 2 0 .2)> (18 0 0 1))", .skipped, 3
      ),
      (soma + "((Dendrite) (8 0 0 1)\n(Dot (Name \"a\") (1 2 3 4)) (18 0 0 1))", .skipped, 3),
      (soma + tree + "(Cross (Color Red) (1 2 3 4))", .skipped, 3),
      (soma + tree + "(\"Pia\" (Closed) (1 2 3 4) (8 2 3 4))", .skipped, 3),
      (soma + tree + "((Dendrite))", .skipped, 3),
      (soma + "((8 0 0 1) (18 0 0 1))", .type, 2),
      (soma + "((Dendrite) (8 0 0 1) (18 0 0 1) Strange)", .unknown, 2),
      (soma + "((Dendrite) (Strange) (8 0 0 1) (18 0 0 1))", .unknown, 2),
      (soma + "((Dendrite) () (8 0 0 1) (18 0 0 1))", .unknown, 2),
      (soma + "((Dendrite) (8 0 0) (18 0 0 1))", .diameter, 2),
      (soma + "((Dendrite) (8 0 0 1) (18 0 0 0))", .diameter, 2),
      (soma + "((Dendrite) (8 0 0 1) (18 0 0 -1))", .diameter, 2),
      (soma + "((Dendrite) (8 0 0 1))", .noLength, 2),
      (soma + "((Dendrite) (8 0 0 1) (18 0 0 1) ((18 0 0 1) | (28 0 0 1) ))", .noLength, 2),
      (soma + "((CellBody) (1 0 0 1) (2 0 0 1))" + tree, .soma, 2),
      ("((CellBody) (1 0 0 1) (2 0 0 1) (9 0 0 1))" + tree, .soma, 1),
      (soma + "((CellBody) (91 0 0 1) (99 0 0 1) (95 5 0 1))" + tree, .severalRoots, 2),
      (tree, .noSoma, nil),
    ]
    for (text, kind, line) in cases {
      let file = try read(text)
      #expect(file.warnings.count == 1, "\(text): \(file.warnings)")
      #expect(file.warnings.first?.kind == kind && file.warnings.first?.line == line, "\(text)")
    }
  }

  @Test func treesWithoutSomaHangOnTheFirst() throws {
    let file = try read(
      "((Dendrite) (8 0 0 1) (18 0 0 1))\n((Axon) (0 9 0 1) (0 50 0 1))\n")
    #expect(file.outline == ["axon[0] <- dend[0](0.0)", "dend[0]"])
    #expect(file.points("axon[0]") == [[0, 9, 0, 1], [0, 50, 0, 1]])
    #expect(file.warnings.map(\.kind) == [.noSoma, .severalRoots])
  }

  @Test func missingDiametersAreTheNeighbours() throws {
    let file = try read(
      "((Dendrite) (0 0 0) (0 0 10 2) (0 0 20) ((0 0 30) (0 0 40 .5) | (0 9 30)))")
    #expect(file.points("dend[0]").map { $0[3] } == [2, 2, 2])
    #expect(file.points("dend[1]").map { $0[3] } == [0.5, 0.5, 0.5])
    #expect(file.points("dend[2]").map { $0[3] } == [2, 2])
  }

  /// A regular polygon's cable has the polygon's width and length, and its area within a percent.
  @Test func contourOfCircle() throws {
    let points = (0...60).map { k in
      let (x, y) = circle(Double(k) / 60)
      return "(\(10 * x) \(10 * y) 3 1)"
    }
    let file = try read("(\"CellBody\" (CellBody) \(points.joined()))")
    let cable = file.points("soma[0]")
    #expect(cable.count == 21)
    let area = zip(cable, cable.dropFirst()).reduce(0.0) { sum, pair in
      let (a, b) = pair
      let step = ((b[0] - a[0]) * (b[0] - a[0]) + (b[1] - a[1]) * (b[1] - a[1])).squareRoot()
      return sum + step * 0.5 * (a[3] + b[3])
    }
    #expect((area / (100 * .pi) - 1).magnitude < 0.01)
    #expect((cable[10][3] - 20).magnitude < 0.1)
    #expect(cable.allSatisfy { $0[2] == 3 })
  }

  /// A point of the unit circle, by a rational parametrisation of its quarters.
  private func circle(_ turn: Double) -> (Double, Double) {
    let quarter = Int(turn * 4) % 4
    let t = turn * 4 - Double(Int(turn * 4))
    let (c, s) = ((1 - t * t) / (1 + t * t), 2 * t / (1 + t * t))
    return [(c, s), (-s, c), (-c, -s), (s, -c)][quarter]
  }
}
