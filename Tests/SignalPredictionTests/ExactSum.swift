import LinearAlgebra
import SignalPrediction

/// A number as an unevaluated sum of two doubles (Dekker 1971; Knuth's sum without branches).
struct TwoDoubles {
  var high = 0.0
  var low = 0.0

  mutating func add(_ a: Double, times b: Double) {
    let product = a * b
    let rest = (-product).addingProduct(a, b)
    let sum = high + product
    let part = sum - high
    low += (high - (sum - part)) + (product - part) + rest
    high = sum
  }

  var value: Double { high + low }
}

/// Σ_X Σ_k H_X[e, k] ν_X[n - k] by its definition, in twice the precision.
func exactSignals(_ responses: ImpulseResponses, _ rates: Matrix) -> Matrix {
  var result = Matrix(rows: responses.outputs, columns: rates.columns)
  for e in 0..<responses.outputs {
    for n in 0..<rates.columns {
      var sum = TwoDoubles()
      for (x, taps) in responses.taps.enumerated() {
        for k in 0..<min(taps.columns, n + 1) { sum.add(taps[e, k], times: rates[x, n - k]) }
      }
      result[e, n] = sum.value
    }
  }
  return result
}

/// The largest difference over the largest entry of the second.
func relativeDifference(_ a: Matrix, _ b: Matrix) -> Double {
  guard a.rows == b.rows, a.columns == b.columns else { return .infinity }
  let largest = b.maximumMagnitude
  let difference = (a - b).maximumMagnitude
  return difference == 0 ? 0 : difference / largest
}

/// A reproducible stream of random numbers (SplitMix64).
struct Random {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func bits() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Evenly distributed in [-1, 1).
  mutating func number() -> Double { Double(bits() >> 11) * 0x1p-52 - 1 }

  mutating func integer(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(bits() % UInt64(range.count))
  }

  mutating func matrix(_ rows: Int, _ columns: Int) -> Matrix {
    Matrix(rows: rows, columns: columns, storage: (0..<rows * columns).map { _ in number() })
  }

  /// Counts of spikes, most of them 0.
  mutating func counts(_ rows: Int, _ columns: Int, density: Double = 0.3) -> Matrix {
    Matrix(
      rows: rows, columns: columns,
      storage: (0..<rows * columns).map { _ in
        number() < 2 * density - 1 ? Double(1 + bits() % 5) : 0
      })
  }
}
