import Foundation
import KernelFiles
import LFPKernels
import Testing

@Suite struct DescriptionFileTests {
  /// What is said of a file with these bytes, without its path.
  private func messages(ofFile bytes: Data) throws -> String {
    let path = temporaryPath("net.yaml")
    try bytes.write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return messages(ofPath: path)
  }

  private func messages(ofPath path: String) -> String {
    do throws(DescriptionError) {
      _ = try DescriptionFile.read(path: path)
      return ""
    } catch {
      return "\(error)".replacingOccurrences(of: path, with: "FILE")
    }
  }

  @Test func missingFile() {
    #expect(messages(ofPath: "no/such.yaml") == "FILE: there is no such file")
  }

  @Test func directory() {
    #expect(
      messages(ofPath: FileManager.default.temporaryDirectory.path)
        == "FILE: is a directory; a description file is needed")
  }

  @Test func emptyFile() throws {
    let empty = "FILE: is empty; a network description is needed"
    #expect(try messages(ofFile: Data()) == empty)
    #expect(try messages(ofFile: Data("# nothing\n\n".utf8)) == empty)
    #expect(
      try messages(ofFile: Data("~\n".utf8)) == "FILE:1: is empty; a network description is needed")
  }

  @Test func notUTF8() throws {
    var bytes = Data("time: {dt: 0.1}\ncells:\n  caf".utf8)
    bytes.append(0xE9)
    #expect(try messages(ofFile: bytes) == "FILE:3: is not UTF-8 text; save it as UTF-8")
  }

  @Test func tooLarge() throws {
    let bytes = Data(repeating: UInt8(ascii: "#"), count: 50_000_001)
    #expect(
      try messages(ofFile: bytes)
        == "FILE: is larger than 50 MB, the most that a description file may have")
  }

  @Test func notAMapping() throws {
    #expect(
      try messages(ofFile: Data("- a\n- b\n".utf8))
        == "FILE:1: a list is not a mapping; a mapping is needed, with the keys time, cells, "
        + "populations, connections and probes")
  }

  @Test func allProblemsAtOnceInTheOrderOfLines() {
    let text = SmallDescription.replacing("rate: 2", with: "rate: -2")
      .replacingOccurrences(of: "size: 100", with: "size: none")
      .replacingOccurrences(of: "tau1: 0.1, tau2: 9", with: "tau1: 20, tau2: 9")
    #expect(
      problems(of: text) == """
        net.yaml:10: populations.E.size: 'none' is not a number; a number is needed
        net.yaml:11: populations.E.rate: -2 is negative; it must not be below 0
        net.yaml:20: connections[0].synapse.exp2.tau1: 20.0 ms is longer than tau2 (9.0 ms); \
        tau1 must not exceed tau2
        """)
  }

  @Test func diagnosticsCarryTheirParts() {
    #expect(
      throws: DescriptionError([
        Diagnostic(
          file: "net.yaml", line: 18, column: 18, path: "connections[0].probability",
          message: "1.5 is not a probability; it must lie between 0 and 1")
      ])
    ) {
      try DescriptionFile.read(
        text: SmallDescription.replacing("probability: 0.1", with: "probability: 1.5"),
        fileName: "net.yaml")
    }
  }

  @Test func endlessProblemsAreCounted() {
    let points = Array(repeating: "[0, 0, a, 1]", count: 150).joined(separator: ", ")
    let text = SmallDescription.replacing("[0, 0, 200, 2]", with: points)
    let lines = problems(of: text).split(separator: "\n")
    #expect(lines.count == 101)
    #expect(lines.last == "and 50 more problems")
  }

  @Test(arguments: [
    (NetworkError(.settings, key: "tau", "m"), "net.yaml:1: time.tau: m"),
    (NetworkError(.settings, key: "solver", "m"), "net.yaml:1: time.solver: m"),
    (NetworkError(.cell("ball"), "m"), "net.yaml:3: cells.ball: m"),
    (
      NetworkError(.cell("ball"), key: "membrane.passive", "m"),
      "net.yaml:7: cells.ball.membrane[0].passive: m"
    ),
    (NetworkError(.cell("other"), key: "vrest", "m"), "net.yaml:2: cells.other.vrest: m"),
    (
      NetworkError(.population("E"), key: "somata.depth", "m"),
      "net.yaml:13: populations.E.somata.depth: m"
    ),
    (
      NetworkError(.population("E"), key: "external[0].rate", "m"),
      "net.yaml:9: populations.E.external[0].rate: m"
    ),
    (
      NetworkError(.connection(1), key: "delay", "m"),
      "net.yaml:19: connections[0].delay: from I onto E: m"
    ),
    (
      NetworkError(.connection(0), key: "placement.sections", "m"),
      "net.yaml:16: connections[0].placement.sections: from E onto E: m"
    ),
    (NetworkError(.probe("dipole"), key: "", "m"), "net.yaml:22: probes.dipole: m"),
  ])
  func errorsOfTheNetworkFindTheirLine(_ error: NetworkError, _ message: String) throws {
    let file = try DescriptionFile.read(
      text: SmallDescription.replacing("pre: I", with: "pre: [E, I]"), fileName: "net.yaml")
    #expect(file.diagnostic(for: error).description == message)
  }
}
