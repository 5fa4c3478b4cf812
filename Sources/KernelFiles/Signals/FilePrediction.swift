public import LFPKernels

/// What is stored beside the total signal of a probe.
public enum SignalDetail: Sendable, Equatable {
  /// Nothing.
  case total

  /// The signal of each pathway X → Y.
  case pathways

  /// The signal that each postsynaptic population's cells make.
  case populations
}

/// Signals of a file of kernels for the activity of its populations, computed and written block by block.
public struct FilePrediction: Sendable {
  /// What is asked for.
  public struct Options: Sendable {
    /// The time of the first sample, ms.
    public var from = 0.0

    /// Samples are before this time, ms; nil for the last spike and the length of the kernels.
    public var to: Double?

    /// Nil for all probes.
    public var probes: [String]?
    public var detail = SignalDetail.total
    public var plan = PredictionPlan.Choice.automatic

    /// See `SignalPredictor`.
    public var tolerance = 1e-11
    public var threads = 1

    /// Every how many steps the signal is stored, after a low-pass filter; 1 for all.
    public var decimation = 1

    public init() {}
  }

  /// A signal that is computed by itself.
  public struct Part: Sendable {
    public let probe: String
    public let name: String

    /// Has one level unless kernels change with the network's state.
    public let bank: BankPredictor

    public var predictor: SignalPredictor { bank.predictor }

    /// The populations that drive it.
    public var inputs: [String] { bank.inputs }
  }

  /// The kernels' step and the first time.
  public let grid: TimeGrid

  /// The number of steps that are computed.
  public let steps: Int

  /// The longest of the kernels, in steps from lag 0 on.
  public let taps: Int

  /// Signals in the order of probes; where there are several of a probe their sum is stored, too.
  public let parts: [Part]
  public let options: Options
  let activity: PopulationActivity

  /// What is odd where few spikes far behind all others make the signals long; nil where none do.
  public let stray: String?

  /// Steps before the first and after the last one that the filter of decimated signals reaches.
  private let margin: Int
  let probes: [KernelFileContents.Probe]
  let schedule: LevelSchedule

  /// Chooses how signals are computed.
  ///
  /// - Parameters:
  ///   - kernels: checked to be zero before the spike.
  ///   - file: what error messages call their file.
  ///   - activity: on a grid of the kernels' step that begins at `options.from`.
  /// - Throws: `StorageError` if kernels do not fit, a probe is unknown or there is no time;
  ///   `PredictionError` if a plan is not possible.
  public init(
    kernels: KernelFileContents, file: String, activity: PopulationActivity, options: Options
  ) throws {
    try self.init(
      levels: [kernels], schedule: .plain, file: file, activity: activity, options: options)
  }

  /// Chooses how signals are computed from kernels that change with the network's state.
  ///
  /// - Parameters:
  ///   - levels: kernels at each level, at least one; of the same pathways and probes.
  ///   - schedule: which levels are taken when.
  /// - Throws: as `init(kernels:file:activity:options:)`.
  public init(
    levels: [KernelFileContents], schedule: LevelSchedule, file: String,
    activity: PopulationActivity, options: Options
  ) throws {
    guard let kernels = levels.first, levels.count == schedule.levels else {
      throw PredictionError(
        .shape, "there are \(levels.count) levels of kernels, and \(schedule.levels) are taken")
    }
    self.schedule = schedule
    self.options = options
    self.activity = activity
    margin = try DecimatedSignals(outputs: [1], factor: options.decimation, count: 0).margin
    grid = activity.grid
    probes = try kernels.probes(named: options.probes, file: file)
    let responses = try Self.responses(
      levels, probes, options.detail, step: activity.grid.dt, file: file)
    let taps = responses.reduce(0) { max($0, $1.levels.map(\.maximumTaps).max() ?? 0) }
    let inputs = Set(responses.flatMap { $0.levels[0].inputs }).sorted()
    self.taps = taps
    steps = try Self.steps(of: activity, inputs: inputs, taps: taps, options)
    let outputs = responses.reduce(0) { $0 + $1.levels[0].outputs }
    stray =
      options.to == nil
      ? try StraySpikes(activity, inputs: inputs, taps: taps, steps: steps)?.note(
        bytes: 8 * Double(outputs) * Double(steps) / Double(options.decimation)) : nil
    let bins = -taps..<steps
    parts = try responses.map { part in
      let spikes = part.levels[0].inputs.reduce(0) { sum, name in
        let totals = activity.totals(of: name, around: bins)
        return sum + abs(totals.all - totals.before - totals.after)
      }
      let density = min(spikes / Double(bins.count), Double(part.levels[0].inputs.count))
      return Part(
        probe: part.probe, name: part.name,
        bank: try BankPredictor(
          part.levels, plan: options.plan, tolerance: options.tolerance,
          expectedSteps: bins.count, eventsPerStep: density * Double(schedule.mostShares),
          threads: options.threads))
    }
  }

  /// The impulse responses of each signal at each level.
  private static func responses(
    _ levels: [KernelFileContents], _ probes: [KernelFileContents.Probe], _ detail: SignalDetail,
    step: Double, file: String
  ) throws -> [(probe: String, name: String, levels: [ImpulseResponses])] {
    var result: [(probe: String, name: String, levels: [ImpulseResponses])] = []
    for probe in probes {
      let parts = try levels.map { try $0.parts(of: probe.name, detail, file: file) }
      for (index, part) in parts[0].enumerated() {
        guard parts.allSatisfy({ $0.count == parts[0].count && $0[index].name == part.name }) else {
          throw PredictionError(.shape, "levels of a bank have kernels of other pathways")
        }
        result.append((probe.name, part.name, parts.map { $0[index].responses }))
      }
    }
    for part in result {
      for responses in part.levels where responses.dt != step {
        throw StorageError(
          .invalidValue, file: file, object: "probe \(part.probe)",
          problem: "its kernels have steps of \(responses.dt) ms, and others \(step) ms",
          remedy: "one file of kernels should have one step")
      }
    }
    return result
  }

  private static func steps(
    of activity: PopulationActivity, inputs: [String], taps: Int, _ options: Options
  ) throws(StorageError) -> Int {
    if let to = options.to { return activity.grid.count(before: to) }
    guard let end = activity.end(of: inputs), end + taps > 1 else {
      throw StorageError(
        .missingObject, file: "spikes",
        problem:
          "there are none of \(listing(inputs.limited, last: "or")) after \(options.from) ms",
        remedy: "so the signal is 0; say until when it shall reach with --to (ms)")
    }
    return end + taps - 1
  }

  /// The populations that drive a signal.
  public var inputs: [String] {
    var result: [String] = []
    for name in parts.flatMap(\.inputs) where !result.contains(name) {
      result.append(name)
    }
    return result
  }

  /// The report on spikes, with those that do not matter for these times.
  public func complete(_ report: SpikeReport) -> SpikeReport {
    var report = report
    let known = report.populations.map(\.name)
    for name in activity.populations where !known.contains(name) {
      let all = activity.totals(of: name, around: 0..<0).all
      report.read += all
      report.populations.append(SpikeReport.Population(name: name, spikes: all))
    }
    let inputs = inputs
    for index in report.populations.indices {
      let name = report.populations[index].name
      // A spike acts from its own step on, up to the last lag of its kernel.
      let totals = activity.totals(of: name, around: 1 - taps - margin..<steps + margin)
      report.populations[index].before = totals.before
      report.populations[index].after = totals.after
      report.populations[index].negativeBins = activity.negativeBins(of: name)
      report.populations[index].hasKernels = inputs.contains(name)
    }
    return report
  }
}

extension KernelFileContents {
  fileprivate func probes(
    named names: [String]?, file: String
  ) throws(StorageError) -> [Probe] {
    guard let names else {
      let used = Set(kernels.map(\.probe))
      return probes.filter { used.contains($0.name) }
    }
    var result: [Probe] = []
    for name in names {
      guard let probe = probes.first(where: { $0.name == name }) else {
        throw StorageError(
          .missingObject, file: file,
          problem: "has no probe '\(name)'\(advice(for: name, among: probes.map(\.name)))")
      }
      if !result.contains(probe) { result.append(probe) }
    }
    return result
  }

  /// The signals of a probe that are computed by themselves.
  fileprivate func parts(
    of probe: String, _ detail: SignalDetail, file: String
  ) throws(StorageError) -> [(name: String, responses: ImpulseResponses)] {
    let kernels = kernels.filter { $0.probe == probe }
    var result: [(String, ImpulseResponses)] = []
    switch detail {
    case .total:
      result.append((SignalFileHeader.total, try impulseResponses(probe: probe, file: file)))
    case .pathways:
      for kernel in kernels {
        let (post, pre) = (kernel.postsynaptic, kernel.presynaptic)
        result.append(
          ("\(post):\(pre)", try impulseResponses(probe: probe, onto: post, from: pre, file: file)))
      }
    case .populations:
      var names: [String] = []
      for kernel in kernels where !names.contains(kernel.postsynaptic) {
        names.append(kernel.postsynaptic)
      }
      guard !names.contains(SignalFileHeader.total) else {
        throw StorageError(
          .invalidName, file: file,
          problem:
            "has a population called '\(SignalFileHeader.total)', as the sum of all signals is",
          remedy: "give it another name, or store pathways")
      }
      for name in names {
        result.append((name, try impulseResponses(probe: probe, onto: name, file: file)))
      }
    }
    return result
  }
}
