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
    let roots = weights.map { $0.squareRoot() }
    // Vectors sqrt(w) p_j, orthonormal in the plain sense.
    var basis = [roots.map { [mass] in $0 / mass.squareRoot() }]
    var (diagonal, offDiagonal) = ([Double](), [Double]())
    let wanted = min(count, points.count)
    while true {
      let last = basis[basis.count - 1]
      var next = zip(x, last).map(*)
      diagonal.append(zip(next, last).reduce(0) { $0 + $1.0 * $1.1 })
      if basis.count == wanted { break }
      for _ in 0..<2 {
        for vector in basis {
          let part = zip(next, vector).reduce(0) { $0 + $1.0 * $1.1 }
          for i in next.indices { next[i] -= part * vector[i] }
        }
      }
      let norm = next.reduce(0) { $0 + $1 * $1 }.squareRoot()
      // Points that coincide carry no further polynomial.
      if norm < 1e-12 { break }
      offDiagonal.append(norm)
      basis.append(next.map { $0 / norm })
    }
    self.diagonal = diagonal
    self.offDiagonal = offDiagonal
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
    var jacobi = Matrix(rows: n, columns: n)
    for j in 0..<n {
      jacobi[j, j] = diagonal[j]
      if j > 0 {
        jacobi[j, j - 1] = offDiagonal[j - 1]
        jacobi[j - 1, j] = offDiagonal[j - 1]
      }
    }
    guard let nodes = try? SymmetricEigen(jacobi).values else {
      // Finite symmetric matrices always decompose; one node is right to first order.
      return ([center + halfWidth * diagonal[0]], [mass])
    }
    let places = nodes.map { center + halfWidth * $0 }
    // Weights as 1 / sum of squares, which is accurate for the smallest, too.
    let weights = places.map { place in 1 / values(at: place).reduce(0) { $0 + $1 * $1 } }
    return (places, weights)
  }
}
