import KernelFiles
import LFPKernels
import Testing

@Suite struct ProbeKindCanonicalTests {
  private static let contacts = "x: [1, 2.5], y: 0, z: 100"

  static let probes = [
    "{dipole: {}}", "{gauss_cylinder: {z: [1, 2], radius: 100}}",
    "{point_source: {\(contacts), average: cell}}",
    "{line_source: {\(contacts), contact: {disc: 5}, normal: [1, 2, 3], sigma: [0.1, 0.2, 0.3]}}",
    "{soma_as_point: {\(contacts), contact: [{square: 5}, {rectangle: [1, 2]}], "
      + "normal: [[0, 1, 0], [1, 1, 0.1]], width_axis: [0.3, 0, 1], names: [a, 'b: c']}}",
    "{line_source: {\(contacts), position: [0.1, 0.2, 0.3], rotation: {x: 0.1, y: 2}, "
      + "contact: {disc: 5}, normal: [0.3, 1, 0], rotations: false, tolerance: 1.0e-3}}",
    "{point_source: {\(contacts), spread: true}}", "{point_source: {\(contacts)}}",
    "{slice: {\(contacts), bottom: -1000, thickness: 2000, squeeze: 0.2, source: point}}",
    "{ecog: {\(contacts), surface: 100, below: 0.1}}", "{sphere: {\(contacts), inside: 0.2}}",
    "{laminar_csd: {z: {from: 100, to: -200, count: 4}}}",
    "{laminar_csd: {z: [[0, 1], [2, 3]], radius: 4, axis: [1, 2]}}",
    "{volumetric_csd: {x: [0, 1], y: [0, 1], z: [0, 1, 2]}}",
    "{eeg: {electrodes: {theta: [0, 1, 1.5], phi: [0, 2, 4]}, location: [0, 1, 7e4], unit: uV}}",
    "{eeg: {electrodes: [0, 0, 80000], names: [Cz], location: [0, 1, 0], axis: [0.1, 0, 2], "
      + "moment: dipole}}",
    "{meg: {sensors: [[0, 0, 1e5], [1e5, 0, 0]], normals: radial, location: [1, 2, 3], "
      + "axis: [1, 0, 0.1], unit: T}}",
    "{meg: {sensors: [0, 0, 1e5], conductor: infinite, location: [1, 2, 3], axis: [1, 0, 0]}}",
    "{dipole_potential: {\(contacts), names: [a, b], location: [0, 0, 9], unit: uV}}",
  ]

  @Test(arguments: probes) func readsBackTheSame(_ probe: String) throws {
    let text = SmallDescription.replacing("{population_dipole: {}}", with: probe)
    let network = try DescriptionFile.read(text: text, fileName: "").network
    let canonical = canonicalDescription(of: network)
    let again = try DescriptionFile.read(text: canonical, fileName: "").network
    #expect(canonicalDescription(of: again) == canonical)
    #expect(
      String(reflecting: again.probes[0].measures)
        == String(reflecting: network.probes[0].measures))
  }

  @Test func differentProbesAreWrittenDifferently() throws {
    let texts = try Self.probes.map { probe in
      let text = SmallDescription.replacing("{population_dipole: {}}", with: probe)
      return canonicalDescription(
        of: try DescriptionFile.read(text: text, fileName: "").network)
    }
    #expect(Set(texts).count == texts.count)
  }
}
