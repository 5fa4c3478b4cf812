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
  /// - Throws: `PredictionError` when shapes differ, there is no sample, or a sample is not finite.
  public init(prediction: Matrix, reference: Matrix) throws(PredictionError) {
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
    channels = (0..<prediction.rows).map {
      Self.compare(prediction.row($0), reference.row($0))
    }
  }

  /// Compares what is below a frequency: both are filtered by an elliptic low-pass of second order
  /// (ripple 0.1 dB, attenuation 40 dB), forwards and backwards.
  ///
  /// - Parameters:
  ///   - frequency: the passband's edge, Hz.
  ///   - dt: time between samples, ms.
  /// - Throws: `PredictionError` as of `init(prediction:reference:)`, of
  ///   `SecondOrderFilter.ellipticLowPass` and `zeroPhase`.
  public init(
    prediction: Matrix, reference: Matrix, below frequency: Double = 100, dt: Double
  ) throws(PredictionError) {
    guard dt > 0, dt.isFinite else {
      throw PredictionError(.setting, "the time step is \(dt) ms; it must be positive")
    }
    let filter = try SecondOrderFilter.ellipticLowPass(
      passband: frequency, sampleRate: 1000 / dt)
    try self.init(
      prediction: filter.zeroPhase(prediction), reference: filter.zeroPhase(reference))
  }

  private static func compare(_ a: ArraySlice<Double>, _ b: ArraySlice<Double>) -> Channel {
    let (a, b) = (deviations(a), deviations(b))
    guard let b else { return Channel(rSquared: nil, deviationRatio: nil) }
    guard let a else { return Channel(rSquared: nil, deviationRatio: 0) }
    var (aa, bb, ab) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a.values, b.values) {
      aa += x * x
      bb += y * y
      ab += x * y
    }
    let r = ab / (aa.squareRoot() * bb.squareRoot())
    return Channel(
      rSquared: min(1, r * r),
      deviationRatio: (aa / bb).squareRoot() * (a.scale / b.scale))
  }

  /// Deviations from the mean in units of the largest one; nil for a signal that is constant up to
  /// rounding.
  private static func deviations(_ signal: ArraySlice<Double>) -> (values: [Double], scale: Double)?
  {
    let largest = signal.reduce(0) { max($0, abs($1)) }
    guard largest > 0 else { return nil }
    let mean = signal.reduce(0) { $0 + $1 / largest } / Double(signal.count)
    let values = signal.map { $0 / largest - mean }
    let spread = values.reduce(0) { max($0, abs($1)) }
    // Rounding of the mean and of a filter make this much of a constant.
    guard spread > 1e-13 else { return nil }
    return (values.map { $0 / spread }, spread * largest)
  }
}
