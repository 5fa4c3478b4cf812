import Foundation
import KernelFiles
import LFPKernels
import Testing

@testable import ParameterSweeps

/// Points of a sweep are what the same description, written out with their values, gives from nothing.
@Suite struct ColdPointsTests {
  /// Key paths of every kind, the text in the small network that holds each, and values.
  private static let numbers:
    [(path: String, before: String, base: String, range: (Double, Double))] = [
      ("time.tolerance", "time: {dt: 0.5, tau: 10, tolerance: ", "1e-9", (1e-10, 1e-8)),
      ("cells.stick.Ra", "Ra: ", "100", (80, 200)),
      ("cells.stick.cm", "cm: ", "1", (0.5, 2)),
      ("cells.stick.membrane[0].passive.g", "{passive: {g: ", "0.0003", (1e-5, 1e-3)),
      ("cells.stick.vrest", "vrest: ", "-65", (-80, -60)),
      ("cells.stick.sections.apic.points[1][2]", "[0, 0, ", "210", (150, 300)),
      ("populations.E.size", "size: ", "80", (50, 500)),
      ("populations.E.rate", "rate: ", "2", (0.5, 8)),
      ("populations.E.somata.radius", "somata: {radius: ", "100", (50, 200)),
      ("populations.E.somata.depth.norm.loc", "depth: {norm: {loc: ", "0", (-50, 50)),
      ("populations.E.external.rate", "external: {count: 100, rate: ", "10", (1, 20)),
      ("populations.E.external.synapse.exp.weight", "{exp: {weight: ", "0.0001", (0.00005, 0.0002)),
      ("connections[0].probability", "probability: ", "0.1", (0.05, 0.9)),
      ("connections[0].multapses.truncnorm.loc", "multapses: {truncnorm: {loc: ", "2", (1, 5)),
      (
        "connections[0].delay.truncnorm.scale", "delay: {truncnorm: {loc: 1.5, scale: ", "0.5",
        (0.3, 1)
      ),
      ("connections[0].synapse.exp2.weight", "{exp2: {weight: ", "0.0002", (1e-5, 5e-4)),
      ("connections[0].synapse.exp2.tau2", "tau2: ", "1.8", (1, 5)),
      ("connections[0].synapse.exp2.e", "tau2: 1.8, e: ", "0", (-10, 10)),
      (
        "connections[0].placement.depth.norm.scale", "depth: {norm: {loc: 100, scale: ", "100",
        (30, 200)
      ),
      ("connections[1].indegree", "indegree: ", "4", (1, 10)),
      ("connections[1].delay", "delay: ", "1", (0.5, 3)),
      ("connections[1].synapse.alpha.tau", "{alpha: {weight: 0.001, tau: ", "2", (1, 4)),
      ("probes.lfp.gauss_cylinder.sigma", "sigma: ", "0.3", (0.1, 0.5)),
      ("probes.lfp.gauss_cylinder.z[1]", "z: [200, ", "100", (50, 150)),
    ]

  /// The small network with numbers in place of others.
  private func text(_ values: [Double]) -> String {
    var text = smallNetwork.replacingOccurrences(of: "tau: 10}", with: "tau: 10, tolerance: 1e-9}")
      .replacingOccurrences(of: "Ra: 100\n", with: "Ra: 100\n    cm: 1\n")
    // From the last to the first of each line, so that what stands before a number is still there.
    for (number, value) in zip(Self.numbers, values).reversed() {
      let whole = number.before + number.base
      let range = text.range(of: whole)
      #expect(range != nil, "\(number.path)")
      guard let range else { continue }
      text.replaceSubrange(range, with: number.before + "\(value)")
    }
    return text
  }

  @Test func anyNumberMayVary() throws {
    let base = Self.numbers.map { Double($0.base) ?? 0 }
    let lines = Self.numbers.enumerated().map { index, number in
      let (low, high) = number.range
      let law = "{loc: \(low), scale: \(high - low)}"
      return number.path == "populations.E.size"
        ? "        \(number.path): {randint: {low: 50, high: 500}}"
        : "        \(number.path): {uniform: \(law)}"
    }
    let section = """
        random:
          count: 200
          seed: 1
          parameters:
      \(lines.joined(separator: "\n"))
        store: {kernels: true}

      """
    let sweep = try Sweep.read(
      text: text(base) + "sweep:\n" + section, fileName: "sweep.yaml")
    let directory = try ResultDirectory()
    let summary = try SweepRun(sweep, directory: directory.path, programVersion: "1").run()
    #expect(summary.failed == 0, "\(summary.failures)")

    let file = try HDF5File(reading: summary.path)
    let identities = try file.read(["points", "identity"], as: Int.self, rank: 2).values
    let stored = try ["lfp", "dipole"].flatMap { probe in
      try ["E", "I"].map { pre in
        (pre, probe, try file.read(["kernels", "E", pre, probe], as: Double.self, rank: 3))
      }
    }
    for point in 0..<200 {
      let cold = try DescriptionFile.read(
        text: text(sweep.values(ofPoint: point)), fileName: "cold"
      )
      .network
      #expect(
        NetworkIdentity(cold).digest.map { Int($0) }
          == Array(identities[point * 32..<(point + 1) * 32]), "\(point)")
      var fir = cold
      fir.settings.lags = .fir
      let kernels = try KernelEngine(fir).kernels()
      for (pre, probe, array) in stored {
        let kernel = try #require(kernels.first { $0.pre == pre && $0.probe == probe })
        let count = array.shape[1] * array.shape[2]
        let values = array.values[point * count..<(point + 1) * count]
        #expect(values.elementsEqual(kernel.values.storage), "\(pre) \(probe) \(point)")
      }
    }
  }

  @Test func lagsOfFullKernelsAreTheSame() throws {
    let sweep = try smallSweep(
      "  parameters: {populations.E.rate: [3]}\n  store: {kernels: {every: 3}}\n")
    let directory = try ResultDirectory()
    let path = try SweepRun(sweep, directory: directory.path, programVersion: "1").run().path
    let stored = try HDF5File(reading: path).read(
      ["kernels", "E", "I", "lfp"], as: Double.self, rank: 3)
    let kernels = try KernelEngine(sweep.network(atPoint: 0)).kernels()
    let kernel = try #require(kernels.first { $0.pre == "I" && $0.probe == "lfp" })
    #expect(stored.shape == [1, 3, 6])
    for row in 0..<3 {
      for lag in 0..<6 {
        #expect(stored.values[row * 6 + lag] == kernel.values[row, 20 + 3 * (lag + 1)])
      }
    }
  }
}
