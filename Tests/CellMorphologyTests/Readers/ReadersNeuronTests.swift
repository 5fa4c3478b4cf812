import CellMorphology
import Foundation
import Testing

/// Compartments of morphology files against those that NEURON 9 makes of the same files.
@Suite struct ReadersNeuronTests {
  @Test func allFixturesAreThere() { #expect(ReaderFixtures.names.count >= 25) }

  @Test(arguments: ReaderFixtures.names)
  func compartmentsAgree(name: String) throws {
    let expected = try #require(ReaderFixtures.cases[name])
    let file = try MorphologyFile(reading: ReaderFixtures.bytes(name), fileName: name)
    let cell = try file.discretized(axialResistivity: file.format == .hoc ? 35.4 : 100)
    let own = cell.compartments
    try #require(own.sectionNames == expected.sections.map(\.name))
    let counts = own.sectionNames.indices.map { s in own.section.count { $0 == s } }
    try #require(counts == expected.sections.map(\.count))

    for (section, place) in zip(file.morphology.sections, expected.sections) {
      // NEURON lets somata without a connection be; here they hang on the first.
      if place.parent < 0, section.parent != nil {
        #expect(name == "two_somata.asc" && section.name == "soma[1]")
        continue
      }
      #expect((section.parent?.section ?? -1) == place.parent)
      if place.parent >= 0 { #expect(section.parent?.position == place.position) }
    }

    // The limit is NEURON's 32-bit storage of points: 6e-8 of the largest coordinate.
    let extent = expected.columns[..<6].joined().map(\.magnitude).max() ?? 1
    let places = [own.startX, own.startY, own.startZ, own.endX, own.endY, own.endZ]
    for (a, b) in zip(places, expected.columns) { #expect(worstError(a, b) < 2e-7 * extent) }
    #expect(worstRelativeError(own.diameter, expected.columns[6]) < 1e-6)
    #expect(worstRelativeError(own.area, expected.columns[7]) < 1e-6)
    let connected = own.section.indices.filter { i in
      let first = i == 0 || own.section[i] != own.section[i - 1]
      return !(first && expected.sections[own.section[i]].parent < 0)
    }
    let resistance = cell.resistanceToParent
    #expect(
      worstRelativeError(
        connected.map { resistance[$0] }, connected.map { expected.columns[8][$0] }) < 1e-6)
  }

  /// Compartments from LFPy of cells that are not part of the project: the environment variable
  /// LFPKERNELS_REFERENCE names the folder with `golden/` and `data/`.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["LFPKERNELS_REFERENCE"] != nil))
  func compartmentsOfReferenceCells() throws {
    let folder = URL(
      fileURLWithPath: ProcessInfo.processInfo.environment["LFPKERNELS_REFERENCE"] ?? "")
    for source in ["geometry.json", "morphology.json"] {
      let url = folder.appendingPathComponent("golden/\(source)")
      let cases = try JSONDecoder().decode([String: LFPyCell].self, from: Data(contentsOf: url))
      for (name, expected) in cases.sorted(by: { $0.key < $1.key }) {
        let path = expected.file.map { "golden/\($0)" } ?? "data/\(name)"
        let bytes = try Data(contentsOf: folder.appendingPathComponent(path))
        let file = try MorphologyFile(reading: [UInt8](bytes), fileName: path)
        try expected.compare(with: file, name: name)
      }
    }
  }
}

/// Compartments as LFPy gives them: moved to the soma, with fractions of sections rounded to six
/// decimals.
private struct LFPyCell: Decodable {
  struct Row: Decodable {
    let section: String
    let ri: Double
    let parent: Parent?
  }

  struct Parent: Decodable {}

  struct Angles: Decodable {
    let x, y, z: Double
  }

  let file: String?
  let frequency: Double
  let rotation: Angles?
  let position: [Double]?
  let x, y, z: [[Double]]
  let d, area, length: [Double]
  let compartments: [Row]

  enum CodingKeys: String, CodingKey {
    case file, rotation, position, x, y, z, d, area, length, compartments
    case frequency = "lambda_f"
  }

  func compare(with file: MorphologyFile, name: String) throws {
    let cell = try file.discretized(frequency: frequency, axialResistivity: 100)
    let angles = rotation.map { Rotation(x: $0.x, y: $0.y, z: $0.z) } ?? .none
    let place = position.map { SIMD3($0[0], $0[1], $0[2]) } ?? .zero
    let own = cell.compartments.placed(rotation: angles, at: place)
    try #require(own.section.map { own.sectionNames[$0] } == compartments.map(\.section))
    let resistance = cell.resistanceToParent
    let connected = compartments.indices.filter { compartments[$0].parent != nil }
    let errors = [
      worstRelativeError(own.diameter, d), worstRelativeError(own.area, area),
      worstRelativeError(own.length, length),
      worstRelativeError(
        connected.map { resistance[$0] }, connected.map { compartments[$0].ri }),
    ]
    let extent = (x + y + z).joined().map(\.magnitude).max() ?? 1
    let places =
      zip([own.startX, own.startY, own.startZ], [x, y, z]).map {
        worstError($0, $1.map { $0[0] })
      } + zip([own.endX, own.endY, own.endZ], [x, y, z]).map { worstError($0, $1.map { $0[1] }) }
    #expect((errors.max() ?? 1) < 1e-5, "\(name): \(errors)")
    #expect((places.max() ?? 1) / extent < 1e-5, "\(name): \(places) of \(extent)")
  }
}
