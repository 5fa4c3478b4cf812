public import LinearAlgebra

extension SignalPredictor {
  /// Signals block by block, for those that are larger than memory.
  ///
  /// - Parameters:
  ///   - steps: number of steps in all.
  ///   - blockSteps: steps of a block, at least 1; 8192 or more, and several times the number of taps, are
  ///     fast.
  ///   - state: where the signal is continued; afterwards, where it ended.
  ///   - rates: gives the rates of a range of steps, inputs × range.count.
  ///   - body: is given each block in turn, outputs × range.count. Its memory is used again unless the
  ///     block is kept.
  /// - Throws: what the closures throw, and `PredictionError` as of `signals(_:continuing:inputs:threads:)`.
  public func forEachBlock(
    steps: Int, blockSteps: Int = 16384, continuing state: inout PredictionState,
    inputs: [String]? = nil, threads: Int = 1, rates: (Range<Int>) throws -> Matrix,
    body: (Range<Int>, Matrix) throws -> Void
  ) throws {
    guard blockSteps > 0, steps >= 0 else {
      throw PredictionError(.setting, "\(steps) steps in blocks of \(blockSteps) cannot be")
    }
    var block = Matrix(rows: 0, columns: 0)
    for first in stride(from: 0, to: steps, by: blockSteps) {
      let range = first..<min(steps, first + blockSteps)
      let given = try rates(range)
      guard given.columns == range.count else {
        throw PredictionError(
          .shape, "steps \(range) were asked for; the rates have \(given.columns)")
      }
      if block.columns != range.count {
        block = Matrix(rows: responses.outputs, columns: range.count)
      }
      try block.withUnsafeMutableEntries {
        try write(given, continuing: &state, inputs: inputs, into: $0, threads: threads)
      }
      try body(range, block)
    }
  }
}
