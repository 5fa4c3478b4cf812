import KernelFiles
import Testing

@Suite("Probe files that are wrong")
struct ProbeFileProblemTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let format: ProbeFileFormat
    let text: String

    /// Parts that the messages must have.
    let parts: [String]

    /// How many messages there are.
    let count: Int
    var testDescription: String { parts.joined(separator: " ") }

    init(_ format: ProbeFileFormat, _ text: String, _ parts: String..., count: Int = 1) {
      self.count = count
      self.format = format
      self.text = text
      self.parts = parts
    }
  }

  /// A probe of two contacts, changed in one place.
  private static func changed(_ part: String, to other: String) -> String {
    ProbeInterfaceTests.json(
      """
      "ndim": 2,
      "si_units": "um",
      "contact_positions": [[0, 0], [0, 20]],
      "contact_plane_axes": [[[1, 0], [0, 1]], [[1, 0], [0, 1]]],
      "contact_shapes": ["circle", "rect"],
      "contact_shape_params": [{"radius": 6}, {"width": 1, "height": 2}],
      "contact_ids": ["a", "b"]
      """
    ).replacing(part, with: other)
  }

  static let probeInterface: [Case] = [
    Case(.probeInterface, "", "p: is empty; a probe is needed"),
    Case(.probeInterface, "{\"probes\": [", "not valid"),
    Case(.probeInterface, "[1, 2]", "not a mapping"),
    Case(.probeInterface, "{}", "probes: is missing"),
    Case(.probeInterface, "{\"prob\": []}", "did you mean 'probes'?"),
    Case(.probeInterface, "{\"probes\": []}", "at least one probe"),
    Case(.probeInterface, "{\"probes\": 3}", "'3' is not a list"),
    Case(.probeInterface, "{\"probes\": [7]}", "probes[0]: '7' is not a mapping"),
    Case(
      .probeInterface, "{\"specification\": \"prb\"}",
      "'prb' is not 'probeinterface'", "probes: is missing", count: 2),
    Case(.probeInterface, changed("\"ndim\": 2", to: "\"ndim\": 4"), "p:6", "neither 2 nor 3"),
    Case(.probeInterface, changed("\"ndim\": 2", to: "\"ndim\": \"two\""), "is not a number"),
    Case(.probeInterface, changed("\"ndim\": 2,", to: ""), "probes[0].ndim: is missing"),
    Case(
      .probeInterface, changed("\"ndim\": 2", to: "\"ndim\": 3"), "has 2 numbers; 3 are needed",
      count: 4),
    Case(.probeInterface, changed("\"um\"", to: "\"inch\""), "p:7", "'inch'", "use um, mm or m"),
    Case(.probeInterface, changed("si_units", to: "si_unit"), "p:7", "did you mean 'si_units'?"),
    Case(
      .probeInterface, changed("contact_positions", to: "contact_position"),
      "did you mean 'contact_positions'?"),
    Case(.probeInterface, changed("[[0, 0], [0, 20]]", to: "[]"), "at least one contact"),
    Case(.probeInterface, changed("[0, 20]", to: "[0]"), "contact_positions[1]: has 1 number;"),
    Case(.probeInterface, changed("[0, 20]", to: "[0, NaN]"), "positions[1][1]", "finite"),
    Case(.probeInterface, changed("[0, 20]", to: "[0, \"20 um\"]"), "has a unit"),
    Case(.probeInterface, changed("[0, 20]", to: "5"), "'5' is not a list"),
    Case(
      .probeInterface, changed("[[1, 0], [0, 1]]]", to: "[[1, 0], [1, 1]]]"),
      "contact_plane_axes[1]", "right angles"),
    Case(
      .probeInterface, changed("[[1, 0], [0, 1]]]", to: "[[0, 0], [0, 1]]]"), "without direction"),
    Case(.probeInterface, changed("[[1, 0], [0, 1]]]", to: "[[0, 1]]]"), "has 1 axes; two"),
    Case(.probeInterface, changed(", [[1, 0], [0, 1]]]", to: "]"), "has 1 elements for 2 contacts"),
    Case(.probeInterface, changed("\"circle\"", to: "\"cirle\""), "did you mean 'circle'?"),
    Case(.probeInterface, changed("\"circle\", ", to: ""), "has 1 elements for 2 contacts"),
    Case(.probeInterface, changed("{\"radius\": 6}", to: "{\"radius\": -6}"), "is negative"),
    Case(.probeInterface, changed("\"radius\"", to: "\"radus\""), "did you mean 'radius'?"),
    Case(.probeInterface, changed(", \"height\": 2", to: ""), "height: is missing"),
    Case(.probeInterface, changed("{\"radius\": 6}, ", to: ""), "has 1 elements"),
    Case(.probeInterface, changed("[\"a\", \"b\"]", to: "[\"a\"]"), "contact_ids: has 1 elements"),
    Case(.probeInterface, changed("[\"a\", \"b\"]", to: "[[1], \"b\"]"), "is not a name"),
    Case(
      .probeInterface, changed("\"contact_ids\": [", to: "\"contact_sides\": ["),
      "neither 'front' nor 'back'"),
    Case(
      .probeInterface, changed("\"contact_shapes\": [\"circle\", \"rect\"],", to: ""),
      "no use without contact_shapes"),
  ]

  static let meautility: [Case] = [
    Case(.meautility, " \n", "is empty"),
    Case(.meautility, "# nothing\n", "is empty; a probe"),
    Case(.meautility, "- 1\n- 2\n", "not a mapping"),
    Case(.meautility, "shape: circle\n", "dim: is missing", "pos, a list of positions"),
    Case(.meautility, "dims: 3\npitch: 2\n", "p:1: dims", "did you mean 'dim'?"),
    Case(.meautility, "dim: 2\n", "pitch: is missing"),
    Case(.meautility, "dim: 0\npitch: 2\n", "from 1 up"),
    Case(.meautility, "dim: 2.5\npitch: 2\n", "whole number"),
    Case(.meautility, "dim: [3]\npitch: 2\n", "has 1 numbers"),
    Case(.meautility, "dim: [900000, 900000]\npitch: 2\n", "at most 1000000"),
    Case(.meautility, "dim: 2\npitch: -2\n", "p:2: pitch", "not positive"),
    Case(.meautility, "dim: 2\npitch: [1, 2, 3]\n", "has 3 numbers"),
    Case(.meautility, "dim: [2, 2]\npitch: 1\nstagger: [1, 2, 3]\n", "3 numbers for 2 columns"),
    Case(.meautility, "dim: 2\npitch: 1\nplane: zy\n", "p:3: plane", "did you mean"),
    Case(.meautility, "dim: 2\npitch: 1\nshape: disc\n", "'disc' is not a shape"),
    Case(.meautility, "dim: 2\npitch: 1\nshape: circle\nsize: 0\n", "not positive"),
    Case(.meautility, "dim: 2\npitch: 1\nshape: rect\n", "size: [half width, half height]"),
    Case(.meautility, "dim: 2\npitch: 1\nshape: rect\nsize: [1]\n", "has 1 number;"),
    Case(.meautility, "dim: 2\npitch: 1\nsortlist: [0, 1, 2]\n", "3 numbers for 4"),
    Case(.meautility, "dim: 2\npitch: 1\nsortlist: [0, 1, 2, 4]\n", "they are 0 to 3"),
    Case(.meautility, "dim: 2\npitch: 1\nsortlist: [0, 1, 2, 2]\n", "2 is there twice"),
    Case(.meautility, "dim: 2\npitch: 1\ncenter: maybe\n", "neither true nor false"),
    Case(.meautility, "pos: []\n", "at least one contact"),
    Case(.meautility, "pos: [[1], [2]]\n", "has 1 coordinates; 2 or 3"),
    Case(.meautility, "pos: [[1, 2], [2, 3, 4]]\n", "pos[1]: has 3 numbers; 2 are"),
    Case(.meautility, "pos: [[1, 2], [2, .inf]]\n", "pos[1][1]", "finite"),
    Case(.meautility, "pos: 4\n", "'4' is not a list"),
    Case(.meautility, "pos: [[1, 2]\n", "not valid"),
  ]

  static let table: [Case] = [
    Case(.table, "\n", "is empty"),
    Case(.table, "# nothing\n", "only comments"),
    Case(.table, "x,y,z\n", "p:1", "no contacts below"),
    Case(.table, "x,z\n1,2\n", "has no column 'y'"),
    Case(.table, "channel,x_pos,y_poss,z_pos\n1,2,3,4\n", "no column 'y'", "y_poss"),
    Case(.table, "x,y,z,x_pos\n1,2,3,4\n", "means the same"),
    Case(.table, "1,2,3,4\n", "4 columns without titles"),
    Case(.table, "5\n", "1 column without titles"),
    Case(.table, "x,y,z\n1,2\n", "p:2: has 2 fields; the first line has 3"),
    Case(.table, "1,2,3\n1,2,3,4\n", "p:2: has 4 fields"),
    Case(.table, "1,2,3\n1,a,3\n", "p:2: y: 'a' is not a finite number"),
    Case(.table, "x;y;z\n1,5;2;3\n", "'1,5'", "decimal point"),
    Case(.table, "1,2,3\n1,,3\n", "p:2: y: ''"),
    Case(.table, "1,2,3\n1,nan,3\n", "'nan' is not a finite number"),
    Case(.table, "1,2,3\n1,1e999,3\n", "'1e999' is not a finite number"),
    Case(.table, "1,2,3\n1,0x10,3\n", "'0x10'"),
    Case(.table, "x,y,z,radius\n1,2,3,-1\n", "radius: -1.0 is negative"),
    Case(.table, "x,y,z,width\n1,2,3,1\n", "give both, or side"),
    Case(.table, "x,y,z,nx,ny\n1,2,3,1,0\n", "part of a normal"),
    Case(.table, "x,y,z,nx,ny,nz\n1,2,3,0,0,0\n", "normal without direction"),
  ]

  @Test(arguments: probeInterface + meautility + table)
  func refused(_ problem: Case) throws {
    let error = try #require(throws: DescriptionError.self) {
      try ProbeGeometry.read(text: problem.text, fileName: "p", format: problem.format)
    }
    for part in problem.parts {
      #expect("\(error)".contains(part), "\(error)")
    }
    #expect(error.diagnostics.count == problem.count, "\(error)")
  }

  /// Texts that are cut off or have a character changed are read or refused, and nothing else.
  @Test func damaged() {
    let texts: [(ProbeFileFormat, String)] = [
      (.probeInterface, ProbeInterfaceTests.json(ProbeInterfaceTests.flat)),
      (.meautility, "dim: [2, 3]\npitch: [10, 20]\nstagger: 5\nshape: circle\nsize: 3\n"),
      (.table, "channel,x,y,z,nx,ny,nz\n0,1,2,3,0,0,1\n"),
    ]
    var state: UInt64 = 7
    func random(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    let characters = Array("[]{},:\"-.0159eE \n#&*!|>xyz\u{0}ü")
    for (format, text) in texts {
      for _ in 0..<300 {
        var changed = Array(text)
        for _ in 0...random(3) {
          changed[random(changed.count)] = characters[random(characters.count)]
        }
        if random(3) == 0 { changed.removeLast(random(changed.count)) }
        _ = try? ProbeGeometry.read(text: String(changed), fileName: "p", format: format)
      }
    }
  }
}
