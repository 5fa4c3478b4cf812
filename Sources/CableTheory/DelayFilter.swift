internal import LinearAlgebra

/// Weights on whole lags of the grid: kernel[n] = sum_k weight_k response[n - k].
public struct DelayFilter: Sendable, Equatable {
  /// The lag k of the first weight; may be negative.
  public let firstLag: Int
  public let weights: [Double]

  public init(firstLag: Int, weights: [Double]) {
    precondition(!weights.isEmpty, "a delay filter needs a weight")
    self.firstLag = firstLag
    self.weights = weights
  }

  /// No delay.
  public static let none = DelayFilter(firstLag: 0, weights: [1])

  public var lastLag: Int { firstLag + weights.count - 1 }

  /// Convolves the rows of a response.
  ///
  /// - Parameters:
  ///   - response: outputs × responseCount, lag 0 first; what lies beyond counts as 0.
  ///   - count: lags 0 ..< count of the result are written to `target`.
  func convolve(
    _ response: UnsafePointer<Double>, outputs: Int, responseCount: Int, rowStride: Int,
    count: Int, into target: UnsafeMutablePointer<Double>, targetStride: Int
  ) {
    if count <= 0 || outputs == 0 { return }
    let block = min(64, count)
    let rows = weights.count + block - 1
    withUnsafeTemporaryAllocation(of: Double.self, capacity: rows * block) { toeplitz in
      guard let base = toeplitz.baseAddress else { return }
      // Row j stands for lag n0 - lastLag + j of the response, column c for lag n0 + c of the result.
      toeplitz.initialize(repeating: 0)
      for c in 0..<block {
        for k in weights.indices { base[(c + weights.count - 1 - k) * block + c] = weights[k] }
      }
      for n0 in stride(from: 0, to: count, by: block) {
        let width = min(block, count - n0)
        let low = max(0, n0 - lastLag)
        let high = min(responseCount, n0 + width - firstLag)
        if low >= high {
          for e in 0..<outputs {
            (target + e * targetStride + n0).update(repeating: 0, count: width)
          }
          continue
        }
        matrixProduct(
          m: outputs, n: width, k: high - low, response + low, rowStride: rowStride,
          base + (low - (n0 - lastLag)) * block, rowStride: block,
          into: target + n0, rowStride: targetStride)
      }
    }
  }

  /// sum_k weight_k exp(z (lastLag - k) dt) for each z: the filter as a factor on exponentials whose
  /// time is counted from the last lag.
  func factors(_ exponents: [Complex], dt: Double) -> [Complex] {
    let width = 4
    var result: [Complex] = []
    result.reserveCapacity(exponents.count + width)
    for first in stride(from: 0, to: exponents.count, by: width) {
      var (wr, wi) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
      for lane in 0..<width {
        let w = (dt * exponents[min(first + lane, exponents.count - 1)]).exponential
        (wr[lane], wi[lane]) = (w.re, w.im)
      }
      var (qr, qi) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
      for weight in weights {
        let next = qr * wr - qi * wi + weight
        qi = qr * wi + qi * wr
        qr = next
      }
      for lane in 0..<min(width, exponents.count - first) {
        result.append(Complex(qr[lane], qi[lane]))
      }
    }
    return result
  }
}
