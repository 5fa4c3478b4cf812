import Foundation
import KernelFiles
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
