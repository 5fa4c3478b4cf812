import ArgumentParser
import Foundation
import LFPKernels

/// Signals from kernels and rates, at once and step by step.
struct PredictionBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict", abstract: "Measures the time that signals take.")

  @Option(help: "An existing folder, to which cases are written for Scripts/reference_predict.py.")
  var folder: String?

  @Flag(help: "Take less time.")
  var quick = false

  @Option(help: "Only the case with this name.")
  var only: String?

  func run() throws {
    let rate = productRate()
    print(String(format: "dgemm 512 x 512 x 512, one thread: %.1f GFLOP/s", rate))
    var summaries: [PredictionSummary] = []
    for (index, item) in try PredictionCase.all(quick: quick).enumerated()
    where only == nil || only == item.name {
      summaries.append(try measure(item, index: index, rate: rate))
    }
    if only == nil || only == "streaming" { try StreamingBenchmark.run(quick: quick) }
    if let folder {
      try JSONEncoder().encode(summaries).write(
        to: URL(fileURLWithPath: folder + "/cases.json"))
    }
  }

  private func measure(_ item: PredictionCase, index: Int, rate: Double) throws
    -> PredictionSummary
  {
    let responses = item.responses
    let clock = ContinuousClock()
    let start = clock.now
    let predictor = try SignalPredictor(responses, expectedSteps: item.steps)
    let planning = (clock.now - start).seconds
    let rates = item.rates
    var signals = Matrix(rows: responses.outputs, columns: item.steps)
    func time(_ threads: Int) throws -> Timing {
      try Timing.repeating(for: quick ? 0.2 : 1.5) {
        var state = predictor.initialState
        try signals.withUnsafeMutableEntries {
          try predictor.write(rates, continuing: &state, into: $0, threads: threads)
        }
      }
    }
    let (one, first) = (try time(1), signals)
    let two = try time(2)
    guard signals == first else { throw BenchmarkError("threads change the result") }
    let bound = Timing.repeating(for: 0.2) { touch(rates, &signals) }
    let operations =
      predictor.plan.candidates.first { $0.form == predictor.plan.form }
      .map { $0.operations * Double(item.steps) } ?? 0
    print(
      "\(item.name): \(responses.outputs) x \(responses.inputs.count) x \(responses.maximumTaps), "
        + "\(item.steps) steps\n\(predictor.plan)\n"
        + String(
          format:
            "  planned in %.3f s; one thread %.4f s (best %.4f, %.1f GFLOP/s, %.0f %% of dgemm), "
            + "two %.4f s (%.2f times as fast); writing the signals once %.4f s\n",
          planning, one.median, one.best, operations / one.best * 1e-9,
          operations / one.best * 1e-7 / rate, two.median, one.best / two.best, bound.best))
    if let folder { try write(item, rates, first, to: folder, index) }
    return PredictionSummary(
      name: item.name, file: "case\(index)", inputs: responses.taps.map(\.columns),
      outputs: responses.outputs, steps: item.steps, seconds: one.median, planning: planning)
  }

  /// The kernels, the rates and every 16th signal, as raw doubles.
  private func write(
    _ item: PredictionCase, _ rates: Matrix, _ signals: Matrix, to folder: String, _ index: Int
  ) throws {
    var bytes = Data()
    func append(_ values: some Collection<Double>) {
      for value in values { withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) } }
    }
    for taps in item.responses.taps { append(taps.storage) }
    append(rates.storage)
    for e in stride(from: 0, to: signals.rows, by: 16) { append(signals.row(e)) }
    try bytes.write(to: URL(fileURLWithPath: folder + "/case\(index)"))
  }

  /// Reads the rates and writes the signals once: no way of prediction can take less time.
  private func touch(_ rates: Matrix, _ signals: inout Matrix) {
    var sum = 0.0
    rates.withUnsafeEntries { for value in $0 { sum += value } }
    signals.withUnsafeMutableEntries { $0.update(repeating: sum) }
  }

  private func productRate() -> Double {
    let n = 512
    let a = Matrix(rows: n, columns: n, repeating: 0.5)
    var c = Matrix(rows: n, columns: n)
    let timing = BLASThreads.with(1) {
      Timing.repeating(for: 0.3) {
        a.withUnsafeEntries { a in
          c.withUnsafeMutableEntries { c in
            guard let a = a.baseAddress, let c = c.baseAddress else { return }
            matrixProduct(m: n, n: n, k: n, a, rowStride: n, a, rowStride: n, into: c, rowStride: n)
          }
        }
      }
    }
    return 2 * Double(n * n * n) / timing.best * 1e-9
  }
}

/// What the script that runs scipy needs to know of a case.
struct PredictionSummary: Codable {
  let name: String
  let file: String

  /// Taps of each input.
  let inputs: [Int]
  let outputs: Int
  let steps: Int
  let seconds: Double
  let planning: Double
}

/// Time of one step inside of a loop.
enum StreamingBenchmark {
  static func run(quick: Bool) throws {
    for tau in [50.0, 500.0] {
      let responses = try PredictionCase.responses(contacts: 100, populations: 8, tau: tau)
      let clock = ContinuousClock()
      let start = clock.now
      var predictor = try StreamingPredictor(responses)
      let planning = (clock.now - start).seconds
      let rates = (0..<64).map { i in responses.inputs.indices.map { Double((i * 7 + $0) % 11) } }
      var signals = [Double](repeating: 0, count: responses.outputs)
      let steps = 4096
      let timing = try BLASThreads.with(1) {
        try Timing.repeating(for: quick ? 0.2 : 1) {
          for n in 0..<steps { try predictor.step(rates[n & 63], into: &signals) }
        }
      }
      let count = Double(steps)
      print(
        String(
          format: "streaming, 100 contacts x 8 populations x %d taps: %.2f us a step (best %.2f); "
            + "%d states, %d taps, rank %d, relative error %.1e; planned in %.2f s",
          responses.maximumTaps, timing.median / count * 1e6, timing.best / count * 1e6,
          predictor.order, predictor.headTaps, predictor.rank, predictor.relativeError, planning))
    }
  }
}
