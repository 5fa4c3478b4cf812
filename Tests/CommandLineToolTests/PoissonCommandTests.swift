import KernelFiles
import Testing

@testable import CommandLineTool

@Suite struct PoissonCommandTests {
  private func directory() throws -> ToolDirectory {
    let directory = try ToolDirectory()
    try directory.write(ExampleDescription.readme.text, to: "net.yaml")
    return directory
  }

  @Test func writesSpikesOfAllPopulations() throws {
    let directory = try directory()
    let result = try directory.run(
      "poisson", "net.yaml", "-o", "s.h5", "--duration", "1000", "--rhythm", "E=10:0.5", "--rate",
      "I=7")
    #expect(result == .init(status: 0, output: "", errors: ""))
    guard
      case .spikes(let table) = try SpikeFile.read(
        path: directory.url.appendingPathComponent("s.h5").path)
    else {
      Issue.record("no spikes")
      return
    }
    #expect(table.groups.map(\.population) == ["E", "I"])
    // Within five standard deviations of 8192 neurons at 2.5 spikes/s and 1024 at 7.
    #expect(abs(table.groups[0].times.count - 20480) < 720)
    #expect(abs(table.groups[1].times.count - 7168) < 430)
  }

  @Test(arguments: [
    (["--rhythm", "X=10"], "--rhythm X=10: there is no population 'X'; there are E, I"),
    (["--rhythm", "10"], "--rhythm 10: should be POPULATION=..., as in E=10"),
    (["--rhythm", "E=fast"], "--rhythm: 'fast' is not a number"),
    (["--rhythm", "E=10:2"], "the depth of its rhythm is 2.0"),
    (["--rate", "E=-1"], "its rate is -1.0 spikes/s"),
    (["--rate", "E=1", "--rate", "E=2"], "E was given before"),
  ])
  func mistakes(options: [String], message: String) throws {
    let directory = try directory()
    let result = try directory.run(
      ["poisson", "net.yaml", "-o", "s.h5", "--duration", "10"] + options)
    #expect(result.status == 1)
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(try directory.files == ["net.yaml"])
  }
}
