import Foundation
import KernelFiles
import LFPKernels

/// What `predict --json` prints.
struct PredictionReport: Encodable {
  struct Signal: Encodable {
    let probe, name, plan: String
    let relativeError: Double
  }

  let output: String

  /// Number of times, first one and step, ms.
  let times: Int
  let firstTime, dt: Double
  let spikes: SpikeReport
  let warnings: [String]

  /// Signals that were computed by themselves.
  let signals: [Signal]

  /// Nil where kernels do not change.
  let bank: BankReport?

  init(
    output: String, _ header: SignalFileHeader, _ spikes: SpikeReport, warnings: [String],
    _ parts: [FilePrediction.Part], _ bank: BankReport? = nil
  ) {
    self.output = output
    self.bank = bank
    times = header.count
    firstTime = header.firstTime
    dt = header.dt
    self.spikes = spikes
    self.warnings = warnings
    signals = parts.map {
      Signal(
        probe: $0.probe, name: $0.name, plan: $0.predictor.plan.form.description,
        relativeError: $0.predictor.plan.relativeError)
    }
  }

  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
