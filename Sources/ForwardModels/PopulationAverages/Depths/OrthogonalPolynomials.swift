internal import LinearAlgebra

/// Polynomials p_0 ... p_(n-1) that are orthonormal with respect to a measure on separate points, and
/// the Gauss rule of n nodes that belongs to them.
///
/// The recurrence b_(j+1) p_(j+1) = (x - a_j) p_j - b_j p_(j-1) is found by the procedure of Stieltjes
/// with full reorthogonalisation; nodes are the eigenvalues of its Jacobi matrix (Golub & Welsch 1969,
/// Math. Comp. 23: 221).
struct OrthogonalPolynomials: Sendable {
  private let diagonal: [Double]
  private let offDiagonal: [Double]

  /// The measure's total.
  let mass: Double

  /// The place and half-width by which arguments are scaled, so that the recurrence is of order 1.
  private let center, halfWidth: Double

  var count: Int { diagonal.count }

  /// - Parameters:
  ///   - points: with positive weights.
  ///   - count: wanted; no more are made than there are separate points.
  init(points: [Double], weights: [Double], count: Int) {
    mass = weights.reduce(0, +)
    let (low, high) = (points.min() ?? 0, points.max() ?? 0)
    center = 0.5 * (low + high)
    halfWidth = high > low ? 0.5 * (high - low) : 1
    let x = points.map { [center, halfWidth] in ($0 - center) / halfWidth }
    let wanted = min(count, points.count)
    // With as many polynomials as points, rounding would destroy orthogonality without further care.
    (diagonal, offDiagonal) = OrthogonalPolynomials.recurrence(
      x, weights.map { [mass] in ($0 / mass).squareRoot() }, count: wanted,
      reorthogonalizing: 4 * wanted > points.count)
  }

  /// The recurrence's coefficients, from vectors sqrt(w) p_j that are orthonormal in the plain sense.
  private static func recurrence(
    _ x: [Double], _ start: [Double], count: Int, reorthogonalizing: Bool
  ) -> (diagonal: [Double], offDiagonal: [Double]) {
    var (diagonal, offDiagonal) = ([Double](), [Double]())
    var basis: [[Double]] = []
    var (previous, last) = (Array(repeating: 0.0, count: x.count), start)
    var norm = 0.0
    while true {
      var a = 0.0
      for i in x.indices { a += x[i] * last[i] * last[i] }
      diagonal.append(a)
      if diagonal.count == count { break }
      if reorthogonalizing { basis.append(last) }
      for i in x.indices {
        let next = (x[i] - a) * last[i] - norm * previous[i]
        previous[i] = last[i]
        last[i] = next
      }
      for vector in basis + basis {
        var part = 0.0
        for i in x.indices { part += last[i] * vector[i] }
        for i in x.indices { last[i] -= part * vector[i] }
      }
      norm = 0
      for i in x.indices { norm += last[i] * last[i] }
      norm = norm.squareRoot()
      // Points that coincide carry no further polynomial.
      if norm < 1e-12 { break }
      offDiagonal.append(norm)
      for i in x.indices { last[i] /= norm }
    }
    return (diagonal, offDiagonal)
  }

  /// Writes p_0 ... p_(n-1) at a place.
  func evaluate(at place: Double, into values: UnsafeMutableBufferPointer<Double>) {
    let x = (place - center) / halfWidth
    values[0] = 1 / mass.squareRoot()
    for j in 1..<max(count, 1) {
      var next = (x - diagonal[j - 1]) * values[j - 1]
      if j > 1 { next -= offDiagonal[j - 2] * values[j - 2] }
      values[j] = next / offDiagonal[j - 1]
    }
  }

  /// p_0 ... p_(n-1) at a place.
  func values(at place: Double) -> [Double] {
    var result = [Double](repeating: 0, count: count)
    result.withUnsafeMutableBufferPointer { evaluate(at: place, into: $0) }
    return result
  }

  /// Nodes and weights of the Gauss rule with n nodes, exact for the measure and polynomials up to
  /// degree 2 n - 1.
  func gaussRule() -> (nodes: [Double], weights: [Double]) {
    let n = count
    if n == 1 { return ([center + halfWidth * diagonal[0]], [mass]) }
    guard
      let nodes = try? tridiagonalEigenvalues(diagonal: diagonal, offDiagonal: offDiagonal)
    else {
      // Finite symmetric matrices always have eigenvalues; one node is right to first order.
      return ([center + halfWidth * diagonal[0]], [mass])
    }
    let places = nodes.map { center + halfWidth * $0 }
    // Weights as 1 / sum of squares, which is accurate for the smallest, too.
    let weights = places.map { place in 1 / values(at: place).reduce(0) { $0 + $1 * $1 } }
    return (places, weights)
  }
}
