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
    (["k.h5", "none.csv", "-o", "v.h5"], "no spikes were found; they should be of E, I"),
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
}
