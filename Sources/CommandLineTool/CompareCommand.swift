import ArgumentParser
import Foundation
import KernelFiles
import LFPKernels

/// `lfpkernels compare`: how well two files of signals agree.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compares the signals of two files.",
    discussion: """
      Example:
        lfpkernels compare predicted.h5 simulated.h5 --from 500

      Prints for each channel the squared coefficient of correlation (R2) and the ratio of the \
      standard deviations, of the first file to the second, for the signals as they are and below a \
      frequency (elliptic filter of second order, forwards and backwards).
      """)

  @Argument(help: "File of signals that is judged (HDF5).", completion: .file())
  var prediction: String

  @Argument(help: "File of signals by which it is judged.", completion: .file())
  var reference: String

  @Option(help: "Edge of the low-pass filter, Hz.")
  var lowPass = 100.0

  @Option(parsing: .unconditional, help: "First time to compare, ms.")
  var from: Double?

  @Option(parsing: .unconditional, help: "End, ms: times before it are compared.")
  var to: Double?

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard lowPass > 0, lowPass.isFinite else {
      throw ValidationError("--low-pass is \(lowPass); it must be positive and finite")
    }
    for (name, value) in [("--from", from), ("--to", to)] {
      if let value, !value.isFinite { throw ValidationError("\(name) must be finite") }
    }
  }

  func run() throws {
    for path in [prediction, reference] {
      try refuse(
        [.kernels, .sweep, .spikes, .numpy, .description], at: path, needed: "a file of signals")
    }
    let files = (try SignalFile(prediction), try SignalFile(reference))
    let comparison: SignalFileComparison
    do {
      comparison = try SignalFileComparison(
        prediction: files.0, reference: files.1, from: from, to: to, lowPass: lowPass,
        threads: ProcessInfo.processInfo.activeProcessorCount)
    } catch let error as PredictionError {
      throw InputError("\(prediction): \(error)")
    }
    let report = ComparisonReport(comparison, lowPass: lowPass, prediction, reference)
    try StandardOutput.print(json ? try report.json() : report.text)
  }
}

/// What `compare` prints.
struct ComparisonReport: Encodable {
  struct Channel: Encodable {
    let probe, signal, channel: String

    /// Nil where a signal is constant.
    let r2, deviationRatio, lowPassR2, lowPassDeviationRatio: Double?
  }

  let prediction, reference: String

  /// ms.
  let firstTime: Double
  let times: Int

  /// Hz.
  let lowPass: Double
  let channels: [Channel]

  init(
    _ comparison: SignalFileComparison, lowPass: Double, _ prediction: String, _ reference: String
  ) {
    (self.prediction, self.reference, self.lowPass) = (prediction, reference, lowPass)
    (firstTime, times) = (comparison.firstTime, comparison.count)
    channels = comparison.channels.map {
      Channel(
        probe: $0.probe, signal: $0.signal, channel: $0.name, r2: $0.whole.rSquared,
        deviationRatio: $0.whole.deviationRatio, lowPassR2: $0.filtered?.rSquared,
        lowPassDeviationRatio: $0.filtered?.deviationRatio)
    }
  }

  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  var text: String {
    func number(_ value: Double?) -> String {
      value.map { String(format: "%.6f", $0) } ?? "-"
    }
    let frequency = String(format: "%g Hz", lowPass)
    let table = TextTable(
      header: [
        "probe", "signal", "channel", "R2", "ratio", "R2 < \(frequency)", "ratio < \(frequency)",
      ],
      leading: 3,
      rows: channels.map {
        [
          $0.probe, $0.signal, $0.channel, number($0.r2), number($0.deviationRatio),
          number($0.lowPassR2), number($0.lowPassDeviationRatio),
        ]
      })
    return String(format: "%d times from %g ms\n\n", times, firstTime) + table.description
  }
}
