import LFPKernels

/// Takes blocks of signals as they are computed, and gives the samples that are stored.
struct DecimatedSignals {
  let factor: Int

  /// Steps that are computed before the first and after the last stored one, for the filter.
  let margin: Int
  private let count: Int
  private var decimators: [Decimator]

  /// Samples that each signal's decimator gave so far.
  private var given: [Int]

  /// - Parameters:
  ///   - outputs: of each signal.
  ///   - count: samples that are stored.
  init(outputs: [Int], factor: Int, count: Int) throws(PredictionError) {
    self.factor = factor
    self.count = count
    given = outputs.map { _ in 0 }
    decimators = []
    guard factor > 1 else {
      margin = 0
      return
    }
    for channels in outputs {
      decimators.append(try Decimator(channels: channels, factor: factor))
    }
    let latency = decimators.first?.latency ?? 0
    margin = (latency + factor - 1) / factor * factor
  }

  /// The samples that the next block of a signal completes, and the place of the first one.
  mutating func add(
    _ block: Matrix, of signal: Int
  ) throws(PredictionError) -> (samples: Matrix, start: Int) {
    guard factor > 1 else {
      defer { given[signal] += block.columns }
      return (block, given[signal])
    }
    return stored(try decimators[signal].process(block), of: signal)
  }

  /// The samples that only the end completes.
  mutating func finish(_ signal: Int) -> (samples: Matrix, start: Int) {
    guard factor > 1 else { return (Matrix(rows: 0, columns: 0), 0) }
    return stored(decimators[signal].finish(), of: signal)
  }

  /// Leaves out the margins.
  private mutating func stored(
    _ samples: Matrix, of signal: Int
  ) -> (samples: Matrix, start: Int) {
    let first = given[signal] - margin / factor
    given[signal] += samples.columns
    let (start, end) = (max(0, -first), min(samples.columns, count - first))
    guard start < end else { return (Matrix(rows: samples.rows, columns: 0), 0) }
    let kept = start..<end
    let part = Matrix(rows: samples.rows, columns: kept.count) { target in
      for row in 0..<samples.rows {
        for (index, column) in kept.enumerated() {
          target[row * kept.count + index] = samples[row, column]
        }
      }
    }
    return (part, first + kept.lowerBound)
  }
}
