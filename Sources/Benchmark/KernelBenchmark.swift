import ArgumentParser
import Foundation
import LFPKernels

/// Kernels of the reference's example and of a large cell, and the tool.
struct KernelBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernels", abstract: "Measures the time that kernels take.")

  @Option(help: "Results of Scripts/reference_benchmark.py, to compare with.")
  var reference: String?

  @Option(help: "The tool lfpkernels, to be timed too.")
  var tool: String?

  @Option(help: "An existing folder, within which the tool works.")
  var folder: String = FileManager.default.temporaryDirectory.path

  @Flag(help: "Take less time.")
  var quick = false

  @Option(help: "File for the results as JSON.")
  var json: String?

  func run() throws {
    // The tool first, while this process is small.
    let toolRun = try tool.map { tool in
      let folder = URL(fileURLWithPath: folder)
        .appendingPathComponent("lfpkernels-benchmark-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      return try ToolRun(tool: tool, folder: folder)
    }
    let reference = try reference.map { try ReferenceResults(path: $0) }
    let cases = try Case.all().map {
      try CaseResult($0, reference: reference, time: quick ? 0.3 : 3)
    }
    let report = Report(cases: cases, tool: toolRun)
    print(report.text, terminator: "")
    if let json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      try encoder.encode(report).write(to: URL(fileURLWithPath: json), options: .atomic)
    }
    if let failure = report.failure { throw BenchmarkError(failure) }
  }
}
