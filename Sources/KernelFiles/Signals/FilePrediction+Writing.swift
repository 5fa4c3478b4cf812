import LFPKernels

extension FilePrediction {
  /// Where signals are written.
  public struct Destination: Sendable {
    public var path: String

    /// A SONATA report of the only probe; nil for none.
    public var sonata: String?
    public var overwrite: Bool

    public init(path: String, sonata: String? = nil, overwrite: Bool = false) {
      self.path = path
      self.sonata = sonata
      self.overwrite = overwrite
    }
  }

  /// What the file of signals says.
  ///
  /// - Parameters:
  ///   - kernels: what was read from `kernelFile`.
  ///   - spikes: the files of spikes.
  public func header(
    kernels: KernelFileContents, kernelFile: SignalFileHeader.Source,
    spikes: [SignalFileHeader.Source], programVersion: String
  ) -> SignalFileHeader {
    var signals: [SignalFileHeader.Signal] = []
    for probe in probes {
      let own = parts.filter { $0.probe == probe.name }
      let outputs = own.first?.predictor.responses.outputs ?? 0
      let names = options.detail == .total ? [] : own.map(\.name)
      for name in [SignalFileHeader.total] + names {
        signals.append(.init(probe: probe.name, name: name, outputs: outputs))
      }
    }
    let decimation = options.decimation
    return SignalFileHeader(
      signals: signals, probes: probes, count: (steps + decimation - 1) / decimation,
      dt: grid.dt * Double(decimation), firstTime: grid.first,
      descriptionSHA256: kernels.descriptionSHA256, kernels: kernelFile, spikes: spikes,
      programVersion: programVersion)
  }

  /// Computes the signals block by block and writes them; both files appear when all is done.
  ///
  /// - Parameter progress: is told how many steps of all are done.
  /// - Throws: `StorageError` if a file cannot be written, `PredictionError` if numbers are too large.
  public func write(
    _ header: SignalFileHeader, to destination: Destination,
    progress: (Int, Int) -> Void = { _, _ in }
  ) throws {
    let file = try SignalFileWriter(
      header, path: destination.path, overwrite: destination.overwrite)
    guard let sonata = destination.sonata else {
      try fill(file, progress)
      try file.commit()
      return
    }
    let report = try SonataReportWriter(
      channels: header.signals[0].outputs, count: header.count, firstTime: header.firstTime,
      dt: header.dt, unit: probes[0].unit, path: sonata, overwrite: destination.overwrite)
    try fill(file, report, progress)
    try report.commit()
    try file.commit()
  }

  private func fill(
    _ file: borrowing SignalFileWriter, _ progress: (Int, Int) -> Void
  ) throws {
    try run(file.header, progress) { signal, block, start in
      try file.write(block, of: signal, at: start)
    }
  }

  private func fill(
    _ file: borrowing SignalFileWriter, _ report: borrowing SonataReportWriter,
    _ progress: (Int, Int) -> Void
  ) throws {
    try run(file.header, progress) { signal, block, start in
      try file.write(block, of: signal, at: start)
      // The total of the only probe.
      if signal == 0 { try report.write(block, at: start) }
    }
  }

  /// The rates of a part's inputs, at each level.
  private func rates(of part: Part, bins: Range<Int>) throws(PredictionError) -> Matrix {
    let counts = activity.counts(of: part.inputs, bins: bins)
    // As it is, not multiplied by 1.
    if schedule == .plain { return counts }
    return try part.bank.weighted(counts, by: schedule.weights(bins))
  }

  /// The state before a bin, in which the activity up to there is remembered.
  private func state(of part: Part, before bin: Int) throws(PredictionError) -> PredictionState {
    let history = part.predictor.responses.maximumTaps
    return PredictionState(
      identity: part.predictor.initialState.identity, step: 0,
      values: try rates(of: part, bins: bin - history..<bin).storage)
  }

  /// Calls `body` with a signal's place in the header, a block of it, and the block's first column.
  private func run(
    _ header: SignalFileHeader, _ progress: (Int, Int) -> Void,
    _ body: (Int, Matrix, Int) throws -> Void
  ) throws {
    var stored = try DecimatedSignals(
      outputs: header.signals.map(\.outputs), factor: options.decimation, count: header.count)
    let all = -stored.margin..<steps + stored.margin
    var states = try parts.map { try state(of: $0, before: all.lowerBound) }
    func emit(_ block: Matrix, _ signal: Int) throws {
      let (samples, start) = try stored.add(block, of: signal)
      if samples.columns > 0 { try body(signal, samples, start) }
    }
    let blockSteps = max(16384, 4 * taps)
    for start in stride(from: all.lowerBound, to: all.upperBound, by: blockSteps) {
      let range = start..<min(start + blockSteps, all.upperBound)
      for probe in probes {
        var total: Matrix?
        for (index, part) in parts.enumerated() where part.probe == probe.name {
          let rates = try rates(of: part, bins: range)
          let block = try part.predictor.signals(
            rates, continuing: &states[index], threads: options.threads)
          if options.detail != .total { try emit(block, header.place(probe.name, part.name)) }
          total = total.map { $0 + block } ?? block
        }
        if let total, options.detail != .total, total.storage.contains(where: { !$0.isFinite }) {
          throw PredictionError(
            .notFinite, "the signals of \(probe.name) are so large that their sum is not finite")
        }
        if let total { try emit(total, header.place(probe.name, SignalFileHeader.total)) }
      }
      progress(range.upperBound - all.lowerBound, all.count)
    }
    for signal in header.signals.indices {
      let (samples, start) = stored.finish(signal)
      if samples.columns > 0 { try body(signal, samples, start) }
    }
  }
}

extension SignalFileHeader {
  fileprivate func place(_ probe: String, _ name: String) -> Int {
    signals.firstIndex { $0.probe == probe && $0.name == name } ?? 0
  }
}
