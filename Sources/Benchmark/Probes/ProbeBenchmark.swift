import ArgumentParser
import Foundation

/// Matrices of probes.
struct ProbeBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probes", abstract: "Measures the time that matrices of probes take.")

  @Option(help: "Only write what probes are timed on, for Scripts/reference_probes.py.")
  var inputs: String?

  @Option(help: "Results of Scripts/reference_probes.py, to compare with.")
  var reference: String?

  @Flag(help: "Take less time.")
  var quick = false

  @Option(help: "File for the results as JSON.")
  var json: String?

  func run() throws {
    let items = ProbeInputs()
    if let inputs { return try write(items, to: inputs) }
    let reference = try reference.map(ProbeReference.read)
    let results = try items.cases.map {
      try ProbeResult(
        $0, ProbeCase($0, items), reference: reference, time: quick ? 0.2 : 2)
    }
    print(text(results), terminator: "")
    if let json { try write(results, to: json) }
    for result in results {
      if let failure = result.failure { throw BenchmarkError(failure) }
    }
  }

  private func write(_ value: some Encodable, to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try encoder.encode(value).write(to: URL(fileURLWithPath: path), options: .atomic)
  }

  private func text(_ results: [ProbeResult]) -> String {
    table(
      "Matrices of probes, one thread; differences and errors over the largest entry",
      [
        "", "reference (ms)", "here, median (ms)", "best (ms)", "ratio", "wanted",
        "reference differs", "error here",
      ],
      results.map { result in
        [
          result.title, result.reference.map { fixed($0.median * 1e3, 1) } ?? "",
          fixed(result.ours.median * 1e3, 3), fixed(result.ours.best * 1e3, 3),
          result.ratio.map { fixed($0, 1) } ?? "", wanted(result),
          result.referenceDifference.map(format) ?? "", result.error.map(format) ?? "",
        ]
      })
  }

  private func wanted(_ result: ProbeResult) -> String {
    if let limit = result.limit { return "\(fixed(limit * 1e3, 0)) ms" }
    return result.targetRatio.map { fixed($0, 0) } ?? ""
  }
}
