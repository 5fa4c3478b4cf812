import Foundation
import KernelFiles
import LFPKernels
import Testing

/// Probes that other files describe.
@Suite struct ProbeKindFileTests {
  private static let json = """
    {"specification": "probeinterface", "probes": [{
      "ndim": 2, "si_units": "um", "contact_positions": [[0, 0], [0, 20]],
      "contact_shapes": "circle", "contact_shape_params": {"radius": 6},
      "contact_plane_axes": [[[1, 0], [0, 1]], [[1, 0], [0, 1]]], "contact_ids": ["a", "b"]}]}
    """

  @Test func contactsAndTheirSurfaces() throws {
    let directory = try ScratchDirectory()
    _ = try directory.write(Array(Self.json.utf8), to: "probe.json")
    func contacts(_ rest: String) throws -> Contacts {
      let probe = try ProbeKindTests.read(
        "{line_source: {file: probe.json\(rest)}}", in: directory(""))
      return try #require(probe as? PotentialProbe).contacts
    }
    let surface = Contacts.Surface(
      .disc(radius: 6), normal: SIMD3(0, -1, 0), widthAxis: SIMD3(1, 0, 0))
    #expect(
      try contacts("")
        == Contacts(
          [SIMD3(0, 0, 0), SIMD3(0, 0, 20)], surfaces: [surface], names: ["a", "b"]))
    let points = try contacts(", contact: point, position: [0, 0, -100]")
    #expect(points.surfaces.isEmpty && points.positions[1] == SIMD3(0, 0, -80))
    #expect(try contacts(", plane: xy").positions[1] == SIMD3(0, 20, 0))
    let squares = try contacts(", contact: {square: 3}, normal: [0, 1, 0], names: [c, d]")
    #expect(squares.surfaces == [Contacts.Surface(.square(side: 3), normal: SIMD3(0, 1, 0))])
    #expect(squares.names == ["c", "d"])
  }

  @Test func electrodesAndSensors() throws {
    let directory = try ScratchDirectory()
    let table = "name,x_mm,y_mm,z_mm,nx,ny,nz\nCz,0,0,90,0,0,1\nFz,0,63,63,0,1,1\n"
    _ = try directory.write(Array(table.utf8), to: "cap.csv")
    let eeg = try ProbeKindTests.read(
      "{eeg: {electrodes: {file: cap.csv}, location: [0, 0, 70000]}}", in: directory(""))
    let electrodes = try #require(eeg as? EEGProbe).electrodes
    #expect(electrodes.names == ["Cz", "Fz"])
    #expect(electrodes.positions == [SIMD3(0, 0, 90_000), SIMD3(0, 63_000, 63_000)])
    func normals(_ rest: String) throws -> [SIMD3<Double>]? {
      let meg = try ProbeKindTests.read(
        "{meg: {sensors: {file: cap.csv}, location: [0, 0, 70000], axis: [1, 0, 0]\(rest)}}",
        in: directory(""))
      return try #require(meg as? MEGProbe).normals
    }
    #expect(try normals("")?.first == SIMD3(0, 0, 1))
    #expect(try normals(", normals: none") == nil)
  }

  @Test func theNewYorkHead() throws {
    let directory = try ScratchDirectory()
    _ = try HeadModelFileTests.Layout().write(directory)
    let head = "file: head.mat, location: [20, 21, 22.5], unit: uV"
    let read = try ProbeKindTests.read("{new_york_head: {\(head)}}", in: directory(""))
    let probe = try #require(read as? NewYorkHeadProbe)
    let model = try NewYorkHeadFile(path: directory("head.mat")).model(ofVertex: 2)
    #expect(probe == NewYorkHeadProbe(model, unit: .microvolt))
    // The dipole is turned to the normal, which is along y there.
    let signal = try probe.forwardModel(for: Somata(radius: 1, depth: .norm(loc: 0, scale: 1)))
    let stick = Compartments(points: [SIMD3(0, 0, 0), SIMD3(0, 0, 2)], diameter: 1)
    #expect(signal.unit == "uV" && signal.positions.count == 5)
    #expect(abs(try signal.transformationMatrix(for: stick)[3, 0] - 1e-6 * 123) < 1e-18)
  }

  @Test func theNewYorkHeadIsWrittenWithoutItsFile() throws {
    let directory = try ScratchDirectory()
    _ = try HeadModelFileTests.Layout().write(directory)
    let text = SmallDescription.replacing(
      "{population_dipole: {}}",
      with: "{new_york_head: {file: head.mat, location: [20, 21, 22.5]}}")
    let file = try DescriptionFile.read(
      text: text, fileName: "net.yaml", baseDirectory: directory(""))
    let canonical = canonicalDescription(of: file.network)
    let again = try DescriptionFile.read(text: canonical, fileName: "").network
    #expect(
      again.probes[0].measures as? NewYorkHeadProbe
        == file.network.probes[0].measures as? NewYorkHeadProbe)
    #expect(canonicalDescription(of: again) == canonical)
  }

  @Test func whatCannotBeReadIsSaid() throws {
    let directory = try ScratchDirectory()
    _ = try HeadModelFileTests.Layout().write(directory)
    _ = try directory.write(
      Array(Self.json.replacingOccurrences(of: "20]", with: "two]").utf8), to: "probe.json")
    func message(_ probe: String) -> String {
      do {
        _ = try ProbeKindTests.read(probe, in: directory(""))
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(
      message("{line_source: {file: probe.json}}").hasPrefix(
        "net.yaml:22: probes.dipole.line_source.file: probe.json:2: "
          + "probes[0].contact_positions[1][1]: 'two' is not a number"))
    #expect(
      message("{line_source: {file: none.json}}").hasPrefix(
        "net.yaml:22: probes.dipole.line_source.file: none.json: "))
    #expect(
      message("{new_york_head: {file: none.mat, location: parietal_lobe}}").hasPrefix(
        "net.yaml:22: probes.dipole.new_york_head.file: "))
    #expect(
      message("{new_york_head: {file: head.mat, location: parietal}}").hasPrefix(
        "net.yaml:22: probes.dipole.new_york_head.location: there is no place 'parietal'; "))
    #expect(
      message("{new_york_head: {file: head.mat, location: parietal_lobe}}").contains(
        "um from the nearest vertex"))
  }
}
