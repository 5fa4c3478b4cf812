import Foundation
import KernelFiles
import LFPKernels
import Testing

@testable import CommandLineTool

@Suite struct PredictCommandTests {
  static let dt = 0.1

  /// A kernel that is different in every pathway, output and lag, and 0 before the spike.
  static func kernel(_ post: String, _ pre: String, rows: Int, seed: Double) -> Matrix {
    var result = Matrix(rows: rows, columns: 41)
    for row in 0..<rows {
      for lag in 0...20 {
        let phase: Double = seed + Double(row) + 0.7 * Double(lag)
        result[row, lag + 20] = 1e-4 * sin(phase) * exp(-Double(lag) / 5)
      }
    }
    return result
  }

  static func contents() -> KernelFileContents {
    var kernels: [KernelFileContents.Kernel] = []
    for (index, path) in [("E", "E"), ("E", "I"), ("I", "E")].enumerated() {
      for (probe, rows) in [("lfp", 4), ("dipole", 3)] {
        kernels.append(
          .init(
            postsynaptic: path.0, presynaptic: path.1, probe: probe,
            values: kernel(path.0, path.1, rows: rows, seed: Double(index) + Double(rows)),
            dt: dt, firstLag: -2))
      }
    }
    return KernelFileContents(
      kernels: kernels,
      probes: [
        .init(
          name: "lfp", kind: "gauss_cylinder", unit: "mV",
          positions: (0..<4).map { SIMD3(0, 0, 100 * Double($0)) }),
        .init(
          name: "dipole", kind: "population_dipole", unit: "nA um",
          outputNames: ["Px", "Py", "Pz"]),
      ], description: "", descriptionSHA256: sha256("net"), programVersion: "0")
  }

  /// Spike times, ms, of which some are on edges of bins and some twice.
  static let times: [String: [Double]] = [
    "E": [0, 0.05, 1.234, 1.234, 7.3, 29.95, 12.25], "I": [3.1, 3.149, 3.15, 18],
  ]

  static func directory() throws -> ToolDirectory {
    let directory = try ToolDirectory()
    try KernelFile.write(
      contents(), to: directory.url.appendingPathComponent("k.h5").path, overwrite: false)
    let lines = times.sorted { $0.key < $1.key }.flatMap { name, times in
      times.map { "\($0),\(name)\n" }
    }
    try directory.write("time,population\n" + lines.joined(), to: "s.csv")
    return directory
  }

  /// The sum of shifted kernels over spikes whose bins were found by hand: steps of 0.1 ms, edges to the
  /// later bin.
  static let bins: [String: [Int]] = [
    "E": [0, 1, 12, 12, 73, 300, 123], "I": [31, 31, 32, 180],
  ]

  static func expected(
    _ probe: String, times: Range<Int>, onto: String? = nil, from: String? = nil
  ) -> Matrix {
    let rows = probe == "lfp" ? 4 : 3
    var result = Matrix(rows: rows, columns: times.count)
    for kernel in contents().kernels
    where kernel.probe == probe && (onto ?? kernel.postsynaptic) == kernel.postsynaptic
      && (from ?? kernel.presynaptic) == kernel.presynaptic
    {
      for bin in bins[kernel.presynaptic] ?? [] {
        for lag in 0...20 where times.contains(bin + lag) {
          for row in 0..<rows {
            result[row, bin + lag - times.lowerBound] += kernel.values[row, lag + 20]
          }
        }
      }
    }
    return result
  }

  static func file(_ directory: ToolDirectory, _ name: String) throws -> SignalFile {
    try SignalFile(directory.url.appendingPathComponent(name).path)
  }

  /// Relative to the largest value.
  static func error(_ a: Matrix, _ b: Matrix) -> Double {
    guard a.rows == b.rows, a.columns == b.columns else { return .infinity }
    return (a - b).maximumMagnitude / b.maximumMagnitude
  }

  @Test func signalsAreSumsOfShiftedKernels() throws {
    let directory = try Self.directory()
    let result = try directory.run("predict", "k.h5", "s.csv", "-o", "s.h5")
    #expect(result.status == 0 && result.output == "")
    // The report: E has two spikes at one time, but nobody says of which neurons.
    #expect(result.errors == "")
    let file = try Self.file(directory, "s.h5")
    #expect(file.header.signals.map(\.name) == ["total", "total"])
    #expect(file.header.dt == 0.1 && file.header.firstTime == 0)
    // The last spike and 20 lags behind it.
    #expect(file.header.count == 321)
    #expect(file.header.spikes.map(\.file) == ["s.csv"])
    for (index, probe) in ["lfp", "dipole"].enumerated() {
      #expect(try Self.error(file.read(index), Self.expected(probe, times: 0..<321)) < 1e-12)
    }
  }

  @Test(arguments: ["dense", "events", "automatic"])
  func anyStretchOfTime(_ plan: String) throws {
    let directory = try Self.directory()
    // Spikes before the first time act on the signal after it.
    let result = try directory.run(
      "predict", "k.h5", "s.csv", "-o", "s.h5", "--from", "1.5", "--to", "30", "--plan", plan,
      "--probe", "lfp", "--threads", "1")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors == "note: 1 spike of E after the times that matter\n")
    let file = try Self.file(directory, "s.h5")
    #expect(file.header.count == 285)
    #expect(try Self.error(file.read(0), Self.expected("lfp", times: 15..<300)) < 1e-12)
  }

  @Test func pathwaysAndPopulationsAddUp() throws {
    let directory = try Self.directory()
    #expect(
      try directory.run("predict", "k.h5", "s.csv", "-o", "p.h5", "--pathways").status == 0)
    let pathways = try Self.file(directory, "p.h5")
    #expect(
      pathways.header.signals.map { "\($0.probe)/\($0.name)" } == [
        "lfp/total", "lfp/E:E", "lfp/E:I", "lfp/I:E", "dipole/total", "dipole/E:E", "dipole/E:I",
        "dipole/I:E",
      ])
    let one = try pathways.read(pathways.signal(probe: "lfp", name: "E:I"))
    #expect(
      Self.error(one, Self.expected("lfp", times: 0..<321, onto: "E", from: "I")) < 1e-12)
    #expect(try Self.error(pathways.read(0), Self.expected("lfp", times: 0..<321)) < 1e-12)
    #expect(
      try directory.run(
        "predict", "k.h5", "s.csv", "-o", "q.h5", "--populations", "--probe", "lfp"
      ).status == 0)
    let populations = try Self.file(directory, "q.h5")
    #expect(populations.header.signals.map(\.name) == ["total", "E", "I"])
    #expect(
      try Self.error(
        populations.read(1), Self.expected("lfp", times: 0..<321, onto: "E")) < 1e-12)
    #expect(try Self.error(populations.read(0), Self.expected("lfp", times: 0..<321)) < 1e-12)
  }

  /// The same spikes in other formats give the same file but for names and digests.
  @Test func otherFormats() throws {
    let directory = try Self.directory()
    _ = try directory.run("predict", "k.h5", "s.csv", "-o", "a.h5")
    let expected = try Self.file(directory, "a.h5").read(0)
    func lines(_ name: String, _ id: Int) -> String {
      (Self.times[name] ?? []).enumerated().map { "\(id + $0)\t\($1)\n" }.joined()
    }
    try directory.write(lines("E", 1) + lines("I", 101), to: "all.gdf")
    try directory.write(lines("E", 1), to: "e.dat")
    try directory.write(lines("I", 101), to: "i.dat")
    try directory.write("1 100\n101 200\n", to: "population_nodeids.dat")
    for (index, arguments) in [
      ["all.gdf", "--nodes", "E=1-100", "--nodes", "I=101-200"], ["E=e.dat", "I=i.dat"],
      ["e.dat", "i.dat", "--nodes", "population_nodeids.dat", "--names", "E,I"],
    ].enumerated() {
      let result = try directory.run(["predict", "k.h5", "-o", "b\(index).h5"] + arguments)
      #expect(result == .init(status: 0, output: "", errors: ""))
      #expect(try Self.file(directory, "b\(index).h5").read(0) == expected)
    }
    var counts = Matrix(rows: 2, columns: 301)
    for (row, name) in ["E", "I"].enumerated() {
      for bin in Self.bins[name] ?? [] { counts[row, bin] += 1 }
    }
    try Data(NPYArray(StoredArray(counts)).bytes)
      .write(to: directory.url.appendingPathComponent("nu.npy"))
    let binned = try directory.run(
      "predict", "k.h5", "nu.npy", "--names", "E,I", "--bin-width", "0.1", "-o", "n.h5")
    #expect(binned == .init(status: 0, output: "", errors: ""))
    #expect(try Self.file(directory, "n.h5").read(0) == expected)
  }

  @Test func resultsDoNotDependOnThreads() throws {
    let directory = try Self.directory()
    for threads in ["1", "2"] {
      _ = try directory.run(
        "predict", "k.h5", "s.csv", "-o", "s\(threads).h5", "--to", "5000", "--threads", threads)
    }
    let files = try ["s1.h5", "s2.h5"].map {
      try Data(contentsOf: directory.url.appendingPathComponent($0))
    }
    #expect(files[0] == files[1] && files[0].count > 50_000)
  }

  @Test func sonataAndPictures() throws {
    let directory = try Self.directory()
    let result = try directory.run(
      "predict", "k.h5", "s.csv", "-o", "s.h5", "--probe", "lfp", "--sonata", "ecp.h5", "--plot",
      "s.svg")
    #expect(result == .init(status: 0, output: "", errors: ""))
    let report = try HDF5File(reading: directory.url.appendingPathComponent("ecp.h5").path)
    let data = try report.read(["ecp", "data"], as: Double.self)
    #expect(data.shape == [4, 321])
    #expect(try data == StoredArray(Self.file(directory, "s.h5").read(0)))
    #expect(try report.read(["ecp", "time"], as: Double.self).values == [0, 321 * 0.1, 0.1])
    #expect(try directory.text("s.svg").contains("<svg"))
    #expect(
      try directory.run("plot", "s.h5", "-o", "p.svg") == .init(status: 0, output: "", errors: ""))
    #expect(try directory.text("p.svg") == directory.text("s.svg"))
  }

  @Test func reportsInJSON() throws {
    let directory = try Self.directory()
    try directory.write(
      "time,node\n-50,1\n-1,1\n3,1\n3,1\n4,999\nnan,2\n2,2\n900,150\n", to: "odd.csv")
    let result = try directory.run(
      "predict", "k.h5", "odd.csv", "--nodes", "E=1-100", "--nodes", "I=101-150", "--nodes",
      "X=151-160", "-o", "s.h5", "--to", "100", "--json")
    #expect(result.status == 0)
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    let spikes = object?["spikes"] as? [String: Any]
    #expect(spikes?["read"] as? Int == 8)
    #expect(spikes?["notFinite"] as? Int == 1)
    #expect(spikes?["unknownNodes"] as? Int == 1)
    #expect(spikes?["unknownExamples"] as? [Int] == [999])
    let populations = spikes?["populations"] as? [[String: Any]]
    #expect(populations?.first?["duplicates"] as? Int == 1)
    #expect(populations?.first?["negativeTimes"] as? Int == 2)
    #expect(populations?.first?["before"] as? Int == 1)
    #expect(
      result.errors == """
        warning: 1 spike without a finite time left out
        warning: 1 spike of nodes in no population (such as 999) left out
        warning: 2 spikes before 0 ms
        warning: 1 spike at the same time as another one of their node, all counted
        warning: 1 spike of E before the times that matter
        warning: 1 spike of I after the times that matter
        warning: X has no kernels: its spikes make no signal

        """)
    #expect(object?["times"] as? Int == 1000)
  }

  @Test(arguments: [
    (["no.h5", "s.csv", "-o", "o.h5"], "no.h5: does not exist"),
    (["s.csv", "s.csv", "-o", "o.h5"], "s.csv: is not an HDF5 file"),
    (["k.h5", "no.csv", "-o", "o.h5"], "no.csv: "),
    (["k.h5", "s.csv", "-o", "o.npz"], "o.npz: its ending does not tell the format"),
    (["k.h5", "s.csv", "-o", "s.csv"], "s.csv: its ending"),
    (["k.h5", "s.csv", "-o", "k.h5"], "k.h5: exists already"),
    (["k.h5", "s.csv", "-o", "o.h5", "--probe", "lpf"], "k.h5: has no probe 'lpf'; did you mean"),
    (
      ["k.h5", "s.csv", "-o", "o.h5", "--sonata", "e.h5"], "--sonata: a report holds the potential"
    ),
    (
      ["k.h5", "A=ids.gdf", "-o", "o.h5"],
      "the spikes are of A, and the kernels of E, I; say which are whose, as in --nodes E=A"
    ),
    (["k.h5", "ids.gdf", "-o", "o.h5"], "ids.gdf: has spikes by the ids of nodes (1 to 2)"),
    (["k.h5", "ids.gdf", "-o", "o.h5", "--nodes", "E=5-1"], "--nodes: E=5-1: the range 5-1"),
    (["k.h5", "late.csv", "-o", "o.h5", "--from", "50"], "spikes: there are none of E or I after"),
    (["k.h5", "k.h5", "-o", "o.h5"], "k.h5: holds \"LFPKernels kernels\", not spikes"),
    (
      ["k.h5", "wide.npz", "-o", "o.h5"],
      "wide.npz: its bins are 0.25 ms wide, and the kernels have 0.1 ms"
    ),
  ])
  func badInputIsRefused(_ arguments: [String], _ message: String) throws {
    let directory = try Self.directory()
    try directory.write("1 0.5\n2 7\n", to: "ids.gdf")
    try directory.write("time,population\n3,E\n", to: "late.csv")
    var archive = NPZFile(for: "wide.npz")
    try archive.add(StoredArray([1.0, 2]), as: "E")
    try archive.add(StoredArray(scalar: 0.25), as: "dt")
    try archive.write(
      to: directory.url.appendingPathComponent("wide.npz").path, overwrite: false)
    let before = try directory.files
    let result = try directory.run(["predict"] + arguments)
    #expect(result.status == 1)
    #expect(result.output == "")
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(try directory.files == before)
  }

  /// Kernels that are not zero before their spike, or of other steps than the rest of the file.
  @Test(arguments: [
    ("kernel E:E/lfp: output 2 is 1e-09 at the lag -1.5 ms", 0),
    ("kernel E:E/lfp: its first lag is -1.95 ms, between steps of 0.1 ms", 1),
    ("probe dipole: its kernels have steps of 0.2 ms, and others 0.1 ms", 2),
    ("probe lfp: the kernel E:I at 'lfp' has another time step", 3),
  ])
  func kernelsThatDoNotFit(_ message: String, _ fault: Int) throws {
    let directory = try Self.directory()
    let contents = Self.contents()
    var kernels = contents.kernels
    for (index, kernel) in kernels.enumerated() {
      let isFirst = index == 0
      if fault == 0, isFirst { kernels[index].values[2, 5] = 1e-9 }
      if fault == 1, isFirst { kernels[index].firstLag = -1.95 }
      if fault == 2 && kernel.probe == "dipole" || fault == 3 && kernel.name == "E:I/lfp" {
        kernels[index].dt = 0.2
      }
    }
    try KernelFile.write(
      KernelFileContents(
        kernels: kernels, probes: contents.probes, description: "", descriptionSHA256: "",
        programVersion: ""), to: directory.url.appendingPathComponent("a.h5").path,
      overwrite: false)
    let result = try directory.run("predict", "a.h5", "s.csv", "-o", "o.h5")
    #expect(result.status == 1)
    #expect(result.errors.contains("a.h5: " + message), "\(result.errors)")
    #expect(try directory.files == ["a.h5", "k.h5", "s.csv"])
  }

  @Test(arguments: [
    ["--to", "-1"], ["--from", "nan"], ["--threads", "0"], ["--pathways", "--populations"],
    ["--tolerance", "1"], ["--resolution", "0"], ["--bin-width", "-1"], ["--plan", "magic"],
    ["--format", "xml"],
  ])
  func wrongUsageEndsWith64(_ arguments: [String]) throws {
    let result = try ToolDirectory().run(["predict", "k.h5", "s.csv", "-o", "s.h5"] + arguments)
    #expect(result.status == 64)
    #expect(result.output == "")
  }
}
