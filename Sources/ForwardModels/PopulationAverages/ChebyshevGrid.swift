#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Interpolation in two variables by products of Chebyshev polynomials of a degree below `order`.
struct ChebyshevGrid {
  let order: Int
  private let nodes: [Double]

  /// transform[j * order + k] = 2 T_j(x_k) / order, half of it for j = 0.
  private let transform: [Double]

  init(order n: Int) {
    order = n
    nodes = (0..<n).map { cos(.pi * (Double($0) + 0.5) / Double(n)) }
    transform = (0..<n * n).map { m in
      let (j, k) = (m / n, m % n)
      let value = cos(.pi * Double(j) * (Double(k) + 0.5) / Double(n))
      return (j == 0 ? 1 : 2) * value / Double(n)
    }
  }

  typealias Interval = (low: Double, high: Double)

  private func place(_ x: Double, _ interval: Interval) -> Double {
    0.5 * (interval.low + interval.high + x * (interval.high - interval.low))
  }

  /// The nodes in a box, row by row of equal rho, and then a place between them.
  func points(rho: Interval, zeta: Interval) -> [TablePoint] {
    var places = nodes.flatMap { x in nodes.map { y in (rho: x, zeta: y) } }
    places.append(probePlace)
    return places.enumerated().map { slot, x in
      TablePoint(rho: place(x.rho, rho), zeta: place(x.zeta, zeta), slot: Int32(slot))
    }
  }

  /// A place between the nodes, in [-1, 1]^2, where an interpolant is tried.
  let probePlace = (rho: 0.7317, zeta: -0.8571)

  /// Coefficients of T_i(x) T_j(y), and how much the last two degrees of either variable contribute.
  func coefficients(
    of values: [Double]
  ) -> (coefficients: [Double], tails: (rho: Double, zeta: Double)) {
    let n = order
    var half = [Double](repeating: 0, count: n * n)
    var result = half
    for i in 0..<n {
      for j in 0..<n {
        half[i * n + j] = (0..<n).reduce(0) { $0 + transform[j * n + $1] * values[i * n + $1] }
      }
    }
    for i in 0..<n {
      for k in 0..<n {
        for j in 0..<n { result[i * n + j] += transform[i * n + k] * half[k * n + j] }
      }
    }
    var tails = (rho: 0.0, zeta: 0.0)
    for i in 0..<n {
      for last in [n - 2, n - 1] {
        tails.rho += abs(result[last * n + i])
        tails.zeta += abs(result[i * n + last])
      }
    }
    return (result, tails)
  }

  /// The polynomial at a place in [-1, 1]^2.
  func value(_ coefficients: [Double], at place: (rho: Double, zeta: Double)) -> Double {
    var sum = 0.0
    let (a, b) = (acos(place.rho), acos(place.zeta))
    for i in 0..<order {
      for j in 0..<order {
        sum += coefficients[i * order + j] * cos(Double(i) * a) * cos(Double(j) * b)
      }
    }
    return sum
  }

  /// The polynomial of a box at points in it, eight at a time.
  func evaluate(
    _ coefficients: UnsafeBufferPointer<Double>, rho: Interval, zeta: Interval,
    _ points: UnsafeMutableBufferPointer<TablePoint>
  ) {
    let n = order
    let (scaleX, scaleY) = (2 / (rho.high - rho.low), 2 / (zeta.high - zeta.low))
    withUnsafeTemporaryAllocation(of: SIMD8<Double>.self, capacity: n) { polynomials in
      var first = 0
      while first < points.count {
        let width = min(8, points.count - first)
        var (x, y) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
        for lane in 0..<width {
          x[lane] = (points[first + lane].rho - rho.low) * scaleX - 1
          y[lane] = (points[first + lane].zeta - zeta.low) * scaleY - 1
        }
        polynomials[0] = SIMD8(repeating: 1)
        polynomials[1] = y
        for j in 2..<n { polynomials[j] = 2 * y * polynomials[j - 1] - polynomials[j - 2] }
        // Clenshaw's recurrence in x over sums in y.
        var (b1, b2) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
        var i = n - 1
        while i >= 0 {
          var sum = SIMD8<Double>.zero
          for j in 0..<n { sum += coefficients[i * n + j] * polynomials[j] }
          (b1, b2) = (sum + (i == 0 ? x : 2 * x) * b1 - b2, b1)
          i -= 1
        }
        for lane in 0..<width { points[first + lane].value = b1[lane] }
        first += width
      }
    }
  }
}
