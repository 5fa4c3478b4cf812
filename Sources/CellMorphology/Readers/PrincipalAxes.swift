/// The directions in which a cloud of points spreads most, second most and least: eigenvectors of
/// its matrix of second moments, of length 1.
struct PrincipalAxes {
  let first: SIMD3<Double>
  let second: SIMD3<Double>
  let third: SIMD3<Double>

  /// - Parameter offsets: the points, relative to their centre.
  init(_ offsets: [SIMD3<Double>]) {
    var moments = [SIMD3<Double>](repeating: .zero, count: 3)
    for offset in offsets {
      for row in 0..<3 { moments[row] += offset[row] * offset }
    }
    var vectors: [SIMD3<Double>] = [SIMD3(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1)]
    // Jacobi's method: rotate pairs of axes until nothing couples them (Golub & Van Loan 2013,
    // section 8.5). Six sweeps are ample for three axes; 30 are a bound.
    for _ in 0..<30 {
      let coupling = moments[0][1].magnitude + moments[0][2].magnitude + moments[1][2].magnitude
      let scale = moments[0][0].magnitude + moments[1][1].magnitude + moments[2][2].magnitude
      guard coupling > 1e-17 * scale else { break }
      for (p, q) in [(0, 1), (0, 2), (1, 2)] { Self.rotate(&moments, &vectors, p, q) }
    }
    let order = [0, 1, 2].sorted { moments[$0][$0] > moments[$1][$1] }
    first = vectors[order[0]]
    second = vectors[order[1]]
    third = vectors[order[2]]
  }

  private static func rotate(
    _ m: inout [SIMD3<Double>], _ vectors: inout [SIMD3<Double>], _ p: Int, _ q: Int
  ) {
    guard m[p][q] != 0 else { return }
    let theta = (m[q][q] - m[p][p]) / (2 * m[p][q])
    let root = (theta * theta + 1).squareRoot()
    let t = theta >= 0 ? 1 / (theta + root) : -1 / (root - theta)
    let c = 1 / (t * t + 1).squareRoot()
    let s = t * c
    for k in 0..<3 {
      let (a, b) = (m[k][p], m[k][q])
      m[k][p] = c * a - s * b
      m[k][q] = s * a + c * b
    }
    (m[p], m[q]) = (c * m[p] - s * m[q], s * m[p] + c * m[q])
    (vectors[p], vectors[q]) = (c * vectors[p] - s * vectors[q], s * vectors[p] + c * vectors[q])
  }
}
