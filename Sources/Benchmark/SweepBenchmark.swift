import ArgumentParser
import Foundation
import KernelFiles
import LFPKernels
import ParameterSweeps

/// Parameter sweeps of the reference's example, to disk.
struct SweepBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep", abstract: "Measures the time that parameter sweeps take.")

  @Option(help: "An existing folder, for the results.")
  var folder: String = FileManager.default.temporaryDirectory.path

  @Option(help: "Points of each sweep.")
  var points = 20_000

  @Option(help: "Threads of the runs beside those with one thread.")
  var threads = 2

  @Option(help: "Results of Scripts/reference_benchmark.py --sweep, to compare with.")
  var reference: String?

  func run() throws {
    print(
      "Sweeps of the README network, pathway E->E, 13 contacts, dt = 1/16 ms, tau = 50 ms;\n"
        + "points per second to disk, and processor time of a point (us)\n")
    print(
      Self.row([
        "", "points", "1 thread", "\(threads) threads", "gain", "us", "us, \(threads) thr.",
      ]))
    var first: Double?
    for item in Self.cases {
      let one = try measure(item, threads: 1)
      let several = try measure(item, threads: threads)
      first = first ?? several.rate
      print(
        Self.row([
          item.title, "\(one.points)", String(format: "%.0f", one.rate),
          String(format: "%.0f", several.rate),
          String(format: "%+.0f %%", 100 * (several.rate / one.rate - 1)),
          String(format: "%.0f", one.processorTime * 1e6),
          String(format: "%.0f", several.processorTime * 1e6),
        ]))
    }
    if let reference, let first {
      let json = try Data(contentsOf: URL(fileURLWithPath: reference))
      let seconds = try JSONDecoder().decode(ReferenceSweep.self, from: json).sweep.sorted()
      let median = seconds[seconds.count / 2]
      print(
        "\nThe reference, a loop over points of the first sweep: "
          + String(format: "%.3f s a point; ratio %.0f", median, median * first))
    }
    print("\nWhat a point costs beside its kernels and its place in the file (us):")
    for item in Self.cases.prefix(3) {
      let sweep = try sweep(item, points: points)
      print(Self.row([item.title, String(format: "%.1f", try sweep.descriptionCost() * 1e6)]))
    }
    let usage = Self.usage()
    print("\nPeak memory: \(usage.megabytes) MB")
  }

  private struct ReferenceSweep: Decodable {
    /// Seconds of each point.
    let sweep: [Double]
  }

  private struct Measurement {
    let points: Int

    /// Points per second.
    let rate: Double

    /// Seconds of all processors for a point.
    let processorTime: Double
  }

  /// Processor time of this process so far, seconds, and its largest memory.
  private static func usage() -> (seconds: Double, megabytes: Int) {
    var usage = rusage()
    #if canImport(Darwin)
      getrusage(RUSAGE_SELF, &usage)
      let megabytes = usage.ru_maxrss / 1_000_000
    #else
      getrusage(RUSAGE_SELF.rawValue, &usage)
      let megabytes = usage.ru_maxrss / 1000
    #endif
    let times = [usage.ru_utime, usage.ru_stime]
    return (
      times.reduce(0) { $0 + Double($1.tv_sec) + 1e-6 * Double($1.tv_usec) }, Int(megabytes)
    )
  }

  private func measure(_ item: SweepCase, threads: Int) throws -> Measurement {
    let directory = folder + "/sweep-benchmark-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let sweep = try sweep(item, points: max(64, points / item.share))
    let before = Self.usage().seconds
    let summary = try SweepRun(
      sweep, directory: directory, threads: threads, programVersion: "benchmark"
    ).run()
    guard summary.failed == 0, summary.computed == sweep.pointCount else {
      throw BenchmarkError("\(item.title): \(summary.failures)")
    }
    return Measurement(
      points: summary.computed, rate: Double(summary.computed) / summary.seconds,
      processorTime: (Self.usage().seconds - before) / Double(summary.computed))
  }

  private func sweep(_ item: SweepCase, points: Int) throws -> Sweep {
    let side = max(2, Int(pow(Double(points), 1 / Double(item.axes))))
    let text = item.text(side: side)
    return try Sweep.read(text: text, fileName: "sweep.yaml")
  }

  private static func row(_ cells: [String]) -> String {
    cells.enumerated().map { index, cell in
      let gap = String(repeating: " ", count: max(0, (index == 0 ? 44 : 11) - cell.count))
      return index == 0 ? cell + gap : gap + cell
    }.joined(separator: " ")
  }

  private static let synapses = """
        parameters:
          connections[0].synapse.exp2.weight: {linspace: {from: 0.0001, to: 0.0002, count: SIDE}}
          connections[0].delay.truncnorm.loc: {linspace: {from: 1, to: 2, count: SIDE}}
          connections[0].synapse.exp2.tau2: {linspace: {from: 1.5, to: 3, count: SIDE}}

    """

  private static let cases = [
    SweepCase(
      title: "weight x delay x tau2, measures", axes: 3, share: 1,
      section: synapses + "    store: {pathways: [E->E]}\n"),
    SweepCase(
      title: "weight x delay x tau2, kernels", axes: 3, share: 4,
      section: synapses + "    store: {pathways: [E->E], kernels: true}\n"),
    SweepCase(
      title: "rates of E x I, measures", axes: 2, share: 1,
      section: """
          parameters:
            populations.E.rate: {linspace: {from: 1, to: 8, count: SIDE}}
            populations.I.rate: {linspace: {from: 1, to: 8, count: SIDE}}
          store: {pathways: [E->E]}

        """),
    SweepCase(
      title: "rates, 440 compartments, 16 contacts", axes: 2, share: 8,
      section: """
          parameters:
            populations.E.rate: {linspace: {from: 1, to: 8, count: SIDE}}
            populations.I.rate: {linspace: {from: 1, to: 8, count: SIDE}}
          store: {pathways: [E->E]}

        """, isFine: true),
  ]
}

/// A sweep that is timed.
private struct SweepCase: Sendable {
  let title: String
  let axes: Int

  /// A fraction of the points that is enough.
  let share: Int
  let section: String
  var isFine = false

  func text(side: Int) -> String {
    let discretization =
      isFine ? "discretization: {counts: {soma: 1, dend: 5, apic: 434}}" : "Ra: 100"
    return Self.network.replacingOccurrences(of: "DISCRETIZATION", with: discretization)
      .replacingOccurrences(of: "CONTACTS", with: isFine ? "16" : "13")
      + "sweep:\n" + section.replacingOccurrences(of: "SIDE", with: "\(side)")
  }

  /// The example network of LFPykernels' README with its postsynaptic population E.
  private static let network = """
    time: {dt: 0.0625, tau: 50}
    cells:
      pyramidal:
        sections:
          soma: {points: [[0, 0, -15, 30], [0, 0, 15, 30]]}
          dend: {points: [[0, 0, -15, 2], [0, 0, -215, 2]], parent: soma(0)}
          apic: {points: [[0, 0, 15, 3], [0, 0, 1015, 3]], parent: soma(1)}
        DISCRETIZATION
        membrane: [{passive: {g: 0.0003}}]
    populations:
      E:
        size: 8192
        rate: 2.5
        cell: pyramidal
        somata: {radius: 150, depth: {norm: {loc: 0, scale: 75}}}
        external: {count: 450, rate: 40, synapse: {exp2: {weight: 0.0002, tau1: 0.2, tau2: 1.8, e: 0}}}
      I: {size: 1024, rate: 5}
    connections:
      - pre: E
        post: E
        probability: 0.05
        multapses: {truncnorm: {loc: 2, scale: 0.6, low: 1, high: 10}}
        delay: {truncnorm: {loc: 1.3, scale: 0.5, a: -2.2}}
        synapse: {exp2: {weight: 0.00012, tau1: 0.2, tau2: 1.8, e: 0}}
        placement: {sections: [apic, dend], depth: {norm: {loc: 50, scale: 100}}}
      - pre: I
        post: E
        probability: 0.05
        multapses: {truncnorm: {loc: 5, scale: 1.1, low: 1, high: 10}}
        delay: {truncnorm: {loc: 1.2, scale: 0.6, a: -1.5}}
        synapse: {exp2: {weight: 0.002, tau1: 0.1, tau2: 9, e: -80}}
        placement: {sections: [soma, apic, dend], depth: {norm: {loc: -100, scale: 100}}}
    probes:
      lfp: {gauss_cylinder: {z: {from: 1000, to: -200, count: CONTACTS}, sigma: 0.3}}

    """
}
