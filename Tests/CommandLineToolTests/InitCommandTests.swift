import Foundation
import KernelFiles
import LFPKernels
import Testing

@testable import CommandLineTool

@Suite struct InitCommandTests {
  @Test(arguments: ExampleDescription.all.map(\.name))
  func everyExampleIsReadWithoutProblems(_ name: String) throws {
    let directory = try ToolDirectory()
    #expect(try directory.run("init", name) == .init(status: 0, output: "", errors: ""))
    let file = try DescriptionFile.read(
      path: directory.url.appendingPathComponent("\(name).yaml").path)
    #expect(file.warnings.isEmpty)
    #expect(!file.network.connections.isEmpty)
    #expect(!file.network.probes.isEmpty)
  }

  @Test func theExampleOfTheReferenceHasItsNumbers() throws {
    let text = ExampleDescription.readme.text
    let network = try DescriptionFile.read(text: text, fileName: "readme.yaml").network
    #expect(network.populations.map(\.size) == [8192, 1024])
    let pathways = network.connections.map { "\($0.pre):\($0.post)" }
    #expect(pathways == ["E:E", "E:I", "I:E", "I:I"])
    #expect(
      network.connections[0].synapse.strength == .conductance(weight: 0.00012, reversal: 0))
    #expect(
      network.connections[2].synapse.strength == .conductance(weight: 0.002, reversal: -80))
    #expect(network.populations[1].postsynaptic?.external.first?.count == 160)
    #expect(network.populations[1].postsynaptic?.external.first?.rate == 40)
  }

  @Test func aFileBesideAnExampleIsNotOverwritten() throws {
    let directory = try ToolDirectory()
    try directory.write("mine", to: "pyramidal.swc")
    let refused = try directory.run("init", "pyramidal")
    #expect(refused.status == 1)
    #expect(refused.errors.contains("pyramidal.swc: exists already"))
    #expect(try directory.text("pyramidal.swc") == "mine")
    #expect(try directory.files == ["pyramidal.swc"])
    #expect(try directory.run("init", "pyramidal", "--force").status == 0)
    #expect(try directory.text("pyramidal.swc") == GrownCell.swc())
  }

  @Test func writesTheDefaultFile() throws {
    let directory = try ToolDirectory()
    #expect(try directory.run("init") == .init(status: 0, output: "", errors: ""))
    #expect(try directory.text("readme.yaml") == ExampleDescription.readme.text)
  }

  @Test func doesNotOverwriteUnlessForced() throws {
    let directory = try ToolDirectory()
    try directory.write("mine", to: "net.yaml")
    let refused = try directory.run("init", "readme", "-o", "net.yaml")
    #expect(refused.status == 1)
    #expect(refused.output == "")
    #expect(
      refused.errors
        == "Error: net.yaml: exists already; choose another name, or replace it with --force\n")
    #expect(try directory.text("net.yaml") == "mine")
    #expect(try directory.run("init", "-o", "net.yaml", "--force").status == 0)
    #expect(try directory.text("net.yaml") == ExampleDescription.readme.text)
  }

  @Test func writesToStandardOutput() throws {
    let result = try ToolDirectory().run("init", "-o", "-")
    #expect(result == .init(status: 0, output: ExampleDescription.readme.text, errors: ""))
  }

  @Test func listsTheExamples() throws {
    let result = try ToolDirectory().run("init", "--list")
    #expect(result == .init(status: 0, output: ExampleDescription.list + "\n", errors: ""))
  }

  @Test func unknownExample() throws {
    let result = try ToolDirectory().run("init", "nothing")
    #expect(result.status == 1)
    #expect(
      result.errors
        == "Error: there is no example 'nothing'; examples are:\n\(ExampleDescription.list)\n")
  }
}

@Suite struct MicrocircuitTests {
  private func network() throws -> Network {
    try DescriptionFile.read(text: ExampleDescription.microcircuit.text, fileName: "m.yaml").network
  }

  /// Onto one neuron as equation 1 of the paper gives them, rounded to a tenth; and in all.
  @Test func numbersOfSynapses() throws {
    let engine = try KernelEngine(network())
    let statistics = engine.connections
    #expect(statistics.count == 59)
    func indegree(_ pre: String, _ post: String) -> Double? {
      statistics.first { $0.pre == pre && $0.post == post }?.indegree
    }
    for (pre, post, expected) in [
      ("L23E", "L23E", 2199.9), ("L23I", "L23E", 1079.3), ("L4E", "L23E", 979.2),
      ("L5I", "L5E", 496.5), ("L6I", "L6E", 752.2), ("TC", "L4E", 93.3),
    ] {
      #expect(abs(try #require(indegree(pre, post)) - expected) < 0.06, "\(pre) onto \(post)")
    }
    // The paper counts 0.3 thousand million synapses in the microcircuit.
    let recurrent = statistics.filter { $0.pre != "TC" }.reduce(0) { $0 + $1.synapses }
    #expect(abs(recurrent - 2.99e8) < 0.01e8)
  }

  @Test func weightsAndPlaces() throws {
    let network = try network()
    #expect(
      network.populations.map(\.name).joined(separator: " ")
        == "L23E L23I L4E L4I L5E L5I L6E L6I TC")
    #expect(network.populations.reduce(0) { $0 + $1.size } == 77169 + 902)
    for connection in network.connections {
      guard case .current(let weight) = connection.synapse.strength else {
        Issue.record("\(connection.pre) onto \(connection.post) is not current-based")
        continue
      }
      let doubled = connection.pre == "L4E" && connection.post == "L23E"
      #expect(
        weight == (connection.pre.hasSuffix("I") ? -0.3512 : doubled ? 0.1756 : 0.0878))
    }
    for summary in try KernelEngine(network).cellSummaries {
      #expect(summary.depthRange.upperBound < 0 && summary.depthRange.lowerBound > -1500)
    }
  }
}
