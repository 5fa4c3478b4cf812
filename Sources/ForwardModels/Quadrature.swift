#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Nodes and weights of Gauss-Legendre quadrature on [-1, 1], by Newton's method on the three-term
/// recurrence (exact for polynomials of degree 2 n - 1).
struct GaussLegendre: Sendable {
  let nodes: [Double]
  let weights: [Double]

  init(_ n: Int) {
    var (nodes, weights) = ([Double](), [Double]())
    for i in 0..<n {
      var x = cos(.pi * (Double(i) + 0.75) / (Double(n) + 0.5))
      var derivative = 0.0
      for _ in 0..<100 {
        var (p, previous) = (1.0, 0.0)
        for k in 1...n {
          (p, previous) =
            (((2 * Double(k) - 1) * x * p - (Double(k) - 1) * previous) / Double(k), p)
        }
        derivative = Double(n) * (x * p - previous) / (x * x - 1)
        let change = p / derivative
        x -= change
        if abs(change) < 1e-15 { break }
      }
      nodes.append(x)
      weights.append(2 / ((1 - x * x) * derivative * derivative))
    }
    self.nodes = nodes
    self.weights = weights
  }

  static let order16 = GaussLegendre(16)
}

/// The integral of `f` by 16 points.
@inline(__always)
func gaussLegendre16(from a: Double, to b: Double, _ f: (Double) -> Double) -> Double {
  let (middle, half) = (0.5 * (a + b), 0.5 * (b - a))
  let rule = GaussLegendre.order16
  var sum = 0.0
  for (x, w) in zip(rule.nodes, rule.weights) { sum += w * f(middle + half * x) }
  return half * sum
}
