#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Gauss-Legendre quadrature: Σ w_i f(x_i) is the integral over [-1, 1] of polynomials up to
/// degree 2n - 1.
struct GaussLegendre: Sendable {
  let nodes: [Double]
  let weights: [Double]

  /// The rule of 10 nodes.
  static let ten = GaussLegendre(count: 10)
  /// The rule of 20 nodes.
  static let twenty = GaussLegendre(count: 20)

  /// Newton's iteration on the Legendre polynomial P_n from Tricomi's approximation of its roots;
  /// weights 2 / ((1 - x²) P_n'(x)²) (DLMF 3.5.15 to 3.5.19, 18.16.11).
  init(count n: Int) {
    var nodes: [Double] = []
    var weights: [Double] = []
    for i in 1...n {
      var x = -cos(.pi * (Double(i) - 0.25) / (Double(n) + 0.5))
      for _ in 0..<6 {
        let (value, slope) = Self.legendre(n, x)
        x -= value / slope
      }
      let slope = Self.legendre(n, x).slope
      nodes.append(x)
      weights.append(2 / ((1 - x) * (1 + x) * slope * slope))
    }
    self.nodes = nodes
    self.weights = weights
  }

  /// P_n(x) and its derivative by the three-term recurrence (DLMF 18.9.1, 18.9.17).
  private static func legendre(_ n: Int, _ x: Double) -> (value: Double, slope: Double) {
    var (previous, value) = (1.0, x)
    for k in 1..<n {
      let degree = Double(k)
      (previous, value) = (
        value, ((2 * degree + 1) * x * value - degree * previous) / (degree + 1)
      )
    }
    return (value, Double(n) * (x * value - previous) / (x * x - 1))
  }

  /// The integral of a function over one interval.
  @inline(__always)
  func integral(from low: Double, to high: Double, _ f: (Double) -> Double) -> Double {
    let half = 0.5 * (high - low)
    let middle = low + half
    var sum = 0.0
    for i in nodes.indices { sum += weights[i] * f(middle + half * nodes[i]) }
    return sum * half
  }

  /// The integral over an interval that is cut into equal panels of at most the given width.
  func integral(
    over interval: ClosedRange<Double>, panelWidth: Double, _ f: (Double) -> Double
  ) -> Double {
    let length = interval.upperBound - interval.lowerBound
    let count = max(1, Int((length / panelWidth).rounded(.up)))
    let width = length / Double(count)
    return (0..<count).reduce(0) { sum, i in
      let low = interval.lowerBound + Double(i) * width
      return sum + integral(from: low, to: low + width, f)
    }
  }
}
