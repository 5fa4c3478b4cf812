import CellMorphology
import Testing

@Suite struct ReadersImportTests {
  private let cell = """
    1 1 10 20 30 5 -1
    2 4 10 28 30 1 1
    3 4 10 228 30 1 2
    4 2 10 12 30 2 1
    5 2 10 -18 30 1 4
    6 2 10 -88 30 .5 5
    7 3 18 20 30 1 1
    8 3 58 20 30 1 7
    """

  private func read(_ options: ImportOptions) throws -> MorphologyFile {
    try MorphologyFile(text: cell, options: options)
  }

  @Test func formats() throws {
    let swc = Array("# (x\n\n 1 1 0 0 0 1 -1".utf8)
    let asc = Array("; create x\n(\"CellBody\" (1 2 3 4))".utf8)
    let hoc = Array("/* 1 */ // (\n\ncreate soma".utf8)
    #expect(MorphologyFormat.guess(swc, fileName: "a.hoc") == .swc)
    #expect(MorphologyFormat.guess(asc) == .neurolucida)
    #expect(MorphologyFormat.guess(hoc, fileName: "cell") == .hoc)
    #expect(MorphologyFormat.guess(Array("{create soma}".utf8)) == .hoc)
    #expect(MorphologyFormat.guess([], fileName: "x/y.ASC") == .neurolucida)
    #expect(MorphologyFormat.guess([0, 1, 2], fileName: "cell.Swc") == .swc)
    #expect(MorphologyFormat.guess([0xFF]) == nil)
    #expect(
      MorphologyFormat.guess(Array("V3 text file".utf8), fileName: "cell.asc") == .neurolucida)
    #expect(MorphologyFormat.guess(swc, fileName: "cell.asc") == .swc)
    #expect(throws: MorphologyFileError.self) { try MorphologyFile(reading: []) }
    // The format that is asked for overrides what content and ending say.
    #expect(throws: MorphologyFileError.self) { try MorphologyFile(reading: swc, format: .hoc) }
  }

  @Test func scaleAndAxes() throws {
    let file = try read(ImportOptions(scale: 0.5, swapsYAndZ: true))
    #expect(file.points("apic[0]") == [[5, -15, 14, 1], [5, -15, 114, 1]])
    let centred = try read(ImportOptions(centresSoma: true))
    #expect(
      centred.points("soma[0]").map { Array($0[..<3]) } == [[-5, 0, 0], [0, 0, 0], [5, 0, 0]])
    for scale in [0, -1, .nan, .infinity] {
      #expect(throws: MorphologyFileError.self) { try read(ImportOptions(scale: scale)) }
    }
  }

  @Test func uprightCell() throws {
    // The cell extends along y, its apical dendrite towards +y: it is turned onto z.
    let file = try read(ImportOptions(turnsUpright: true, centresSoma: true))
    let tip = try #require(file.points("apic[0]").last)
    #expect(tip[2] > 205 && tip[2] <= 208)
    let plain = try read(ImportOptions())
    for (a, b) in zip(plain.morphology.sections, file.morphology.sections) {
      #expect((a.arcLength - b.arcLength).magnitude < 1e-9)
    }
    // Upside down, it comes out the same way up.
    let turned = cell.split(separator: "\n").map { line in
      var columns = line.split(separator: " ").map(String.init)
      columns[3] = "\(-(Double(columns[3]) ?? 0))"
      return columns.joined(separator: " ")
    }.joined(separator: "\n")
    let again = try MorphologyFile(
      text: turned, options: ImportOptions(turnsUpright: true, centresSoma: true))
    #expect(((again.points("apic[0]").last?[2] ?? 0) - tip[2]).magnitude < 1e-6)
  }

  @Test func axonDropped() throws {
    let file = try read(ImportOptions(axon: .drop))
    #expect(file.outline == ["soma[0]", "dend[0] <- soma[0](0.5)", "apic[0] <- soma[0](0.5)"])
    #expect(file.settings.count == 3)
  }

  @Test func axonStub() throws {
    let file = try read(ImportOptions(axon: .stub))
    #expect(
      file.outline == [
        "soma[0]", "dend[0] <- soma[0](0.5)", "apic[0] <- soma[0](0.5)", "axon[0] <- soma[0](0.5)",
        "axon[1] <- axon[0](1.0)",
      ])
    // The axon tapers from 4 to 2 um over the first 30 um, then from 2 to 1 um over 70 um.
    #expect(file.points("axon[0]") == [[10, 12, 30, 3], [10, -18, 30, 3]])
    let second = file.points("axon[1]")
    #expect(second.map { $0[1] } == [-18, -48])
    #expect((second[0][3] - (2 - 15.0 / 70)).magnitude < 1e-6)

    let bare = try MorphologyFile(
      text: "1 1 0 0 0 5 -1\n2 3 0 8 0 1 1\n3 3 0 18 0 1 2\n", options: ImportOptions(axon: .stub))
    #expect(bare.points("axon[0]") == [[0, 0, 0, 1], [0, 0, -30, 1]])
    #expect(bare.points("axon[1]") == [[0, 0, -30, 1], [0, 0, -60, 1]])
    #expect(throws: MorphologyFileError.self) {
      try MorphologyFile(
        text: "1 2 0 0 0 5 -1\n2 2 9 0 0 5 1\n", options: ImportOptions(axon: .drop))
    }
  }
}
