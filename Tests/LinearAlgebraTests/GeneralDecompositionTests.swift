import LinearAlgebra
import Testing

@Suite struct GeneralDecompositionTests {
  @Test(arguments: Kind.allCases) func qr(_ kind: Kind) throws {
    var random = Random(seed: 31)
    for (m, n) in [(1, 1), (7, 3), (30, 30), (200, 17), (5, 0)] {
      let a = kind.matrix(m, n, &random)
      let qr = try QRDecomposition(a)
      let gram = try qr.orthogonal.times(qr.orthogonal, transposingSelf: true)
      #expect((gram - .identity(n)).maximumMagnitude <= 1e-14)
      for i in 0..<n { for j in 0..<i { #expect(qr.triangular[i, j] == 0) } }
      let difference = (try qr.orthogonal.times(qr.triangular)) - a
      #expect(difference.maximumMagnitude <= 1e-13 * a.maximumMagnitude)
    }
    #expect(throws: LinearAlgebraError.self) { try QRDecomposition(Matrix(rows: 2, columns: 3)) }
    #expect(throws: LinearAlgebraError.self) {
      try QRDecomposition(Matrix(rows: 3, columns: 2, repeating: .nan))
    }
  }

  @Test func eigenvaluesOfARotationAndOfARealDiagonal() throws {
    let eigenvalues = try GeneralEigenvalues(Matrix([[0.6, -0.8, 0], [0.8, 0.6, 0], [0, 0, 2]]))
    #expect(eigenvalues.real.map { ($0 * 1e12).rounded() / 1e12 } == [0.6, 0.6, 2])
    #expect(abs(eigenvalues.imaginary[0] - 0.8) < 1e-14 && eigenvalues.imaginary[0] > 0)
    #expect(eigenvalues.imaginary[1] == -eigenvalues.imaginary[0])
    #expect(eigenvalues.imaginary[2] == 0)
  }

  /// Sums of powers of the eigenvalues are traces of powers of the matrix.
  @Test func tracesOfPowers() throws {
    var random = Random(seed: 32)
    for n in [1, 2, 9, 40] {
      let a = random.matrix(n, n)
      let eigenvalues = try GeneralEigenvalues(a)
      let square = try a.times(a)
      let trace = (0..<n).reduce(0) { $0 + a[$1, $1] }
      let second = (0..<n).reduce(0) { $0 + square[$1, $1] }
      let squares = zip(eigenvalues.real, eigenvalues.imaginary).reduce(0) {
        $0 + $1.0 * $1.0 - $1.1 * $1.1
      }
      #expect(abs(eigenvalues.real.reduce(0, +) - trace) <= 1e-12 * Double(n))
      #expect(abs(squares - second) <= 1e-11 * Double(n * n))
    }
  }

  @Test func eigenvaluesOfWhatHasNone() throws {
    #expect(try GeneralEigenvalues(Matrix(rows: 0, columns: 0)).real.isEmpty)
    #expect(throws: LinearAlgebraError.self) {
      try GeneralEigenvalues(Matrix(rows: 1, columns: 2))
    }
    #expect(throws: LinearAlgebraError.lapack(routine: "dgeev", info: -5)) {
      try GeneralEigenvalues(Matrix([[1, .infinity], [0, 1]]))
    }
  }

  @Test func rawProducts() {
    var random = Random(seed: 33)
    for (m, n, k) in [(1, 1, 1), (5, 7, 3), (13, 64, 22)] {
      let (a, b) = (random.matrix(m, k), random.matrix(k, n))
      let expected = naiveProduct(a, b)
      var (c, y) = (Matrix(rows: m, columns: n), [Double](repeating: 1, count: m))
      a.withUnsafeEntries { a in
        b.transposed.withUnsafeEntries { b in
          c.withUnsafeMutableEntries { c in
            if let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress {
              matrixProduct(
                m: m, n: n, k: k, a, rowStride: k, transposed: b, rowStride: k, into: c,
                rowStride: n)
              // The first row of bᵀ is the first column of b.
              matrixVectorProduct(m: m, n: k, a, rowStride: k, b, beta: 2, into: &y)
              let column = expected.column(0)
              addScaled(count: m, -1, column, to: &y)
            }
          }
        }
      }
      #expect((c - expected).maximumMagnitude <= 1e-13)
      #expect(y.allSatisfy { abs($0 - 2) <= 1e-13 })
    }
  }
}
