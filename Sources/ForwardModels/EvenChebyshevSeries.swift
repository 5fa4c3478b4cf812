internal import CVectorMath

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// An even smooth function on [-w, w] as a Chebyshev series in 2 (a / w)^2 - 1.
struct EvenChebyshevSeries {
  private let halfWidth: Double
  private let coefficients: [Double]

  /// Interpolates; nil where the last coefficients show that more terms would be needed.
  init?(halfWidth: Double, terms n: Int, _ function: (Double) -> Double) {
    self.halfWidth = halfWidth
    // cos(pi j (k + 1/2) / n) for all j and k from one table of cos(pi m / 2n).
    let table = (0..<4 * n).map { cos(.pi * Double($0) / Double(2 * n)) }
    let values = (0..<n).map { k in
      function(halfWidth * (0.5 * (table[2 * k + 1] + 1)).squareRoot())
    }
    var coefficients = [Double](repeating: 0, count: n)
    for j in 0..<n {
      var (sum, index) = (0.0, j)
      for value in values {
        sum += value * table[index]
        index += 2 * j
        if index >= 4 * n { index -= 4 * n }
      }
      coefficients[j] = sum * (j == 0 ? 1 : 2) / Double(n)
    }
    let largest = coefficients.reduce(0) { max($0, abs($1)) }
    let tail = coefficients.suffix(3).reduce(0) { max($0, abs($1)) }
    guard tail <= 1e-13 * largest else { return nil }
    self.coefficients = coefficients
  }

  /// Replaces each entry a by factor × the series at a.
  func evaluate(_ entries: UnsafeMutableBufferPointer<Double>, factor: Double) {
    guard let base = entries.baseAddress, !coefficients.isEmpty else { return }
    cvm_even_chebyshev(
      entries.count, base, halfWidth, coefficients.count, coefficients, factor)
  }
}
