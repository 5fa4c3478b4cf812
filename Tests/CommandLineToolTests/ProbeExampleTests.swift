import Foundation
import KernelFiles
import LFPKernels
import Testing

@testable import CommandLineTool

@Suite struct ProbeExampleTests {
  /// The example without the surfaces of contacts, over which it takes long to average in a debug
  /// build.
  static let text = ExampleDescription.probes.text.split(separator: "\n")
    .filter { !$0.contains("contact: ") && !$0.contains("normal: ") }
    .joined(separator: "\n")

  @Test func allProbesTogether() throws {
    let directory = try ToolDirectory()
    try directory.write(Self.text, to: "net.yaml")
    let result = try directory.run("kernels", "net.yaml", "-o", "k.h5", "--plot", "k.svg")
    #expect(result == .init(status: 0, output: "", errors: ""))
    let contents = try KernelFile.read(directory.url.appendingPathComponent("k.h5").path)
    let probes = Dictionary(uniqueKeysWithValues: contents.probes.map { ($0.name, $0) })
    #expect(
      contents.probes.map { "\($0.name) \($0.kind) \($0.unit) \($0.positions.count)" }.sorted() == [
        "CSD laminar_csd nA/um3 17", "ECoG ecog mV 16", "EEG eeg uV 61",
        "LFP line_source mV 17", "MEG meg fT 61", "dipole population_dipole nA um 0",
      ])
    #expect(probes["dipole"]?.outputNames == ["Px", "Py", "Pz"])
    #expect(contents.kernels.count == 12)
    #expect(contents.kernels.allSatisfy { $0.values.maximumMagnitude > 0 })
    #expect(probes["CSD"]?.positions.first?.z == 1200)
  }

  /// What only the cell tells is said with the probe's line, too.
  @Test func aCellOutsideTheSlice() throws {
    let directory = try ToolDirectory()
    let text = ExampleDescription.readme.text.replacingOccurrences(
      of: "dipole: {population_dipole: {}}",
      with: "mea: {slice: {x: 0, y: 0, z: 0, bottom: -300, thickness: 1000}}")
    try directory.write(text, to: "net.yaml")
    let line = text.split(separator: "\n", omittingEmptySubsequences: false)
      .firstIndex { $0.contains("mea:") }.map { $0 + 1 }
    for command in [["kernels", "net.yaml", "-o", "k.h5"], ["check", "net.yaml"]] {
      let result = try directory.run(command)
      #expect(result.status == 1)
      #expect(
        result.errors.hasPrefix(
          "Error: net.yaml:\(line ?? 0): probes.mea.slice: onto E: the cell reaches 315.0 um out of the "
            + "slice: compartment "))
      #expect(result.errors.contains("of section apic, from z = "))
      #expect(result.errors.contains("um, is above the tissue from -300.0 to 700.0 um; "))
    }
    #expect(try directory.files == ["net.yaml"])
  }

  /// `check` tells all probes and populations that do not fit together, without averaging.
  @Test func checkFindsAllThatDoNotFit() throws {
    let directory = try ToolDirectory()
    let text = ExampleDescription.readme.text.replacingOccurrences(
      of: "  dipole: {population_dipole: {}}",
      with: """
          mea: {slice: {x: 0, y: 0, z: 0, bottom: -100, thickness: 300, tolerance: 1.0e-9}}
          ball: {sphere: {x: 0, y: 0, z: 0, radius: 500}}
        """)
    try directory.write(text, to: "net.yaml")
    let result = try directory.run("check", "net.yaml")
    #expect(result.status == 1 && result.output == "")
    for part in [
      "probes.mea.slice: onto E: the cell reaches", "probes.mea.slice: onto I: the cell reaches",
      "probes.ball.sphere.radius: onto E: compartment ",
      "of section apic is 515.0 um from the centre, outside the sphere of 500.0 um",
    ] { #expect(result.errors.contains(part), "\(part)") }
    #expect(!result.errors.contains("ball.sphere.radius: onto I"))
  }

  @Test func spreadsAreWritten() throws {
    let directory = try ToolDirectory()
    let text = ExampleDescription.readme.text.replacingOccurrences(
      of: "dipole: {population_dipole: {}}",
      with: "line: {line_source: {x: 80, y: 0, z: [0, 900], spread: 0.1, tolerance: 1.0e-4}}")
    try directory.write(text, to: "net.yaml")
    let result = try directory.run("kernels", "net.yaml", "-o", "k.h5")
    #expect(result.status == 0 && result.errors == "")
    let contents = try KernelFile.read(directory.url.appendingPathComponent("k.h5").path)
    #expect(contents.spreads.map { "\($0.population) \($0.probe)" } == ["E line", "I line"])
    for spread in contents.spreads {
      #expect(spread.mean.rows == 2 && spread.deviation.rows == 2)
      #expect(spread.meanError <= 1e-4 && spread.deviationError <= 0.1)
      // Some cells are close to the contact below, none to the other.
      #expect(spread.deviation.maximumMagnitude > 0.1 * spread.mean.maximumMagnitude)
    }
  }
}
