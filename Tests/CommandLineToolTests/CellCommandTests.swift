import Foundation
import KernelFiles
import LFPKernels
import Testing

@testable import CommandLineTool

@Suite struct CellCommandTests {
  private func directory() throws -> ToolDirectory {
    let directory = try ToolDirectory()
    try directory.write(GrownCell.swc(), to: "cell.swc")
    return directory
  }

  @Test func showsWhatTheFileHolds() throws {
    let result = try directory().run("cell", "cell.swc")
    #expect(result.status == 0)
    #expect(result.errors == "")
    #expect(result.output.hasPrefix("cell.swc: swc, nothing odd\n"))
    #expect(result.output.contains("\nsoma         1             1         18.0      1017.9"))
    #expect(result.output.contains("input resistance at soma"))
  }

  @Test func jsonHasTheSameNumbers() throws {
    let result = try directory().run("cell", "cell.swc", "--json", "--lambda-f", "50")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let content = try MorphologyFile(reading: Array(GrownCell.swc().utf8))
    let measures = try CellMeasures(
      Cell(
        morphology: content.morphology, discretization: .lambda(frequency: 50),
        membrane: [MembraneEntry(.passive(conductance: 1e-4))]), name: "cell")
    #expect(object["compartments"] as? Int == measures.compartments.count)
    #expect(object["inputResistance"] as? Double == measures.inputResistance)
    #expect(
      (object["parts"] as? [[String: Any]])?.map { $0["type"] as? String } == [
        "soma", "dend", "apic",
      ])
  }

  @Test(arguments: ["png", "svg", "pdf"])
  func draws(ending: String) throws {
    let directory = try directory()
    #expect(try directory.run("cell", "cell.swc", "--plot", "cell.\(ending)").status == 0)
    #expect(try directory.files == ["cell.\(ending)", "cell.swc"].sorted())
    let again = try directory.run("cell", "cell.swc", "--plot", "cell.\(ending)")
    #expect(again.status == 1 && again.errors.contains("--force"))
  }

  @Test func problemsHaveTheirLine() throws {
    let directory = try ToolDirectory()
    try directory.write("1 1 0 0 0 5 -1\n2 3 0 0 ten 1 1\n", to: "bad.swc")
    let bad = try directory.run("cell", "bad.swc")
    #expect(bad.status == 1)
    #expect(bad.errors.hasPrefix("Error: bad.swc:2: "))
    #expect(
      try directory.run("cell", "none.swc").errors == "Error: none.swc: there is no such file\n")
    #expect(
      try directory.run("cell", ".").errors
        == "Error: .: is a directory; a morphology file is needed\n")
  }

  @Test func warningsCanBeErrors() throws {
    let directory = try ToolDirectory()
    try directory.write("1 1 0 0 0 5 -1\n2 3 0 0 50 1 1 9\n", to: "odd.swc")
    let result = try directory.run("cell", "odd.swc")
    #expect(result.status == 0)
    #expect(result.errors.hasPrefix("warning: odd.swc:2: "))
    let strict = try directory.run("cell", "odd.swc", "--strict")
    #expect(strict.status == 1)
    #expect(strict.errors.hasPrefix("Error: odd.swc:2: "))
  }

  /// A network on a cell from a file, to kernels and picture; what the file's path is relative to is the
  /// description.
  @Test func networkOfTheGrownCell() throws {
    let directory = try ToolDirectory()
    #expect(try directory.run("init", "pyramidal").status == 0)
    let result = try directory.run(
      "kernels", "pyramidal.yaml", "-o", "k.h5", "--plot", "k.png")
    #expect(result.status == 0, "\(result.errors)")
    let contents = try KernelFile.read(directory.url.appendingPathComponent("k.h5").path)
    #expect(contents.kernels.count == 4)
    #expect(contents.kernels.allSatisfy { ($0.errorEstimate ?? 1) < 1e-9 })
  }

  @Test func optionsOfMorphologiesInDescriptions() throws {
    let directory = try ToolDirectory()
    try directory.write(GrownCell.swc(), to: "cell.swc")
    func check(_ morphology: String) throws -> ToolDirectory.Result {
      let text = ExampleDescription.pyramidal.text.replacingOccurrences(
        of: "morphology: pyramidal.swc        # SWC, Neurolucida ASC or hoc",
        with: "morphology: \(morphology)")
      try directory.write(text, to: "net.yaml")
      return try directory.run("check", "net.yaml")
    }
    let plain = try check("cell.swc")
    #expect(plain.status == 0)
    #expect(try check("{file: cell.swc, format: swc, soma: neuron}").output == plain.output)
    let large = try check("{file: cell.swc, scale: 2, axon: stub, upright: true, centre: true}")
    #expect(large.status == 0 && large.output != plain.output)
    let wrong = try check("{file: cell.swc, format: asc}")
    #expect(
      wrong.errors.hasPrefix(
        "Error: net.yaml:11: cells.pyramidal.morphology.format: 'asc' is not known; "))
    let other = try check("{file: cell.swc, format: neurolucida}")
    #expect(other.errors.hasPrefix("Error: net.yaml:11: cells.pyramidal.morphology.file: cell.swc"))
  }
}
