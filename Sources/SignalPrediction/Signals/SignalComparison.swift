public import LinearAlgebra

/// How well predicted signals agree with measured ones, per channel.
public struct SignalComparison: Sendable, Equatable {
  /// The measures of one channel.
  public struct Channel: Sendable, Equatable {
    /// The squared coefficient of correlation (Pearson's); nil where one of the signals is constant.
    public let rSquared: Double?

    /// The standard deviation of the prediction over that of the reference; nil where the reference is
    /// constant.
    public let deviationRatio: Double?
  }

  public let channels: [Channel]

  /// Compares channels × samples.
  ///
  /// - Parameter threads: channels that are compared side by side.
  /// - Throws: `PredictionError` when shapes differ, there is no sample, or a sample is not finite.
  public init(
    prediction: Matrix, reference: Matrix, threads: Int = 1
  ) throws(PredictionError) {
    guard prediction.rows == reference.rows, prediction.columns == reference.columns,
      prediction.columns > 0
    else {
      throw PredictionError(
        .shape,
        "signals of \(prediction.rows) x \(prediction.columns) and \(reference.rows) x "
          + "\(reference.columns) samples cannot be compared; they must have the same shape and a sample"
      )
    }
    guard allFinite(prediction), allFinite(reference) else {
      throw PredictionError(.notFinite, "a sample of a signal is not finite")
    }
    let samples = prediction.columns
    channels = parallelMap(Array(0..<prediction.rows), threads: threads) { row in
      let range = row * samples..<(row + 1) * samples
      return prediction.withUnsafeEntries { a in
        reference.withUnsafeEntries { b in
          Self.compare(
            UnsafeBufferPointer(rebasing: a[range]), UnsafeBufferPointer(rebasing: b[range]))
        }
      }
    }
  }

  /// Compares what is below a frequency: both are filtered by an elliptic low-pass of second order
  /// (ripple 0.1 dB, attenuation 40 dB), forwards and backwards.
  ///
  /// - Parameters:
  ///   - frequency: the passband's edge, Hz.
  ///   - dt: time between samples, ms.
  ///   - threads: channels that are compared side by side.
  /// - Throws: `PredictionError` as of `init(prediction:reference:)`, of
  ///   `SecondOrderFilter.ellipticLowPass` and `zeroPhase`.
  public init(
    prediction: Matrix, reference: Matrix, below frequency: Double = 100, dt: Double,
    threads: Int = 1
  ) throws(PredictionError) {
    guard dt > 0, dt.isFinite else {
      throw PredictionError(.setting, "the time step is \(dt) ms; it must be positive")
    }
    let filter = try SecondOrderFilter.ellipticLowPass(
      passband: frequency, sampleRate: 1000 / dt)
    try self.init(
      prediction: filter.zeroPhase(prediction, threads: threads),
      reference: filter.zeroPhase(reference, threads: threads), threads: threads)
  }

  private static func compare(
    _ a: UnsafeBufferPointer<Double>, _ b: UnsafeBufferPointer<Double>
  ) -> Channel {
    guard let y = Deviations(b) else { return Channel(rSquared: nil, deviationRatio: nil) }
    guard let x = Deviations(a) else { return Channel(rSquared: nil, deviationRatio: 0) }
    var (aa, bb, ab) = (0.0, 0.0, 0.0)
    for i in a.indices {
      let (p, q) = (x.of(a[i]), y.of(b[i]))
      aa += p * p
      bb += q * q
      ab += p * q
    }
    let r = ab / (aa.squareRoot() * bb.squareRoot())
    return Channel(
      rSquared: min(1, r * r),
      deviationRatio: (aa / bb).squareRoot() * (x.scale / y.scale))
  }
}

/// Deviations from a signal's mean in units of the largest one, so that no square is too large or small.
private struct Deviations {
  let largest: Double
  let mean: Double
  let spread: Double

  /// Nil for a signal that is constant up to rounding.
  init?(_ signal: UnsafeBufferPointer<Double>) {
    var (largest, sum, spread) = (0.0, 0.0, 0.0)
    for value in signal { largest = max(largest, abs(value)) }
    guard largest > 0 else { return nil }
    for value in signal { sum += value / largest }
    let mean = sum / Double(signal.count)
    for value in signal { spread = max(spread, abs(value / largest - mean)) }
    // Rounding of the mean and of a filter make this much of a constant.
    guard spread > 1e-13 else { return nil }
    (self.largest, self.mean, self.spread) = (largest, mean, spread)
  }

  /// The unit.
  var scale: Double { spread * largest }

  func of(_ value: Double) -> Double { (value / largest - mean) / spread }
}
