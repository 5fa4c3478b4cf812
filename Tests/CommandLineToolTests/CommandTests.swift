import Foundation
import KernelFiles
import Testing

@testable import CommandLineTool

@Suite struct CommandTests {
  /// A directory with the README's description, `net.yaml`.
  private func directory() throws -> ToolDirectory {
    let directory = try ToolDirectory()
    try directory.write(ExampleDescription.readme.text, to: "net.yaml")
    return directory
  }

  @Test func checkPrintsWhatFollows() throws {
    let result = try directory().run("check", "net.yaml")
    #expect(result.status == 0)
    #expect(result.errors == "")
    #expect(
      result.output.contains(
        "net.yaml: 1601 lags in steps of 0.0625 ms up to 50 ms, solver exact, joint average over "
          + "depths of somata\n"))
    #expect(
      result.output.contains(
        "\nI     E     2.09718e+06   256.003    2048.02    5.00006     1.28327\n"))
    #expect(result.output.contains("\nlfp     gauss_cylinder     mV          13\n"))
  }

  @Test func checkPrintsJSON() throws {
    let result = try directory().run("check", "net.yaml", "--json")
    #expect(result.status == 0)
    let object =
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    let connections = object?["connections"] as? [[String: Any]]
    #expect(connections?.count == 4)
    #expect(connections?.first?["pre"] as? String == "E")
    let network = try DescriptionFile.read(
      text: ExampleDescription.readme.text, fileName: ""
    ).network
    #expect(object?["identity"] as? String == sha256(canonicalDescription(of: network)))
  }

  @Test func problemsGoToStandardErrorWithTheirLines() throws {
    let directory = try directory()
    let text = ExampleDescription.readme.text
    try directory.write(
      text.replacingOccurrences(of: "probability", with: "probabilty")
        .replacingOccurrences(of: "size: 1024", with: "size: 0"), to: "net.yaml")
    for command in [["check"], ["kernels", "-o", "k.h5"]] {
      let result = try directory.run(command + ["net.yaml"])
      #expect(result.status == 1)
      #expect(result.output == "")
      let lines = result.errors.split(separator: "\n")
      #expect(lines.count == 3)
      #expect(lines.allSatisfy { $0.hasPrefix("Error: net.yaml:") })
    }
    #expect(try directory.files == ["net.yaml"])
  }

  @Test func problemsOfTheNetworkHaveLinesToo() throws {
    let directory = try directory()
    try directory.write(
      ExampleDescription.readme.text.replacingOccurrences(
        of: "loc: 50, scale: 100", with: "loc: 90000, scale: 1"), to: "net.yaml")
    let result = try directory.run("check", "net.yaml")
    #expect(result.status == 1)
    #expect(
      result.errors.hasPrefix("Error: net.yaml:66: connections[0].placement.depth: from E onto E: ")
    )
  }

  @Test func kernelsAreWrittenAndDrawn() throws {
    let directory = try directory()
    let result = try directory.run("kernels", "net.yaml", "-o", "k.h5", "--plot", "k.png")
    #expect(result == .init(status: 0, output: "", errors: ""))
    #expect(try directory.files == ["k.h5", "k.png", "net.yaml"])
    let contents = try KernelFile.read(directory.url.appendingPathComponent("k.h5").path)
    #expect(contents.kernels.map(\.name).first == "E:E/lfp")
    #expect(contents.kernels.count == 8)
    #expect(contents.kernels[0].values.rows == 13)
    #expect(contents.kernels[0].values.columns == 1601)
    #expect(contents.description == ExampleDescription.readme.text)
    #expect(contents.probes.map(\.unit) == ["mV", "nA um"])
    #expect(contents.probes[1].outputNames.count == 3)

    #expect(
      try directory.run("plot", "k.h5", "-o", "k.svg") == .init(status: 0, output: "", errors: ""))
    #expect(try directory.text("k.svg").contains("<svg"))
  }

  @Test func kernelsAreTheSameOnAnyNumberOfThreads() throws {
    let directory = try directory()
    for threads in ["1", "2"] {
      _ = try directory.run("kernels", "net.yaml", "-o", "k\(threads).npz", "--threads", threads)
    }
    let files = try ["k1.npz", "k2.npz"].map {
      try Data(contentsOf: directory.url.appendingPathComponent($0))
    }
    #expect(files[0] == files[1])
    #expect(!files[0].isEmpty)
  }

  @Test(arguments: [
    (["kernels", "net.yaml", "-o", "k.txt"], "k.txt: its ending does not tell the format"),
    (["kernels", "net.yaml", "-o", "there.h5"], "there.h5: exists already"),
    (["kernels", "net.yaml", "-o", "k.h5", "--plot", "k.gif"], "'k.gif' ends in no known picture"),
    (["kernels", "net.yaml", "-o", "none/k.h5"], "none/k.h5: "),
    (["plot", "no.h5", "-o", "k.png"], "no.h5: "),
    (["plot", "net.yaml", "-o", "k.png"], "net.yaml: "),
    (["plot", "there.h5", "-o", "k"], "'k' ends in no known picture format"),
  ])
  func badFilesAreRefused(_ arguments: [String], _ message: String) throws {
    let directory = try directory()
    try directory.write("mine", to: "there.h5")
    let result = try directory.run(arguments)
    #expect(result.status == 1)
    #expect(result.output == "")
    #expect(result.errors.hasPrefix("Error: " + message))
    #expect(try directory.files == ["net.yaml", "there.h5"])
    #expect(try directory.text("there.h5") == "mine")
  }

  @Test func nothingToCompute() throws {
    let directory = try directory()
    try directory.write(
      "populations: {A: {size: 1}}\nconnections: []\nprobes: {d: {population_dipole: {}}}",
      to: "net.yaml")
    let result = try directory.run("kernels", "net.yaml", "-o", "k.h5")
    #expect(result.status == 1)
    #expect(
      result.errors == "Error: net.yaml: has no connections, so there are no kernels to compute\n")
  }

  @Test(arguments: [["kernels"], ["frobnicate"], ["kernels", "a", "-o", "k.h5", "--threads", "0"]])
  func wrongUsageEndsWith64(_ arguments: [String]) throws {
    let result = try ToolDirectory().run(arguments)
    #expect(result.status == 64)
    #expect(result.output == "")
  }

  @Test func version() throws {
    #expect(
      try ToolDirectory().run("--version")
        == .init(status: 0, output: toolVersion + "\n", errors: ""))
  }
}
