public import LFPKernels

/// How well the signals of one file agree with those of another.
public struct SignalFileComparison: Sendable, Equatable {
  /// The agreement of one output.
  public struct Channel: Sendable, Equatable {
    public var probe: String
    public var signal: String

    /// What it is called, or its place along z, or its number from 1.
    public var name: String
    public var whole: SignalComparison.Channel

    /// Below the frequency of the low-pass filter; nil without one.
    public var filtered: SignalComparison.Channel?
  }

  public var channels: [Channel]

  /// The first time that was compared, ms, and the number of times.
  public var firstTime: Double
  public var count: Int

  /// Compares the signals that both files have.
  ///
  /// - Parameters:
  ///   - prediction: what is judged.
  ///   - reference: by what it is judged.
  ///   - from: the first time, ms; nil for the first of the files.
  ///   - to: times are before it, ms; nil for all.
  ///   - lowPass: the edge of the low-pass filter, Hz; nil for none.
  ///   - threads: channels that are compared side by side, as far as they fit into a gigabyte.
  /// - Throws: `StorageError` if the files have no signal in common, other steps, times or channels;
  ///   `PredictionError` if there are too few times to be filtered.
  public init(
    prediction: SignalFile, reference: SignalFile, from: Double? = nil, to: Double? = nil,
    lowPass: Double? = nil, threads: Int = 1
  ) throws {
    let times = try Self.times(prediction, reference, from: from, to: to)
    firstTime = prediction.header.firstTime + Double(times.a.lowerBound) * prediction.header.dt
    count = times.a.count
    channels = []
    for (i, signal) in prediction.header.signals.enumerated() {
      guard
        let k = reference.header.signals.firstIndex(where: {
          $0.probe == signal.probe && $0.name == signal.name
        })
      else { continue }
      try Self.checkChannels(prediction, i, reference, k)
      let pair = SignalPair(prediction: prediction, i, times.a, reference: reference, k, times.b)
      channels += try pair.compare(lowPass: lowPass, threads: threads)
    }
    guard !channels.isEmpty else {
      let names = { (file: SignalFile) in
        listing(file.header.signals.map { "\($0.probe)/\($0.name)" }.limited, last: "and")
      }
      throw StorageError(
        .missingObject, file: prediction.path,
        problem: "has no signal that \(reference.path) has, too: \(names(prediction))",
        remedy: "there are \(names(reference))")
    }
  }

  /// The columns of both files that are compared.
  private static func times(
    _ a: SignalFile, _ b: SignalFile, from: Double?, to: Double?
  ) throws(StorageError) -> (a: Range<Int>, b: Range<Int>) {
    func refuse(_ problem: String, _ remedy: String) -> StorageError {
      StorageError(.wrongShape, file: a.path, problem: problem, remedy: remedy)
    }
    let (p, q) = (a.header, b.header)
    guard abs(p.dt - q.dt) * Double(max(p.count, q.count)) <= 1e-6 * p.dt else {
      throw refuse(
        "has steps of \(p.dt) ms, and \(b.path) of \(q.dt) ms",
        "predict both with the same step, or --decimate one")
    }
    let shift = (p.firstTime - q.firstTime) / p.dt
    guard abs(shift - shift.rounded()) < 1e-6, abs(shift) < 1e15 else {
      throw refuse(
        "begins at \(p.firstTime.inMessage) ms, between times of \(b.path), which begins at \(q.firstTime.inMessage) ms",
        "times should be the same")
    }
    let offset = Int(shift.rounded())
    if from == nil, to == nil, offset != 0 || p.count != q.count {
      throw refuse(
        "has \(p.count) times from \(p.firstTime.inMessage) ms, and \(b.path) \(q.count) from \(q.firstTime.inMessage) ms",
        "say by --from and --to (ms) which of both are compared")
    }
    let grid = TimeGrid(first: p.firstTime, dt: p.dt)
    let start = from.map { grid.count(before: $0) } ?? max(0, -offset)
    let end = to.map { grid.count(before: $0) } ?? min(p.count, q.count - offset)
    guard start < end, start + offset >= 0, end <= p.count, end + offset <= q.count else {
      throw refuse(
        "has \(p.count) times from \(p.firstTime.inMessage) ms, and \(b.path) \(q.count) from \(q.firstTime.inMessage) ms",
        "--from and --to should lie within both")
    }
    return (start..<end, start + offset..<end + offset)
  }

  private static func checkChannels(
    _ a: SignalFile, _ i: Int, _ b: SignalFile, _ k: Int
  ) throws(StorageError) {
    let (p, q) = (a.header.signals[i], b.header.signals[k])
    let (probe, other) = (a.header.probe(p.probe), b.header.probe(q.probe))
    func refuse(_ problem: String) -> StorageError {
      StorageError(
        .wrongShape, file: a.path, object: "/signals/\(p.probe)/\(p.name)", problem: problem,
        remedy: "compare signals of the same probe")
    }
    guard p.outputs == q.outputs else {
      throw refuse("has \(p.outputs) outputs, and \(q.outputs) in \(b.path)")
    }
    guard probe?.unit == other?.unit else {
      throw refuse("is in \(probe?.unit ?? ""), and in \(other?.unit ?? "") in \(b.path)")
    }
    guard probe?.positions == other?.positions, probe?.outputNames == other?.outputNames else {
      throw refuse("has other positions or names of outputs than in \(b.path)")
    }
  }
}

/// A signal that both files have, and its times.
private struct SignalPair {
  let files: (a: SignalFile, b: SignalFile)
  let places: (a: Int, b: Int)
  let times: (a: Range<Int>, b: Range<Int>)

  init(
    prediction: SignalFile, _ i: Int, _ columns: Range<Int>, reference: SignalFile, _ k: Int,
    _ others: Range<Int>
  ) {
    (files, places, times) = ((prediction, reference), (i, k), (columns, others))
  }

  /// Reads and compares as many channels at a time as there are threads and memory for.
  func compare(lowPass: Double?, threads: Int) throws -> [SignalFileComparison.Channel] {
    let header = files.a.header
    let signal = header.signals[places.a]
    let probe = header.probe(signal.probe)
    // Both signals, both filtered, and what the filter works on.
    let bytes = 6 * MemoryLayout<Double>.size * times.a.count
    let group = max(1, min(threads, (1 << 30) / bytes))
    var result: [SignalFileComparison.Channel] = []
    for first in stride(from: 0, to: signal.outputs, by: group) {
      let rows = first..<min(first + group, signal.outputs)
      let a = try files.a.read(places.a, rows: rows, columns: times.a)
      let b = try files.b.read(places.b, rows: rows, columns: times.b)
      let whole = try SignalComparison(prediction: a, reference: b, threads: threads).channels
      let filtered = try lowPass.map {
        try SignalComparison(
          prediction: a, reference: b, below: $0, dt: header.dt, threads: threads
        ).channels
      }
      for (index, row) in rows.enumerated() {
        result.append(
          .init(
            probe: signal.probe, signal: signal.name,
            name: probe?.name(ofOutput: row) ?? "\(row + 1)", whole: whole[index],
            filtered: filtered?[index]))
      }
    }
    return result
  }
}

extension KernelFileContents.Probe {
  /// What an output is called: its name, or its height where heights differ, or its number from 1.
  public func name(ofOutput row: Int) -> String {
    if outputNames.indices.contains(row) { return outputNames[row] }
    if positions.indices.contains(row), Set(positions.map(\.z)).count == positions.count {
      let z = positions[row].z
      return "z = \(z == z.rounded() && abs(z) < 1e9 ? "\(Int(z))" : "\(z)") um"
    }
    return "\(row + 1)"
  }
}
