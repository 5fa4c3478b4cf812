import KernelFiles
import LFPKernels
import Testing

@Suite("Probe files: probeinterface")
struct ProbeInterfaceTests {
  static func json(_ probe: String, rest: String = "") -> String {
    """
    {
      "specification": "probeinterface",
      "version": "0.2.21",
      "probes": [
        {
          \(probe)
        }\(rest)
      ]
    }
    """
  }

  private func read(_ text: String, plane: ProbePlane = .xz) throws -> ProbeGeometry {
    try ProbeGeometry.read(
      text: text, fileName: "p.json", format: .probeInterface, plane: plane)
  }

  static let flat = """
    "ndim": 2, "si_units": "um",
    "annotations": {"model_name": "a", "manufacturer": "b"},
    "contact_annotations": {},
    "contact_positions": [[0.0, 0.0], [0, 20.5], [1e1, -40]],
    "contact_plane_axes": [[[1, 0], [0, 1]], [[0, 2], [-2, 0]], [[1, 0], [0, 1]]],
    "contact_shapes": ["circle", "square", "rect"],
    "contact_shape_params": [{"radius": 6}, {"width": 12}, {"width": 5, "height": 10}],
    "contact_ids": ["a", "b", "c"], "shank_ids": ["0", "0", "1"],
    "device_channel_indices": [2, 1, 0], "probe_planar_contour": [[0, 0], [1, 1], [2, 0]]
    """

  @Test func twoDimensions() throws {
    let probe = try read(Self.json(Self.flat))
    #expect(probe.contacts == [SIMD3(0, 0, 0), SIMD3(0, 0, 20.5), SIMD3(10, 0, -40)])
    #expect(
      probe.shapes == [.circle(radius: 6), .square(side: 12), .rect(width: 5, height: 10)])
    #expect(probe.names == ["a", "b", "c"])
    #expect(probe.normals == Array(repeating: SIMD3(0, -1, 0), count: 3))
    #expect(probe.frames?[1].first == SIMD3(0, 0, 1))
    #expect(probe.warnings.isEmpty)
    let flat = try read(Self.json(Self.flat), plane: .xy)
    #expect(flat.contacts[1] == SIMD3(0, 20.5, 0))
    #expect(flat.normals?[0] == SIMD3(0, 0, 1))
  }

  @Test(arguments: [("um", 1.0), ("mm", 1e3), ("m", 1e6)])
  func threeDimensionsInUnits(unit: String, scale: Double) throws {
    let text = Self.json(
      """
      "ndim": 3, "si_units": "\(unit)", "annotations": {},
      "contact_positions": [[0.5, 0, 2], [1, 2, 3]],
      "contact_plane_axes": [[[1, 0, 0], [0, 0, 1]], [[0, 3, 0], [0, 0, 1]]],
      "contact_shapes": ["circle", "circle"],
      "contact_shape_params": [{"radius": 0.25}, {"radius": 0}]
      """)
    let probe = try read(text)
    #expect(probe.contacts == [scale * SIMD3(0.5, 0, 2), scale * SIMD3(1, 2, 3)])
    #expect(probe.shapes == [.circle(radius: 0.25 * scale), nil])
    #expect(probe.normals == [SIMD3(0, -1, 0), SIMD3(1, 0, 0)])
    #expect(probe.names == ["0", "1"])
  }

  @Test func severalProbes() throws {
    let second = """
      , {"ndim": 2, "si_units": "mm", "contact_positions": [[1, 2]],
      "contact_shapes": "square", "contact_shape_params": {"width": 0.01}}
      """
    let probe = try read(Self.json(Self.flat, rest: second))
    #expect(probe.contacts.count == 4 && probe.contacts[3] == SIMD3(1000, 0, 2000))
    #expect(probe.shapes[3] == .square(side: 10))
    #expect(probe.names == ["a", "b", "c", "0"])
    let one = "{\"ndim\": 2, \"si_units\": \"um\", \"contact_positions\": [[0, 0]]}"
    let group = try read("{\"probes\": [\(one), \(one)]}")
    #expect(group.names == ["0:0", "1:0"])
    #expect(group.warnings.count == 1 && "\(group.warnings[0])".contains("same place"))
  }

  @Test func sidesAndOldNames() throws {
    let text = Self.json(
      """
      "ndim": 2, "si_units": "um", "electrode_positions": [[0, 1], [0, 1]],
      "electrode_shapes": ["circle", "circle"],
      "electrode_shape_params": [{"radius": 1}, {"radius": 1}],
      "contact_sides": ["front", "back"], "novel_feature": 3
      """)
    let probe = try read(text)
    #expect(probe.normals == [SIMD3(0, -1, 0), SIMD3(0, 1, 0)])
    #expect(probe.warnings.map(\.path) == ["probes[0].novel_feature"])
  }
}

@Suite("Probe files: MEAutility")
struct MEAutilityTests {
  private func read(_ text: String) throws -> ProbeGeometry {
    try ProbeGeometry.read(
      text: "electrode_name: test\nsortlist: null\ntype: mea\n" + text, fileName: "p.yaml",
      format: .meautility)
  }

  private func isNear(_ a: [SIMD3<Double>], _ b: [SIMD3<Double>]) -> Bool {
    a.count == b.count
      && zip(a, b).allSatisfy { max(abs(($0 - $1).x), abs(($0 - $1).y), abs(($0 - $1).z)) < 6e-4 }
  }

  /// Positions as MEAutility 1.5.3 gives them.
  @Test func grids() throws {
    let square = try read("dim: 2\npitch: 10\nsize: 5\nshape: square\n")
    #expect(
      square.contacts == [SIMD3(0, -5, -5), SIMD3(0, -5, 5), SIMD3(0, 5, -5), SIMD3(0, 5, 5)])
    #expect(square.shapes.allSatisfy { $0 == .square(side: 10) })
    #expect(square.normals?[0] == SIMD3(1, 0, 0))
    let oblong = try read("dim: [3, 2]\npitch: [10, 20]\nplane: xy\nshape: circle\nsize: 7.5\n")
    #expect(
      oblong.contacts == [
        SIMD3(-10, -10, 0), SIMD3(-10, 0, 0), SIMD3(-10, 10, 0), SIMD3(10, -10, 0),
        SIMD3(10, 0, 0), SIMD3(10, 10, 0),
      ])
    #expect(oblong.normals?[0] == SIMD3(0, 0, 1) && oblong.shapes[0] == .circle(radius: 7.5))
    let columns = try read("dim: [2, 3, 2]\npitch: [10, 20]\nstagger: 5\n")
    #expect(
      isNear(
        columns.contacts,
        [
          SIMD3(0, -20, -9.286), SIMD3(0, -20, 0.714), SIMD3(0, 0, -4.286), SIMD3(0, 0, 5.714),
          SIMD3(0, 0, 15.714), SIMD3(0, 20, -9.286), SIMD3(0, 20, 0.714),
        ]))
    #expect(columns.shapes.allSatisfy { $0 == nil })
    let shifted = try read("dim: [2, 2, 2]\npitch: [10, 20]\nstagger: [1, 5, 7]\ncenter: false\n")
    #expect(
      shifted.contacts == [
        SIMD3(0, 0, 1), SIMD3(0, 0, 11), SIMD3(0, 20, 5), SIMD3(0, 20, 15), SIMD3(0, 40, 7),
        SIMD3(0, 40, 17),
      ])
  }

  @Test func positions() throws {
    let plane = try read("pos: [[1, 2], [3, 4]]\nplane: xz\noffset: 3\ncenter: false\n")
    #expect(plane.contacts == [SIMD3(1, 3, 2), SIMD3(3, 3, 4)])
    #expect(plane.normals?[0] == SIMD3(0, -1, 0))
    let space = try read("pos:\n- [1, 2, 3]\n- [3, 4, 6]\nshape: rect\nsize: [3, 4]\n")
    #expect(space.contacts == [SIMD3(-1, -1, -1.5), SIMD3(1, 1, 1.5)])
    #expect(space.normals == nil)
    #expect(space.shapes[1] == .rect(width: 6, height: 8))
    let one = try read("pos: [1, 2, 3]\ncenter: false\n")
    #expect(one.contacts == [SIMD3(1, 2, 3)])
  }

  @Test func order() throws {
    let probe = try ProbeGeometry.read(
      text: "pos: [[0, 1, 0], [0, 2, 0], [0, 3, 0], [0, 4, 0]]\nsortlist: [1, 2, 3, 0]\n",
      fileName: "p.yaml", format: .meautility)
    #expect(probe.contacts.map(\.y) == [1.5, -1.5, -0.5, 0.5])
  }

  @Test func warnings() throws {
    let probe = try read(
      "dim: 2\npitch: 10\noffset: 7\nsize: 4\nmanufacturer_url: none\n")
    #expect(
      probe.warnings.map(\.description) == [
        "p.yaml:1: has a size without a shape; MEAutility takes square contacts",
        "p.yaml:6: offset: has no effect, because the probe is centred",
        "p.yaml:8: manufacturer_url: is not known and ignored",
      ])
    #expect(try read("dim: 2\npitch: 1\nshape: circle\n").shapes[0] == .circle(radius: 5))
  }
}

@Suite("Probe files: tables")
struct ContactTableTests {
  private func read(_ text: String, plane: ProbePlane = .xz) throws -> ProbeGeometry {
    try ProbeGeometry.read(text: text, fileName: "p.csv", format: .table, plane: plane)
  }

  @Test(arguments: [",", " ", "\t", ";", ", "])
  func ofBMTK(separator: String) throws {
    let lines = [
      ["channel", "x_pos", "y_pos", "z_pos"], ["0", "1", "-2", "3.5"], ["4", "5", "6", "7"],
    ]
    let text = lines.map { $0.joined(separator: separator) }.joined(separator: "\r\n")
    let probe = try read(text)
    #expect(probe.contacts == [SIMD3(1, -2, 3.5), SIMD3(5, 6, 7)])
    #expect(probe.names == ["0", "4"] && probe.warnings.isEmpty && probe.frames == nil)
  }

  @Test func plain() throws {
    #expect(try read("1,2,3\n\n# comment\n4,5,6e1 # deep\n").contacts.map(\.z) == [3, 60])
    #expect(try read("1,2\n4,5\n").contacts == [SIMD3(1, 0, 2), SIMD3(4, 0, 5)])
    #expect(try read("x,y\n1,2\n", plane: .yz).contacts == [SIMD3(0, 1, 2)])
    #expect(try read("z;y;x\n1;2;3").contacts == [SIMD3(3, 2, 1)])
  }

  @Test func columns() throws {
    let probe = try read(
      """
      "name","x_mm","y (um)","z [m]",nx,ny,nz,radius,side,width,height_um,colour
      tip,1,2,3e-6,0,0,2,5,0,0,0,red
      b,1,2,4e-6,0,3,4,0,6,0,0,red
      c,1,2,5e-6,1,0,0,0,0,7,8,red
      d,1,2,6e-6,1,0,0,0,0,0,0,red
      """)
    #expect(probe.contacts[0].x == 1000 && abs(probe.contacts[0].z - 3) < 1e-15)
    #expect(probe.names == ["tip", "b", "c", "d"])
    #expect(
      probe.shapes
        == [.circle(radius: 5), .square(side: 6), .rect(width: 7, height: 8), nil])
    let normals = try #require(probe.normals)
    for (normal, expected) in zip(normals, [SIMD3(0, 0, 1), SIMD3(0, 0.6, 0.8), SIMD3(1, 0, 0)]) {
      let d = normal - expected
      #expect((d * d).sum() < 1e-30)
    }
    #expect(probe.warnings.map(\.line) == [1])
  }

  @Test func twiceTheSameName() throws {
    let probe = try read("channel,x,y,z\n1,0,0,0\n1,0,0,5\n")
    #expect(probe.names == ["0", "1"] && probe.warnings.count == 1)
  }
}

@Suite("Probes in space")
struct ProbeGeometryTests {
  @Test func placement() throws {
    let text = "x,y,z,nx,ny,nz\n0,0,10,0,0,1\n1,0,0,1,0,0\n"
    let probe = try ProbeGeometry.read(text: text, fileName: "p.csv", format: .table)
    let placed = probe.placed(rotation: Rotation(x: .pi / 2), at: SIMD3(100, 200, 300))
    // About x, z becomes -y.
    let expected = [SIMD3(100.0, 190, 300), SIMD3(101, 200, 300)]
    for (contact, place) in zip(placed.contacts, expected) {
      let d = contact - place
      #expect((d * d).sum() < 1e-24)
    }
    let normal = try #require(placed.normals?[0]) - SIMD3(0, -1, 0)
    #expect((normal * normal).sum() < 1e-30)
    #expect(probe.placed() == probe)
  }

  @Test func linear() {
    let probe = ProbeGeometry.linear(count: 3, spacing: 100, start: SIMD3(1, 2, 0))
    #expect(probe.contacts == [SIMD3(1, 2, 0), SIMD3(1, 2, -100), SIMD3(1, 2, -200)])
    #expect(probe.names == ["0", "1", "2"] && probe.normals == nil)
    #expect(ProbeGeometry.linear(count: -1, spacing: 1).contacts.isEmpty)
  }

  @Test func formatsByEnding() throws {
    #expect(ProbeFileFormat(fileName: "a/b.JSON") == .probeInterface)
    #expect(ProbeFileFormat(fileName: "b.yml") == .meautility)
    #expect(ProbeFileFormat(fileName: "b.tsv") == .table)
    #expect(ProbeFileFormat(fileName: "b") == nil)
    let directory = try ScratchDirectory()
    let path = try directory.write("1,2,3\n".utf8, to: "probe.csv")
    #expect(try ProbeGeometry.read(path: path).contacts == [SIMD3(1, 2, 3)])
    for (name, part) in [("none.csv", "no such file"), ("", "tells no format"), ("x.prb", ".json")]
    {
      let error = try #require(throws: DescriptionError.self) {
        try ProbeGeometry.read(path: directory(name))
      }
      #expect("\(error)".contains(part))
    }
    let error = try #require(throws: DescriptionError.self) {
      try ProbeGeometry.read(path: directory.path, format: .table)
    }
    #expect("\(error)".contains("is a directory; a probe file"))
  }
}
