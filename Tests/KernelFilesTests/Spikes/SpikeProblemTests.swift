import KernelFiles
import Testing

@Suite("Files of spikes that are wrong")
struct SpikeProblemTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let parts: [String]
    var testDescription: String { name + ": " + parts.joined(separator: " ") }

    init(_ name: String, _ text: String, _ parts: String...) {
      self.name = name
      self.text = text
      self.parts = parts
    }
  }

  static let nest: [Case] = [
    Case("s.gdf", "", "is empty"),
    Case("s.gdf", "1\n", ":1: has 1 column", "id and time"),
    Case("s.gdf", "1\t2\t3\n", ":1: has 3 columns", "--resolution"),
    Case("s.gdf", "1 2\n1\n", ":2: has 1 field; the first line has 2"),
    Case("s.gdf", "1 2\n\n# x\n1 2 3\n", ":4: has 3 fields"),
    Case("s.gdf", "1 2\n1 x\n", ":2: 'x' is not a time"),
    Case("s.gdf", "1 2\n1 0,5\n", ":2: '0,5'", "decimal point"),
    Case("s.gdf", "1 2\n1.5 2\n", ":2: '1.5' is not the id of a node", "whole number"),
    Case("s.gdf", "1 2\nE 2\n", ":2: 'E' is not the id"),
    Case("s.gdf", "1 2\n1e300 2\n", ":2: '1e300'"),
    Case("s.dat", "sender\ttime_step\ttime_offset\n1\t2\t0\n", ":1:", "steps", "--resolution"),
    Case("s.dat", "sender\ttmie\n1\t2\n", ":1: has no column 'time'"),
    Case("s.dat", "sender time_ms\n1 2\n1 2 3\n", ":3: has 3 fields; the first line has 2"),
    Case("s.dat", "1 0x10\n", "'0x10' is not a time"),
  ]

  static let tables: [Case] = [
    Case("s.csv", "# only a comment\n", "is empty", "a line of titles"),
    Case("s.csv", "0.5,E\n", ":1:", "no column 'time'", "titles are time"),
    Case("s.csv", "0.5,3\n", ":1: has no titles", "in any order"),
    Case("s.csv", "tme,population\n", ":1:", "no column 'time'", "'tme' may mean 'time'"),
    Case("s.csv", "time,popluation\n", ":1:", "neither 'population' nor 'node'", "may mean"),
    Case("s.csv", "time,t,node\n", ":1:", "means the same"),
    Case("s.csv", "time,population\n1\n", ":2: has 1 field; the first line has 2"),
    Case("s.csv", "time,population\n1,E,3\n", ":2: has 3 fields"),
    Case("s.csv", "time;population\n1,5;E\n", ":2: '1,5' is not a time", "decimal point"),
    Case("s.csv", "time,population\n,E\n", ":2: '' is not a time"),
    Case("s.csv", "time,population\n1,\n", ":2: '' is not the name"),
    Case("s.csv", "time,node\n1,a\n", ":2: 'a' is not the id of a node"),
    Case("s.csv", "time,node\n1,2.5\n2,x\n3,4\n", ":2: '2.5'", ":3: 'x'"),
    Case("s.txt", "hello world\n", "neither its content nor its ending", "sonata, lfpy, nest"),
    Case("s.h5", "time,node\n1,2\n", "does not begin as a file with the ending .h5"),
  ]

  @Test(arguments: nest + tables) func refused(_ problem: Case) throws {
    let directory = try ScratchDirectory()
    let path = try directory.write(problem.text.utf8, to: problem.name)
    let error = try #require(throws: (any Error).self) { try SpikeFile.read(path: path) }
    #expect("\(error)".contains(path), "\(error)")
    for part in problem.parts { #expect("\(error)".contains(part), "\(error)") }
  }

  @Test func missing() throws {
    let directory = try ScratchDirectory()
    for path in [directory("none.gdf"), directory("none.h5"), directory.path] {
      for format in [nil] + SpikeFileFormat.allCases {
        let error = try #require(throws: (any Error).self) {
          try SpikeFile.read(path: path, options: .init(format: format))
        }
        #expect("\(error)".contains(path))
      }
    }
  }

  struct HDF5Case: Sendable, CustomTestStringConvertible {
    let parts: [String]
    let build: @Sendable (HDF5File) throws -> Void
    var testDescription: String { parts.joined(separator: " ") }

    init(_ parts: String..., build: @escaping @Sendable (HDF5File) throws -> Void) {
      self.parts = parts
      self.build = build
    }
  }

  private static let spikes = ["spikes", "E"]

  static let sonata: [HDF5Case] = [
    HDF5Case("/spikes", "is empty") { try $0.createGroup(["spikes"]) },
    HDF5Case("/spikes/E/timestamps", "does not exist", "/spikes/E is empty") {
      try $0.createGroup(spikes)
    },
    HDF5Case("/spikes/E/node_ids", "does not exist") {
      try $0.write(StoredArray([1.0]), to: spikes + ["timestamps"])
    },
    HDF5Case("/spikes/E/timestamps", "has 2 times for 1 node_ids") {
      try $0.write(StoredArray([1.0, 2]), to: spikes + ["timestamps"])
      try $0.write(StoredArray([1]), to: spikes + ["node_ids"])
    },
    HDF5Case("/spikes/E/timestamps", "it should have 1 dimensions") {
      try $0.write(StoredArray(shape: [1, 1], values: [1.0]), to: spikes + ["timestamps"])
      try $0.write(StoredArray([1]), to: spikes + ["node_ids"])
    },
    HDF5Case("/spikes/E/node_ids", "does not hold whole numbers") {
      try $0.write(StoredArray([1.0]), to: spikes + ["timestamps"])
      try $0.write(StoredArray([1.5]), to: spikes + ["node_ids"])
    },
    HDF5Case("/spikes/E/timestamps", "does not hold numbers") {
      try $0.write(["a"], to: spikes + ["timestamps"])
      try $0.write(StoredArray([1]), to: spikes + ["node_ids"])
    },
    HDF5Case("attribute units of /spikes/E/timestamps", "is \"min\"", "ms or s") {
      try $0.write(StoredArray([1.0]), to: spikes + ["timestamps"])
      try $0.write(StoredArray([1]), to: spikes + ["node_ids"])
      try $0.setAttribute("units", of: spikes + ["timestamps"], to: "min")
    },
    HDF5Case("attribute units", "does not hold text") {
      try $0.write(StoredArray([1.0]), to: spikes + ["timestamps"])
      try $0.write(StoredArray([1]), to: spikes + ["node_ids"])
      try $0.setAttribute("units", of: spikes + ["timestamps"], to: 3)
    },
    HDF5Case("/spikes", "is not a group") { try $0.write(StoredArray([1.0]), to: ["spikes"]) },
  ]

  static let others: [HDF5Case] = [
    HDF5Case("/E/times", "does not hold lists", "variable length") {
      try $0.write(StoredArray([1]), to: ["E", "gids"])
      try $0.write(StoredArray([1.0]), to: ["E", "times"])
    },
    HDF5Case("/E/times", "has 0 lists for 1 gids") {
      try $0.write(StoredArray([1]), to: ["E", "gids"])
      try $0.write(StoredArray([Double]()), to: ["E", "times"])
    },
    HDF5Case("/E/gids", "should have 1 dimensions") {
      try $0.write(StoredArray(scalar: 1), to: ["E", "gids"])
      try $0.write(StoredArray([1.0]), to: ["E", "times"])
    },
    HDF5Case("neither spikes nor binned activity") { try $0.createGroup(["E"]) },
    HDF5Case("how wide its bins are", "--bin-width") {
      try $0.write(StoredArray([1.0]), to: ["E"])
    },
    HDF5Case("bins are -1.0 ms wide", "positive") {
      try $0.write(StoredArray([1.0]), to: ["E"])
      try $0.setAttribute("dt", to: -1.0)
    },
    HDF5Case("E: bin 1 holds nan", "finite") {
      try $0.write(StoredArray([1.0, .nan]), to: ["E"])
      try $0.setAttribute("dt", to: 1.0)
    },
    HDF5Case("has 2 rows and 0 names", "--names E,I") {
      try $0.write(StoredArray(shape: [2, 1], values: [1.0, 2]), to: ["nu"])
    },
    HDF5Case("attribute dt", "is 2.0 here and 1.0 elsewhere") {
      try $0.write(StoredArray([1.0]), to: ["E"])
      try $0.setAttribute("dt", of: ["E"], to: 1.0)
      try $0.setAttribute("dt", to: 2.0)
    },
    HDF5Case("holds \"LFPKernels kernels\", not spikes") {
      try $0.setAttribute("format", to: "LFPKernels kernels")
    },
    HDF5Case("/x", "populations × bins") {
      try $0.write(StoredArray(shape: [1, 1, 1], values: [1.0]), to: ["x"])
    },
  ]

  @Test(arguments: sonata + others) func refused(_ problem: HDF5Case) throws {
    let directory = try ScratchDirectory()
    let path = directory("s.h5")
    let file = try HDF5File(inMemoryFor: path)
    try problem.build(file)
    try file.write(to: path, overwrite: false)
    let error = try storageError { _ = try SpikeFile.read(path: path) }
    #expect(error.file == path)
    for part in problem.parts { #expect("\(error)".contains(part), "\(error)") }
  }

  /// NumPy files that are cut or changed are read or refused, and nothing else.
  @Test func damagedNumPy() throws {
    let directory = try ScratchDirectory()
    let whole = NPYArray(StoredArray(shape: [2, 2], values: [1.0, 2, 3, 4])).bytes
    let options = SpikeFileOptions(binWidth: 1, names: ["E", "I"])
    for count in [6, 9, 20, 60, 127, 128, 159] {
      let path = try directory.write(whole[..<count], to: "a.npy")
      _ = try storageError { _ = try SpikeFile.read(path: path, options: options) }
    }
    for (old, new) in [
      ("(2, 2)", "(9, 9)"), ("(2, 2)", "(2,-2"), ("<f8", "<c8"), ("<f8", "|O8"), ("descr", "dscre"),
      ("2, 2), ", "2,2,1)"), ("(2, 2)", "(1, 4)"), ("(2, 2)", "9999e9"),
    ] {
      let text = String(decoding: whole[..<128], as: UTF8.self)
      #expect(text.contains(old))
      // The magic is no UTF-8: only what follows it is taken from the text.
      let changed =
        whole[..<10]
        + String(decoding: whole[10..<128], as: UTF8.self)
        .replacing(old, with: new).utf8 + whole[128...]
      let path = try directory.write(changed, to: "b.npy")
      _ = try storageError { _ = try SpikeFile.read(path: path, options: options) }
    }
    let archive = try directory.write([0x50, 0x4B, 3, 4, 0, 0], to: "c.npz")
    _ = try storageError { _ = try SpikeFile.read(path: archive, options: options) }
  }
}
