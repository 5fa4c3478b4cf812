import Foundation
import KernelFiles
import LFPKernels
import Testing

@Suite struct ProbeKindTests {
  /// The only probe of a description.
  static func read(_ text: String, in directory: String = ".") throws -> any PopulationProbe {
    try DescriptionFile.read(
      text: SmallDescription.replacing("{population_dipole: {}}", with: text),
      fileName: "net.yaml", baseDirectory: directory
    ).network.probes[0].measures
  }

  private func expect<Measure: PopulationProbe & Equatable>(
    _ text: String, _ expected: Measure
  ) throws {
    #expect(try Self.read(text) as? Measure == expected)
  }

  let place = [SIMD3(10.0, 0, 100)]

  @Test func potentials() throws {
    try expect(
      "{soma_as_point: {x: 10, y: 0, z: 100, sigma: [0.3, 0.3, 0.45], average: cell}}",
      PotentialProbe(
        .somaAsPoint, contacts: Contacts(place),
        conductivity: Conductivity(x: 0.3, y: 0.3, z: 0.45), average: .cell))
    try expect(
      "{line_source: {x: 10, y: 0, z: 100, rotations: false, tolerance: 1.0e-4}}",
      PotentialProbe(
        .line, contacts: place, average: .population(rotations: false, tolerance: 1e-4)))
    for (text, spread) in [
      ("true", ProbeAverage.standardSpread), ("1.0e-3", 1e-3), ("false", nil as Double?),
    ] {
      try expect(
        "{line_source: {x: 10, y: 0, z: 100, spread: \(text)}}",
        PotentialProbe(.line, contacts: place, average: .population(spread: spread)))
    }
    try expect(
      "{point_source: {x: 10, y: 0, z: 100}}", PotentialProbe(.point, contacts: place))
    try expect(
      "{slice: {x: 10, y: 0, z: 100, thickness: 0.4 mm, source: soma_as_point, squeeze: 0.1}}",
      SliceProbe(contacts: Contacts(place), thickness: 400, source: .somaAsPoint, squeeze: 0.1))
    try expect(
      "{ecog: {x: 10, y: 0, z: 100, surface: 200, above: 0, below: 0.2, steps: 3}}",
      ECoGProbe(contacts: Contacts(place), surface: 200, above: 0, below: 0.2, steps: 3))
    try expect(
      "{sphere: {x: 10, y: 0, z: 100, center: [0, 0, -5], radius: 5 mm, outside: 0.1}}",
      SphereProbe(
        contacts: Contacts(place), center: SIMD3(0, 0, -5), radius: 5000, outside: 0.1))
  }

  @Test func surfacesOfContacts() throws {
    let shared = Contacts.Surface(
      .rectangle(width: 10, height: 20), normal: SIMD3(0, 1, 0), widthAxis: SIMD3(1, 0, 0))
    try expect(
      "{point_source: {x: [1, 2], y: 0, z: 0, contact: {rectangle: [10, 20]}, normal: [0, 1, 0], "
        + "width_axis: [1, 0, 0], names: [a, b]}}",
      PotentialProbe(
        .point,
        contacts: Contacts(
          [SIMD3(1, 0, 0), SIMD3(2, 0, 0)], surfaces: [shared], names: ["a", "b"])))
    let each = [
      Contacts.Surface(.disc(radius: 5), normal: SIMD3(1, 0, 0)),
      Contacts.Surface(.square(side: 7), normal: SIMD3(-1, 0, 0)),
    ]
    try expect(
      "{point_source: {x: [1, 2], y: 0, z: 0, contact: [{disc: 5}, {square: 7}], "
        + "normal: [[1, 0, 0], [-1, 0, 0]]}}",
      PotentialProbe(
        .point, contacts: Contacts([SIMD3(1, 0, 0), SIMD3(2, 0, 0)], surfaces: each)))
  }

  @Test func placement() throws {
    let probe = try Self.read(
      "{point_source: {x: [0, 10], y: 0, z: 0, position: [1, 2, 3], rotation: {z: 90 deg}, "
        + "contact: {disc: 5}, normal: [1, 0, 0]}}")
    let contacts = try #require(probe as? PotentialProbe).contacts
    #expect(contacts.positions[0] == SIMD3(1, 2, 3))
    let apart = contacts.positions[1] - SIMD3(1, 12, 3)
    #expect((apart * apart).sum() < 1e-24)
    let turned = contacts.surfaces[0].normal - SIMD3(0, 1, 0)
    #expect((turned * turned).sum() < 1e-24)
  }

  @Test func currentSourceDensities() throws {
    try expect(
      "{laminar_csd: {z: {from: 100, to: -100, count: 3}}}",
      LaminarCSDProbe(edges: [100, 0, -100]))
    try expect(
      "{laminar_csd: {z: [[0, 50], [100, 200]], radius: 80, axis: [5, 6], average: cell}}",
      LaminarCSDProbe(
        layers: [.init(from: 0, to: 50), .init(from: 100, to: 200)], radius: 80,
        axis: SIMD2(5, 6), average: .cell))
    try expect(
      "{volumetric_csd: {x: [-100, 100], y: [-1, 1], z: {from: 10, to: -10, count: 3}}}",
      VolumetricCSDProbe(x: [-100, 100], y: [-1, 1], z: [-10, 0, 10]))
  }

  @Test func dipoles() throws {
    try expect("{dipole: {}}", DipoleProbe())
    try expect(
      "{eeg: {electrodes: [[0, 0, 90000], [90 mm, 0, 0]], location: [0, 0, 78000], unit: uV}}",
      EEGProbe(
        electrodes: Contacts([SIMD3(0, 0, 90_000), SIMD3(90_000, 0, 0)]),
        dipole: DipoleSource(location: SIMD3(0, 0, 78_000)), unit: .microvolt))
    try expect(
      "{eeg: {electrodes: [0, 0, 9000], names: Cz, radii: [8000, 9000], sigmas: [0.3, 0.1], "
        + "location: [0, 0, 5000], axis: [1, 0, 0], moment: dipole}}",
      EEGProbe(
        electrodes: Contacts([SIMD3(0, 0, 9000)], names: ["Cz"]),
        dipole: DipoleSource(
          location: SIMD3(0, 0, 5000), axis: SIMD3(1, 0, 0), moment: .cell),
        radii: [8000, 9000], sigmas: [0.3, 0.1]))
    let dipole = DipoleSource(location: SIMD3(0, 0, 78_000), axis: SIMD3(1, 0, 0))
    let place = "location: [0, 0, 78000], axis: [1, 0, 0]"
    let sensors = [SIMD3(0, 0, 1e5), SIMD3(0, 1e5, 0)]
    try expect(
      "{meg: {sensors: [[0, 0, 100000], [0, 100000, 0]], \(place), unit: fT}}",
      MEGProbe(sensors: sensors, dipole: dipole, unit: .femtotesla))
    try expect(
      "{meg: {sensors: [[0, 0, 100000], [0, 100000, 0]], \(place), normals: radial}}",
      MEGProbe(sensors: sensors, normals: sensors, dipole: dipole))
    try expect(
      "{meg: {sensors: [[0, 0, 100000], [0, 100000, 0]], \(place), normals: [0, 1, 0], "
        + "conductor: infinite}}",
      MEGProbe(
        sensors: sensors, normals: [SIMD3(0, 1, 0), SIMD3(0, 1, 0)], conductor: .infinite,
        dipole: dipole))
    try expect(
      "{dipole_potential: {x: 0, y: 0, z: 10000, sigma: 0.2}}",
      DipolePotentialProbe(contacts: Contacts([SIMD3(0, 0, 10_000)]), sigma: 0.2))
  }

  @Test func gridsOnSpheres() throws {
    let probe = try Self.read(
      "{eeg: {electrodes: {theta: [0, 90 deg], phi: {from: 0, to: 270 deg, count: 4}}, "
        + "location: [0, 0, 1]}}")
    let positions = try #require(probe as? EEGProbe).electrodes.positions
    #expect(positions.count == 5 && positions[0] == SIMD3(0, 0, 90_000))
    for (found, expected) in zip(
      positions.dropFirst(),
      [SIMD3(9e4, 0, 0), SIMD3(0, 9e4, 0), SIMD3(-9e4, 0, 0), SIMD3(0, -9e4, 0)])
    {
      #expect(((found - expected) * (found - expected)).sum() < 1e-18)
    }
  }
}
