import CellMorphology
import Testing

@Suite struct MorphologyErrorTests {
  private func expect(
    _ sections: [Section], _ section: String?, _ problem: MorphologyError.Problem, _ text: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = MorphologyError(section: section, problem: problem)
    #expect(throws: error, sourceLocation: sourceLocation) {
      try NeuronMorphology(sections: sections)
    }
    let place = section.map { "section '\($0)': " } ?? "morphology: "
    #expect(error.description == place + text, sourceLocation: sourceLocation)
  }

  private func points(_ rows: [[Double]]) -> [Section] {
    [Section(name: "dend[2]", points: rows.map(MorphologyPoint.init(row:)))]
  }

  @Test func sections() {
    expect([], nil, .empty, "there are no sections; at least one is needed")
    expect(
      [straight("dend"), straight("dend", parent: SectionParent(section: 0))], "dend",
      .repeatedName, "the name is used twice; names of sections must differ")
  }

  @Test func pointsAndDiameters() {
    let good: [Double] = [0, 0, 0, 1]
    func point(_ count: Int) -> String {
      "has \(count) point\(count == 1 ? "" : "s"); a section needs at least two, each x, y, z and "
        + "diameter in um"
    }
    expect(points([]), "dend[2]", .tooFewPoints(0), point(0))
    expect(points([good]), "dend[2]", .tooFewPoints(1), point(1))
    for axis in 0..<4 {
      for value in [Double.nan, .infinity, -.infinity] {
        var bad: [Double] = [1, 2, 3, 4]
        bad[axis] = value
        expect(
          points([good, bad]), "dend[2]", .notFinite(point: 1),
          "point 2 holds a number that is not finite")
      }
    }
    expect(
      points([[0, 0, 0, 0], [1, 0, 0, 1]]), "dend[2]", .diameter(0, point: 0),
      "point 1 has diameter 0.0 um; diameters must be positive")
    expect(
      points([good, [1, 0, 0, -2]]), "dend[2]", .diameter(-2, point: 1),
      "point 2 has diameter -2.0 um; diameters must be positive")
    expect(
      points([good, [0, 0, 0, 3], good]), "dend[2]", .noLength,
      "all its points coincide; a section needs a length")
    expect(
      points([[-1e300, 0, 0, 1], [1e300, 0, 0, 1]]), "dend[2]", .endless,
      "its points are too far apart for their distances to be numbers")
  }

  @Test func parents() {
    for index in [2, -1, .max] {
      expect(
        [straight("soma"), straight("dend", parent: SectionParent(section: index))], "dend",
        .unknownParent, "its parent is not among the sections")
    }
    for place in [-0.01, 1.0000001, .infinity] {
      expect(
        [straight("soma"), straight("dend", parent: SectionParent(section: 0, position: place))],
        "dend", .parentPosition(place),
        "begins at \(place) of its parent; the place must lie between 0 and 1")
    }
    let undefined = SectionParent(section: 0, position: .nan)
    #expect(throws: MorphologyError.self) {
      try NeuronMorphology(sections: [straight("soma"), straight("dend", parent: undefined)])
    }
    expect(
      [straight("soma"), straight("dend", parent: SectionParent(section: 0)), straight("axon")],
      "axon", .detached(root: "soma"),
      "is detached: it has no parent, but 'soma' is the root already; give it a parent such as "
        + "soma(1)")
  }

  @Test func cycles() {
    let text = "its parents form a cycle and never reach a root"
    func child(_ name: String, of parent: Int) -> Section {
      straight(name, parent: SectionParent(section: parent))
    }
    expect([child("a", of: 0)], "a", .cycle, text)
    expect([child("a", of: 1), child("b", of: 0)], "a", .cycle, text)
    expect([straight("soma"), child("a", of: 1)], "a", .cycle, text)
    expect(
      [
        straight("soma"), child("a", of: 0), child("b", of: 4), child("c", of: 2),
        child("d", of: 3),
      ],
      "b", .cycle, text)
  }
}

@Suite struct MorphologyTests {
  @Test func orderOfSections() throws {
    func child(_ name: String, of parent: Int) -> Section {
      straight(name, parent: SectionParent(section: parent))
    }
    let morphology = try NeuronMorphology(
      sections: [child("c", of: 2), child("a", of: 3), child("b", of: 3), straight("soma")])
    #expect(morphology.sections.map(\.name) == ["c", "a", "b", "soma"], "kept as given")
    #expect(morphology.topologicalOrder == [3, 1, 2, 0])
    #expect(morphology.root == 3)
    var random = Random(seed: 1)
    let large = try random.morphology(300)
    var place = [Int](repeating: 0, count: 300)
    for (position, index) in large.topologicalOrder.enumerated() { place[index] = position }
    #expect(large.topologicalOrder.sorted() == Array(0..<300))
    for (index, section) in large.sections.enumerated() {
      if let parent = section.parent { #expect(place[parent.section] < place[index]) }
    }
  }

  @Test func namesAndTypes() {
    #expect(straight("apic[3]").type == "apic")
    #expect(straight("soma").type == "soma")
    #expect(Section.type(ofName: "a[1][2]") == "a")
    #expect(Section.type(ofName: "[1]") == "")
  }

  @Test func arcLength() {
    let bent = Section(
      name: "dend",
      points: [
        .init(0, 0, 0, diameter: 1), .init(3, 4, 0, diameter: 1), .init(3, 4, 0, diameter: 2),
        .init(3, 4, 12, diameter: 1),
      ])
    #expect(bent.arcLength == 17)
    #expect(Section(name: "none", points: []).arcLength == 0)
  }

  @Test func longChainsNeedNoStack() throws {
    let count = 100_000
    // Backwards, so that each section comes before its parent.
    let sections = (0..<count).map { i in
      straight("s[\(i)]", parent: i + 1 < count ? SectionParent(section: i + 1) : nil)
    }
    let cell = try NeuronMorphology(sections: sections).cut(.counts([:]))
    #expect(cell.compartments.count == count)
    // Junctions at all ends that have a child.
    #expect(cell.tree.nodeCount == 2 * count - 1)
    #expect(cell.tree.compartment[0] == count - 1)
    #expect(cell.tree.parent.indices.dropFirst().allSatisfy { cell.tree.parent[$0] < $0 })
  }

  @Test func oneSectionHasNoJunctions() throws {
    let cell = try NeuronMorphology(sections: [straight("soma")]).cut(.counts([:], otherwise: 3))
    #expect(cell.tree.parent == [-1, 0, 1])
    #expect(cell.tree.compartment == [0, 1, 2])
    // 100 um of 2 um at 100 ohm cm in thirds: 0.01 * 100 * 4 * (100/3) / (pi * 4) MOhm.
    for k in 1...2 { #expect(relativeError(cell.tree.resistance[k], 100 / 3 / .pi) < 1e-14) }
    #expect(relativeError(cell.compartments.area[1], .pi * 2 * 100 / 3) < 1e-14)
  }
}
