import CellMorphology
import Testing

@Suite struct ReadersHocTests {
  private func read(_ text: String) throws -> MorphologyFile {
    try MorphologyFile(text: text, .hoc)
  }

  @Test func settings() throws {
    let file = try read(
      """
      create soma, dend[2]
      connect dend(0), soma(1)
      connect dend[1](0), dend[0](.5)
      access soma
      L = 20
      diam = 20
      forall { Ra = 150 cm = 2 }
      forsec "dend" { L = 100 diam = 2 nseg = 5 }
      dend[1].cm = 1
      """)
    #expect(file.outline == ["soma", "dend[0] <- soma(1.0)", "dend[1] <- dend[0](0.5)"])
    #expect(file.settings.map(\.compartments) == [nil, 5, 5])
    #expect(file.settings.map(\.axialResistivity) == [150, 150, 150])
    #expect(file.settings.map(\.capacitance) == [2, 2, 1])
    #expect(file.warnings.isEmpty)
  }

  @Test func listsAndPrefixes() throws {
    let file = try read(
      """
      objref all, basal
      all = new SectionList()
      basal = new SectionList()
      create soma, a, b
      soma { L = 10 diam = 10 connect a(0), 0 }
      soma connect b(0), 1
      a basal.append()
      forall { { all.append() } }
      forsec all { Ra = 80 }
      forsec basal L = 30
      forsec all diam = 4
      b.L = 40
      define_shape()
      """)
    #expect(file.outline == ["soma", "a <- soma(0.0)", "b <- soma(1.0)"])
    let end = file.points("a")[1]
    #expect(end[0] == -30 && end[1].magnitude < 1e-5 && end[2...] == [0, 4])
    #expect(file.points("b") == [[10, 0, 0, 4], [50, 0, 0, 4]])
    #expect(file.settings.allSatisfy { $0.axialResistivity == 80 })
  }

  @Test func reversedSection() throws {
    let file = try read(
      """
      create soma, dend, tip
      soma { pt3dadd(0, 0, 0, 9) pt3dadd(9, 0, 0, 9) }
      dend { pt3dadd(100, 0, 0, 1) pt3dadd(9, 0, 0, 2) }
      tip { pt3dadd(0, 0, 0, 1) pt3dadd(0, 50, 0, 1) }
      connect dend(1), soma(1)
      connect tip(0), dend(0)
      """)
    #expect(file.points("dend") == [[9, 0, 0, 2], [100, 0, 0, 1]])
    #expect(file.outline[2] == "tip <- dend(1.0)")
    #expect(file.points("tip") == [[100, 0, 0, 1], [100, 50, 0, 1]])
    #expect(file.warnings.map(\.kind) == [.reversed])
  }

  @Test func warnings() throws {
    let soma = "create soma, dend\nsoma { L = 10 diam = 10 }\n"
    let cases: [(String, MorphologyWarning.Kind, Int)] = [
      (soma + "connect dend(0), soma(1)\ndend.L = 5", .defaults, 1),
      (
        soma + "dend { L = 5 diam = 1 }\nconnect dend(0), soma(1)\nconnect dend(0), soma(0)",
        .replaced, 5
      ),
      (
        soma + "dend { pt3dadd(0,0,0,-1) pt3dadd(0,0,9,1) }\nconnect dend(0), soma(0)", .diameter, 3
      ),
    ]
    for (text, kind, line) in cases {
      let file = try read(text)
      #expect(file.warnings.map(\.kind) == [kind], "\(text): \(file.warnings)")
      #expect(file.warnings.first?.line == line)
    }
  }

  @Test(arguments: [
    "proc f() { }", "func f() { }", "for i = 0, 1 { }", "while (1) { }", "if (1) { }",
    "begintemplate A", "load_file(\"a.hoc\")", "xopen(\"a\")", "insert pas", "g_pas = 0.1",
    "soma { insert hh }", "soma.g_pas = 1", "diam(0.5) = 3", "soma.v = 3", "x = 3", "celldef()",
    "soma { L = 2 * 3 }", "soma { L = PI }", "soma { L = 5/2 }", "soma { L = 5 + 2 }",
    "forsec \"de.*\" { L = 1 }", "forsec unknown { L = 1 }", "soma { nseg = 1.5 }",
    "soma { nseg = 0 }", "soma { cm = -1 }", "objref o\no = new List()", "strdef s", "dend L = 1",
    "soma { pt3dadd(0, 0, 0, 1) pt3dadd(1, 0, 0, 1) L = 4 }", "soma[1] { L = 3 }",
    "create soma", "forall pt3dadd(0, 0, 0, 1)\ncreate b\nforall pt3dadd(0,0,0,1)", "soma.",
  ])
  func everythingElseIsRefused(statement: String) throws {
    let text = "create soma\nsoma { diam = 10 }\n" + statement + "\n"
    do {
      _ = try read(text)
      Issue.record("read without an error: \(statement)")
    } catch let error as MorphologyFileError {
      let last = 3 + statement.split(separator: "\n").count - 1
      #expect(error.line == last, "\(error)")
    }
  }
}
