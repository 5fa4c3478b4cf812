import Foundation
import KernelFiles
import LFPKernels
import Testing

@testable import CommandLineTool

/// Files that `predict` reads are not overwritten, and none is read or written twice.
@Suite struct PredictFilesTests {
  @Test(arguments: [
    (
      ["k.h5", "s.csv", "-o", "./k.h5", "--force"],
      "./k.h5: is the same file as k.h5, which is read; choose another name"
    ),
    (
      ["k.h5", "E=s.h5", "-o", "s.h5", "--force"],
      "s.h5: is the same file as s.h5, which is read; choose another name"
    ),
    (
      ["k.h5", "s.csv", "-o", "v.h5", "--probe", "lfp", "--sonata", "k.h5", "--force"],
      "k.h5: is the same file as k.h5, which is read; choose another name"
    ),
    (
      ["k.h5", "s.csv", "-o", "v.h5", "--probe", "lfp", "--sonata", "../here/v.h5"],
      "--sonata: ../here/v.h5 is the file of signals, too; choose another name"
    ),
    (
      ["k.h5", "s.csv", "-o", "v.h5", "--probe", "lfp", "--sonata", "v.txt"],
      "v.txt: HDF5 is written; choose a name that ends in .h5 or .hdf5"
    ),
    (
      ["k.h5", "s.csv", "s.csv", "-o", "v.h5"],
      "s.csv: is given twice; its spikes would count twice"
    ),
    (
      ["k.h5", "none.csv", "-o", "v.h5"],
      "spikes: there are none of E or I after 0.0 ms; so the signal is 0; say until when it shall "
        + "reach with --to (ms)"
    ),
    (
      ["k.h5", "s.csv", "-o", "v.h5", "--resolution", "0.1"],
      "s.csv: has no times in steps, which --resolution is for; leave out --resolution"
    ),
    (
      ["k.h5", "s.csv", "-o", "v.h5", "--bin-width", "0.1"],
      "s.csv: has no bins, which --bin-width is for; leave out --bin-width"
    ),
    (
      ["k.h5", "s.csv", "-o", "v.h5", "--names", "E,I"],
      "s.csv: has no rows without names, which --names is for; leave out --names"
    ),
    (
      ["k.h5", "s.csv", "-o", "v.h5", "--resample"],
      "s.csv: has no bins, which --resample is for; leave it out"
    ),
    (
      ["k.h5", "s.csv", "-o", "v.h5", "--ignore-columns", "trial"],
      "s.csv: has no column 'trial' that --ignore-columns leaves out; leave it out of "
        + "--ignore-columns"
    ),
  ])
  func refused(arguments: [String], message: String) throws {
    let directory = try PredictCommandTests.directory()
    try directory.write("time,population\n", to: "none.csv")
    let name = directory.url.lastPathComponent
    let result = try directory.run(
      ["predict"] + arguments.map { $0.replacing("/here/", with: "/\(name)/") })
    #expect(result.status == 1)
    #expect(result.errors == "Error: \(message.replacing("/here/", with: "/\(name)/"))\n")
    #expect(try directory.files == ["k.h5", "none.csv", "s.csv"])
    _ = try KernelFile.read(directory.url.appendingPathComponent("k.h5").path)
  }

  @Test func aSourceThatIsInNoFileIsReported() throws {
    let directory = try PredictCommandTests.directory()
    let result = try directory.run(
      "predict", "k.h5", "s.csv", "-o", "v.h5", "--to", "40", "--nodes", "E=cortex")
    #expect(result.status == 0)
    #expect(
      result.errors
        == "warning: no file has spikes of a population cortex, which the map of nodes names\n")
  }

  @Test func binsWithNegativeNumbersAreReported() throws {
    let directory = try PredictCommandTests.directory()
    let counts = Matrix([[0, -1, 2, -0.5], [1, 0, 0, -2]])
    try Data(NPYArray(StoredArray(counts)).bytes)
      .write(to: directory.url.appendingPathComponent("nu.npy"))
    let result = try directory.run(
      "predict", "k.h5", "nu.npy", "--names", "E,I", "--bin-width", "0.1", "-o", "v.h5")
    #expect(result.status == 0)
    #expect(
      result.errors == """
        warning: 2 bins of E with less than 0 spikes, counted
        warning: 1 bin of I with less than 0 spikes, counted

        """)
  }

  @Test func decimationHasALimit() throws {
    let directory = try PredictCommandTests.directory()
    let result = try directory.run(
      "predict", "k.h5", "s.csv", "-o", "v.h5", "--decimate", "10001")
    #expect(result.status == 64)
    #expect(result.errors.hasPrefix("Error: --decimate 10001: a number from 1 to 10000 is needed"))
  }

  /// Networks without spikes give zeros and a warning, in whatever form they are silent.
  @Test(arguments: ["header.csv", "E=silent.dat", "empty.h5"])
  func silence(_ spikes: String) throws {
    let directory = try PredictCommandTests.directory()
    try directory.write("time,population\n", to: "header.csv")
    try directory.write("", to: "silent.dat")
    let empty = SpikeTable(
      file: "", groups: [.init(population: "E", times: []), .init(population: "I", times: [])])
    try empty.writeSonata(
      to: directory.url.appendingPathComponent("empty.h5").path, overwrite: false)
    let result = try directory.run("predict", "k.h5", spikes, "-o", "v.h5", "--to", "5")
    #expect(result.status == 0)
    #expect(result.errors.hasSuffix("warning: no spikes were found (of E, I): the signal is 0\n"))
    let file = try HDF5File(reading: directory.url.appendingPathComponent("v.h5").path)
    let signal = try file.read(["signals", "lfp", "total"], as: Double.self)
    #expect(signal.shape == [4, 50])
    #expect(signal.values.allSatisfy { $0 == 0 })
  }

  /// The same spikes through standard input, packed, and with kernels in NumPy's format, give the same.
  @Test func otherWaysOfReading() throws {
    let directory = try PredictCommandTests.directory()
    func path(_ name: String) -> String { directory.url.appendingPathComponent(name).path }
    try KernelFile.write(PredictCommandTests.contents(), to: path("k.npz"), overwrite: false)
    try FileManager.default.copyItem(atPath: path("k.h5"), toPath: path("kernels"))
    func signal(
      _ kernels: String, _ output: String, spikes: String = "s.csv"
    ) throws -> [Double] {
      let result = try directory.run(
        ["predict", kernels, spikes, "-o", output, "--to", "40"],
        input: spikes == "-" ? "s.csv" : nil)
      #expect(result.status == 0, "\(result.errors)")
      let file = try HDF5File(reading: path(output))
      return try file.read(["signals", "lfp", "total"], as: Double.self).values
    }
    let reference = try signal("k.h5", "a.h5")
    #expect(reference.contains { $0 != 0 })
    #expect(try signal("k.npz", "b.h5") == reference)
    #expect(try signal("kernels", "c.h5") == reference)
    #expect(try signal("k.h5", "d.h5", spikes: "-") == reference)
    let digest = try sha256(ofFile: path("s.csv"))
    for name in ["a.h5", "d.h5"] {
      #expect(try SignalFile(path(name)).header.spikes.map(\.sha256) == [digest])
    }
    let initial = try directory.run("init", "readme", "-o", "net.yaml")
    #expect(initial.status == 0)
    let check = try directory.run(["check", "-"], input: "net.yaml")
    #expect(check.status == 0, "\(check.errors)")
    let plot = try directory.run("plot", "k.npz", "-o", "k.svg")
    #expect(plot.status == 0, "\(plot.errors)")
  }

  /// A spike far behind all others does not make a file of many GB without a word.
  @Test(arguments: [("1e7", 1, "1e+07 ms"), ("1e30", 1, "1e+30 ms"), ("1500", 0, "1500 ms")])
  func stray(time: String, status: Int32, named: String) throws {
    let directory = try PredictCommandTests.directory()
    let lines = (0..<20).map { "\(2 * $0),E\n" }.joined()
    try directory.write("time,population\n\(lines)\(time),I\n", to: "stray.csv")
    let result = try directory.run("predict", "k.h5", "stray.csv", "-o", "v.h5")
    #expect(result.status == status, "\(result.errors)")
    #expect(
      result.errors.contains("the last spike, of I, is at \(named), and all others are up to"))
    #expect(result.errors.contains("38 ms"))
    #expect(result.errors.contains("--to"))
    // With an end that was asked for it is left out.
    let chosen = try directory.run("predict", "k.h5", "stray.csv", "-o", "w.h5", "--to", "40")
    #expect(chosen.status == 0)
  }
}
