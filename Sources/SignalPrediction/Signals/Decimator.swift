public import LinearAlgebra

/// Takes every M-th sample of signals after a low-pass filter against aliases.
///
/// The filter has linear phase and its delay is made up for: output m is at the time of input sample
/// m M. Signals may come in blocks of any size; what a block completes is returned, and `finish` returns
/// the rest, ceil(samples / M) in all.
public struct Decimator: Sendable {
  /// What is taken for samples beyond the ends.
  public enum Edge: Sendable, Equatable {
    /// The first and the last sample.
    case held
    case zero
  }

  public let channels: Int
  public let factor: Int
  public let edge: Edge

  /// The filter, odd in number and symmetric, with sum 1.
  public let taps: [Double]

  /// Samples that are still needed, channels × any number; nil before the first ones.
  private var pending: Matrix?

  /// - Parameters:
  ///   - channels: rows of the signals.
  ///   - factor: M, at least 1; 1 leaves signals as they are.
  ///   - passband: the passband's edge as a fraction of the new Nyquist frequency, at which the stopband
  ///     begins; in 0 ..< 1.
  ///   - attenuation: of the stopband, dB, more than 21; the passband's gain is 1 to within
  ///     about 2 · 10^(-attenuation / 20), and that of constants is 1.
  /// - Throws: `PredictionError` when a parameter is out of its range.
  public init(
    channels: Int, factor: Int, passband: Double = 0.8, attenuation: Double = 80,
    edge: Edge = .held
  ) throws(PredictionError) {
    guard channels > 0, factor > 0, factor <= 1_000_000 else {
      throw PredictionError(
        .setting,
        "\(channels) channels by a factor of \(factor); both are at least 1, the factor at most 1e6"
      )
    }
    guard passband > 0, passband <= 0.99, attenuation > 21, attenuation <= 200 else {
      throw PredictionError(
        .setting,
        "a passband of \(passband) and an attenuation of \(attenuation) dB; they must be in "
          + "0 ..< 0.99 and 21 ..< 200")
    }
    self.channels = channels
    self.factor = factor
    self.edge = edge
    let nyquist = Double.pi / Double(factor)
    taps =
      factor == 1
      ? [1]
      : KaiserLowPass(passband: passband * nyquist, stopband: nyquist, attenuation: attenuation)
        .taps
  }

  /// Half the filter's length: samples by which outputs lag behind inputs in a stream.
  public var latency: Int { taps.count / 2 }

  /// Filters a whole signal, channels × samples, from a fresh start.
  ///
  /// - Throws: `PredictionError` as of `process`.
  public func decimated(_ signal: Matrix) throws(PredictionError) -> Matrix {
    var fresh = self
    fresh.pending = nil
    let first = try fresh.process(signal)
    let last = fresh.finish()
    return joined(first, last)
  }

  /// Takes the next samples, channels × any number, and returns the outputs that are complete.
  ///
  /// - Throws: `PredictionError` when the number of channels differs or a sample is not finite.
  public mutating func process(_ block: Matrix) throws(PredictionError) -> Matrix {
    guard block.rows == channels else {
      throw PredictionError(
        .shape, "the signal has \(block.rows) rows; there are \(channels) channels")
    }
    guard allFinite(block) else {
      throw PredictionError(.notFinite, "a sample of the signal is not finite")
    }
    guard block.columns > 0 else { return Matrix(rows: channels, columns: 0) }
    let start = pending ?? padding(block, column: 0)
    return filter(joined(start, block))
  }

  /// The outputs that need samples beyond the end; afterwards, a new signal may begin.
  public mutating func finish() -> Matrix {
    guard let rest = pending, rest.columns > 0 else { return Matrix(rows: channels, columns: 0) }
    let result = filter(joined(rest, padding(rest, column: rest.columns - 1)))
    pending = nil
    return result
  }

  private func padding(_ signal: Matrix, column: Int) -> Matrix {
    Matrix(rows: channels, columns: latency) { target in
      for c in 0..<channels {
        let value = edge == .held ? signal[c, column] : 0
        for i in 0..<latency { target[c * latency + i] = value }
      }
    }
  }

  /// All outputs whose samples are there; keeps the samples that later ones need.
  private mutating func filter(_ samples: Matrix) -> Matrix {
    let (length, available) = (taps.count, samples.columns)
    let count = available < length ? 0 : (available - length) / factor + 1
    var result = Matrix(rows: channels, columns: count)
    if count > 0 {
      result.withUnsafeMutableEntries { target in
        samples.withUnsafeEntries { source in
          guard let source = source.baseAddress, let target = target.baseAddress else { return }
          for c in 0..<channels {
            convolve(source + c * available, into: target + c * count, count: count)
          }
        }
      }
    }
    let used = min(count * factor, available)
    // A factor longer than the filter may skip samples that are still to come; there are none such, for
    // the filter is longer than the factor.
    pending = samples.view(rows: 0..<channels, columns: used..<available).copied()
    return result
  }

  /// Rows of a matrix of `factor` columns that overlap nowhere, times a piece of the filter at a time.
  private func convolve(
    _ samples: UnsafePointer<Double>, into target: UnsafeMutablePointer<Double>, count: Int
  ) {
    taps.withUnsafeBufferPointer { taps in
      guard let taps = taps.baseAddress else { return }
      for start in stride(from: 0, to: self.taps.count, by: factor) {
        matrixVectorProduct(
          m: count, n: min(factor, self.taps.count - start), samples + start, rowStride: factor,
          taps + start, beta: start == 0 ? 0 : 1, into: target)
      }
    }
  }
}

/// Two matrices with as many rows side by side.
func joined(_ left: Matrix, _ right: Matrix) -> Matrix {
  if left.columns == 0 { return right }
  if right.columns == 0 { return left }
  let (rows, a, b) = (left.rows, left.columns, right.columns)
  return Matrix(rows: rows, columns: a + b) { target in
    guard let target = target.baseAddress else { return }
    left.withUnsafeEntries { left in
      right.withUnsafeEntries { right in
        guard let left = left.baseAddress, let right = right.baseAddress else { return }
        for i in 0..<rows {
          (target + i * (a + b)).initialize(from: left + i * a, count: a)
          (target + i * (a + b) + a).initialize(from: right + i * b, count: b)
        }
      }
    }
  }
}
