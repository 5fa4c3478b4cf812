public import LinearAlgebra

/// Impulse responses from inputs (presynaptic populations or pathways) to outputs (contacts): the
/// kernels H_X[e, k] of V[e, n] = Σ_X Σ_k H_X[e, k] ν_X[n - k].
public struct ImpulseResponses: Sendable, Equatable {
  /// The time step, ms.
  public let dt: Double

  /// Names of the inputs, each once.
  public let inputs: [String]

  /// Per input a matrix outputs × taps; column k is the lag k dt. Inputs may have different numbers of
  /// taps.
  public let taps: [Matrix]

  /// - Throws: `PredictionError` unless there is at least one input, names differ, all inputs have the
  ///   same number (at least 1) of outputs and at least one tap, all numbers are finite and dt > 0.
  public init(dt: Double, inputs: [String], taps: [Matrix]) throws(PredictionError) {
    guard dt > 0, dt.isFinite else {
      throw PredictionError(.setting, "the time step is \(dt) ms; it must be positive")
    }
    guard !inputs.isEmpty, inputs.count == taps.count else {
      throw PredictionError(
        .shape, "\(inputs.count) inputs have \(taps.count) matrices; one each, at least one")
    }
    guard Set(inputs).count == inputs.count else {
      throw PredictionError(.setting, "two inputs have the same name in \(inputs)")
    }
    for (name, matrix) in zip(inputs, taps) {
      guard matrix.rows == taps[0].rows, matrix.rows > 0, matrix.columns > 0 else {
        throw PredictionError(
          .shape,
          "the taps of '\(name)' are \(matrix.rows) x \(matrix.columns); all inputs have the same "
            + "outputs (\(taps[0].rows) of '\(inputs[0])') and at least one tap")
      }
      guard allFinite(matrix) else {
        throw PredictionError(.notFinite, "a tap of '\(name)' is not finite")
      }
    }
    self.dt = dt
    self.inputs = inputs
    self.taps = taps
  }

  /// Number of outputs.
  public var outputs: Int { taps[0].rows }

  /// The largest number of taps of an input.
  public var maximumTaps: Int { taps.reduce(0) { max($0, $1.columns) } }

  /// Per input the largest ratio of an output's magnitude to that of the input, max_e Σ_k |H[e, k]|.
  var gains: [Double] { taps.map(gain) }

  /// A number that differs between impulse responses that differ.
  var fingerprint: UInt64 {
    var hash = FingerprintHash()
    hash.add(dt.bitPattern)
    for (name, matrix) in zip(inputs, taps) {
      for byte in name.utf8 { hash.add(UInt64(byte)) }
      hash.add(UInt64(matrix.rows))
      hash.add(UInt64(matrix.columns))
      matrix.withUnsafeEntries { for value in $0 { hash.add(value.bitPattern) } }
    }
    return hash.value
  }
}

/// A hash that is the same in every process, unlike Hasher's (FNV-1a on words).
struct FingerprintHash {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ word: UInt64) {
    value = (value ^ word) &* 0x100_0000_01b3
    value ^= value >> 29
  }
}

/// Whether no entry is NaN or infinite.
func allFinite(_ matrix: Matrix) -> Bool { matrix.withUnsafeEntries { allFinite($0) } }

func allFinite(_ values: UnsafeBufferPointer<Double>) -> Bool {
  // x - x is 0 unless x is NaN or infinite; sums of zeros vectorise where early exits do not.
  var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0)
  var i = 0
  while i + 4 <= values.count {
    a += values[i] - values[i]
    b += values[i + 1] - values[i + 1]
    c += values[i + 2] - values[i + 2]
    d += values[i + 3] - values[i + 3]
    i += 4
  }
  while i < values.count {
    a += values[i] - values[i]
    i += 1
  }
  return a + b + c + d == 0
}

/// max_e Σ_k |H[e, k]|: how much larger than the input the output can be.
func gain(_ matrix: Matrix) -> Double {
  matrix.withUnsafeEntries { entries in
    var largest = 0.0
    for e in 0..<matrix.rows {
      var sum = 0.0
      for k in 0..<matrix.columns { sum += abs(entries[e * matrix.columns + k]) }
      largest = max(largest, sum)
    }
    return largest
  }
}
