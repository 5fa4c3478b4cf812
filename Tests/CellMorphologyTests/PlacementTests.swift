import Foundation
import Testing

@testable import CellMorphology

@Suite struct PlacementTests {
  private func rows(_ r: Rotation) -> [[Double]] {
    let columns = [SIMD3(1.0, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1)].map { r($0) }
    return (0..<3).map { i in columns.map { $0[i] } }
  }

  private func expect(
    _ rows: [[Double]], _ expected: [[Double]], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    // Entries up to 1 after three products: some eps.
    for i in 0..<3 {
      for j in 0..<3 {
        #expect(abs(rows[i][j] - expected[i][j]) < 4e-16 * 3, sourceLocation: sourceLocation)
      }
    }
  }

  @Test func rotationsAreTheTextbooks() {
    for angle in [0, 0.3, -1.2, 2.5, .pi, 7] {
      let (c, s) = (cos(angle), sin(angle))
      expect(rows(Rotation(x: angle)), [[1, 0, 0], [0, c, -s], [0, s, c]])
      expect(rows(Rotation(y: angle)), [[c, 0, s], [0, 1, 0], [-s, 0, c]])
      expect(rows(Rotation(z: angle)), [[c, -s, 0], [s, c, 0], [0, 0, 1]])
    }
  }

  @Test func xIsTurnedFirst() {
    func product(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
      (0..<3).map { i in (0..<3).map { j in (0..<3).reduce(0) { $0 + a[i][$1] * b[$1][j] } } }
    }
    for (x, y, z) in [(0.3, -0.2, 0.1), (1.5, 2.5, -3.5), (0, 1, 2)] {
      let expected = product(
        rows(Rotation(z: z)), product(rows(Rotation(y: y)), rows(Rotation(x: x))))
      expect(rows(Rotation(x: x, y: y, z: z)), expected)
    }
    #expect(Rotation.none == Rotation(x: 0, y: 0, z: 0))
  }

  @Test func turnedAboutTheSomaAsTheReferenceDoes() throws {
    for reference in try NeuronReference.file.get().placements {
      let sections = ["soma", "dend", "apic"].enumerated().map { index, name in
        Section(
          name: name, points: reference.sections[index].map(MorphologyPoint.init(row:)),
          parent: index == 0 ? nil : SectionParent(section: 0))
      }
      let (a, p) = (reference.angles, reference.position)
      let placed = try NeuronMorphology(sections: sections).cut(.counts([:])).compartments.placed(
        rotation: Rotation(x: a[0], y: a[1], z: a[2]), at: SIMD3(p[0], p[1], p[2]))
      for i in 0..<3 {
        for axis in 0..<3 {
          // Coordinates up to 400 um, turned and moved: some eps of that.
          #expect(abs(placed.start(i)[axis] - reference.start[i][axis]) < 1e-12)
          #expect(abs(placed.end(i)[axis] - reference.end[i][axis]) < 1e-12)
        }
      }
      #expect(distance(placed.somaPosition, SIMD3(p[0], p[1], p[2])) < 1e-12)
    }
  }

  @Test func placementMovesOnlyPositions() throws {
    var random = Random(seed: 32)
    let cell = try random.morphology(6).cut(.counts([:], otherwise: 4)).compartments
    let placed = cell.placed(rotation: Rotation(x: 1, y: 2, z: 3), at: SIMD3(5, 6, 7))
    #expect(placed.area == cell.area && placed.diameter == cell.diameter)
    #expect(placed.length == cell.length && placed.section == cell.section)
    for i in 0..<cell.count {
      for j in 0..<cell.count {
        let (a, b) = (
          distance(placed.start(i), placed.end(j)), distance(cell.start(i), cell.end(j))
        )
        #expect(abs(a - b) < 1e-12 * 300, "distances within the cell stay")
      }
    }
    // There and back.
    let back = placed.placed(rotation: Rotation(z: -3), at: .zero)
      .placed(rotation: Rotation(y: -2), at: .zero)
      .placed(rotation: Rotation(x: -1), at: cell.somaPosition)
    for i in 0..<cell.count { #expect(distance(back.start(i), cell.start(i)) < 1e-12 * 300) }
  }

  @Test func somaPosition() throws {
    let branch = straight("dend[0]", length: 40)
    let soma = Section(
      name: "soma[0]", points: [.init(0, 0, 10, diameter: 20), .init(0, 0, 40, diameter: 20)],
      parent: SectionParent(section: 0))
    let other = Section(
      name: "soma[1]", points: [.init(8, 0, 10, diameter: 2), .init(8, 0, 40, diameter: 2)],
      parent: SectionParent(section: 0))
    func position(_ sections: [Section], _ count: Int) throws -> SIMD3<Double> {
      try NeuronMorphology(sections: sections).cut(.counts([:], otherwise: count)).compartments
        .somaPosition
    }
    #expect(try position([branch, soma], 3) == SIMD3(0, 0, 25))
    #expect(try position([branch, soma, other], 1) == SIMD3(4, 0, 25), "the mean of both")
    #expect(try position([branch], 2) == SIMD3(10, 0, 0), "compartment 0 where there is no soma")
    let alike = Section(name: "somatic", points: soma.points, parent: SectionParent(section: 0))
    #expect(try position([branch, alike], 2) == SIMD3(10, 0, 0), "types match as a whole")
  }

  @Test func selection() throws {
    let names = ["soma", "dend[1]", "dend[10]", "apic[0]"]
    let sections = names.enumerated().map { index, name in
      straight(name, parent: index == 0 ? nil : SectionParent(section: 0))
    }
    let cell = try NeuronMorphology(sections: sections).cut(.counts(["soma": 2])).compartments
    func select(_ names: [String]?) -> [Bool] { cell.selection(sections: names).selected }
    #expect(select(nil) == [true, true, true, true, true])
    #expect(select([]) == [false, false, false, false, false])
    #expect(select(["dend"]) == [false, false, true, true, false])
    #expect(select(["dend[1]"]) == [false, false, true, false, false])
    #expect(select(["dend[1", "den", "ap"]) == [false, false, false, false, false])
    #expect(select(["soma", "apic[0]", "soma"]) == [true, true, false, false, true])
    #expect(cell.selection(sections: nil).unmatched == [])
    #expect(
      cell.selection(sections: ["axon", "dend", "apic[1]", "apic[0]"]).unmatched
        == ["axon", "apic[1]"])
  }
}
