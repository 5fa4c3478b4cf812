import Foundation
import KernelFiles
import LFPKernels
import Testing

/// `lfpkernels predict` with a bank of kernels.
@Suite struct BankPredictTests {
  /// A network, spikes of 80 and 20 cells at about 2 and 5 spikes/s, and a sweep.
  private func directory(_ sweep: String) throws -> ToolDirectory {
    let directory = try ToolDirectory()
    let network = SweepPlotTests.description.components(separatedBy: "sweep:")[0]
    try directory.write(network, to: "net.yaml")
    try directory.write(network + "sweep:\n" + sweep, to: "sweep.yaml")
    var lines = ["time,population"]
    for n in 0..<320 { lines.append("\(Double(n * 7919 % 20000) / 10),E") }
    for n in 0..<200 { lines.append("\(Double(n * 104729 % 20000) / 10),I") }
    try directory.write(lines.joined(separator: "\n") + "\n", to: "s.csv")
    #expect(try directory.run("sweep", "sweep.yaml", "-o", "bank").status == 0)
    return directory
  }

  private func signal(_ directory: ToolDirectory, _ name: String) throws -> Matrix {
    let file = try SignalFile(directory.url.appendingPathComponent(name).path)
    return try file.read(0)
  }

  @Test func oneLevelIsThePlainPrediction() throws {
    let directory = try directory(
      "  parameters: {populations.E.rate: [2]}\n  store: {kernels: true}\n")
    #expect(try directory.run("kernels", "net.yaml", "-o", "k.h5").status == 0)
    for options in [[], ["--plan", "dense"], ["--pathways"]] {
      for (source, output) in [("k.h5", "plain.h5"), ("bank", "bank.h5")] {
        let result = try directory.run(
          ["predict", source, "s.csv", "-o", output, "--force"] + options)
        #expect(result == .init(status: 0, output: "", errors: ""))
      }
      #expect(try signal(directory, "plain.h5") == signal(directory, "bank.h5"))
    }
  }

  /// With fixed values the prediction is linear between that of the levels.
  @Test func levelsAreInterpolated() throws {
    let directory = try directory(
      "  parameters: {populations.E.rate: [1, 4], cells.stick.vrest: [-70, -60]}\n"
        + "  store: {kernels: true}\n")
    func predict(_ rate: String, _ options: [String] = []) throws -> Matrix {
      let result = try directory.run(
        [
          "predict", "bank", "s.csv", "-o", "s.h5", "--force", "--level", "cells.stick.vrest=-60",
          "--level", "populations.E.rate=\(rate)",
        ] + options)
      #expect(result == .init(status: 0, output: "", errors: ""))
      return try signal(directory, "s.h5")
    }
    let (low, high, between) = (try predict("1"), try predict("4"), try predict("1.75"))
    let expected = 0.75 * low + 0.25 * high
    // Each is right to 1e-11 of what kernels and spikes can make, which is more than the signal.
    #expect((between - expected).maximumMagnitude < 1e-9 * expected.maximumMagnitude)
    let difference = (low - high).maximumMagnitude
    #expect(difference > 1e-7 * high.maximumMagnitude)
    #expect(try predict("1.75", ["--interpolation", "nearest"]) == low)
    #expect(try predict("9", ["--clamp"]) == high)
    // The rate of the spikes is between the levels.
    let result = try directory.run(
      "predict", "bank", "s.csv", "-o", "s.h5", "--force", "--level", "cells.stick.vrest=-60",
      "--window", "2000", "--json")
    #expect(result.status == 0 && result.errors == "")
    #expect(result.output.contains("\"levels\" : 2"))
    let own = try signal(directory, "s.h5")
    let weight = (320 / 80 / 2.0 - 1) / 3
    let mean = (1 - weight) * low + weight * high
    // The window is the time from the first to the last spike, not 2 s.
    #expect((own - mean).maximumMagnitude < 1e-2 * difference)
  }

  @Test func mistakes() throws {
    let directory = try directory(
      "  parameters: {populations.E.rate: [1, 1.5], cells.stick.vrest: [-70, -60]}\n"
        + "  store: {kernels: true}\n")
    #expect(try directory.run("kernels", "net.yaml", "-o", "k.h5").status == 0)
    let potential = ["--level", "cells.stick.vrest=-60"]
    let cases: [([String], String)] = [
      (["bank"], "spikes do not tell cells.stick.vrest"),
      (["bank"] + potential, "compute more levels, or take the outermost ones with --clamp"),
      (["bank", "--level", "vrest=-60"] + potential, "'vrest' has no levels"),
      (["k.h5", "--clamp"], "is no bank of kernels"),
      (["no"], "no: "),
    ]
    for (arguments, message) in cases {
      let result = try directory.run(["predict"] + arguments + ["s.csv", "-o", "s.h5"])
      #expect(result.status == 1 && result.errors.contains(message), "\(arguments): \(result)")
      #expect(!(try directory.files.contains("s.h5")))
    }
    for options in [["--window", "0"], ["--level", "w"], ["--interpolation", "cubic"]] {
      let result = try directory.run(["predict", "bank", "s.csv", "-o", "s.h5"] + options)
      #expect(result.status == 64)
    }
  }
}
