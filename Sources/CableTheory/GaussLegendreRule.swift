#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Gauss-Legendre nodes and weights on [-1, 1] with the Legendre polynomials at the nodes.
struct GaussLegendreRule: Sendable {
  let nodes: [Double]
  let weights: [Double]
  var count: Int { nodes.count }

  init(_ n: Int) {
    var (nodes, weights) = ([Double](), [Double]())
    for i in 0..<n {
      var x = -cos(.pi * (Double(i) + 0.75) / (Double(n) + 0.5))
      for _ in 0..<20 {
        let values = legendrePolynomials(x, count: n + 1)
        let derivative = Double(n) * (x * values[n] - values[n - 1]) / (x * x - 1)
        x -= values[n] / derivative
      }
      let values = legendrePolynomials(x, count: n + 1)
      let derivative = Double(n) * (x * values[n] - values[n - 1]) / (x * x - 1)
      nodes.append(x)
      weights.append(2 / ((1 - x * x) * derivative * derivative))
    }
    self.nodes = nodes
    self.weights = weights
  }

  static let order12 = GaussLegendreRule(12)
  static let order24 = GaussLegendreRule(24)
}

/// P_0(x) ... P_(count-1)(x) by the three-term recurrence (DLMF 18.9.1).
func legendrePolynomials(_ x: Double, count: Int) -> [Double] {
  var values = [1.0, x]
  for k in 1..<max(count, 2) {
    values.append(
      ((2 * Double(k) + 1) * x * values[k] - Double(k) * values[k - 1]) / Double(k + 1))
  }
  return Array(values.prefix(count))
}

/// A function on an interval as a sum of Legendre polynomials, by projection.
struct LegendreExpansion: Sendable, Equatable {
  static let order = 12

  let low: Double
  let high: Double
  let coefficients: [Double]

  /// - Parameter function: smooth on the interval; integrated with 24 points.
  init(from low: Double, to high: Double, _ function: (Double) -> Double) {
    var coefficients = [Double](repeating: 0, count: LegendreExpansion.order)
    let rule = GaussLegendreRule.order24
    for (x, w) in zip(rule.nodes, rule.weights) {
      let value = function(0.5 * (low + high) + 0.5 * (high - low) * x)
      let polynomials = legendrePolynomials(x, count: LegendreExpansion.order)
      for j in coefficients.indices {
        coefficients[j] += 0.5 * (2 * Double(j) + 1) * w * value * polynomials[j]
      }
    }
    self.low = low
    self.high = high
    self.coefficients = coefficients
  }

  func callAsFunction(_ x: Double) -> Double {
    let polynomials = legendrePolynomials(
      (2 * x - low - high) / (high - low), count: coefficients.count)
    return zip(coefficients, polynomials).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The last coefficients: how well the sum resolves the function.
  var tail: Double { max(abs(coefficients[10]), abs(coefficients[11])) }
}
