import LinearAlgebra
import Testing

/// Sizes around the blocks of LAPACK and OpenBLAS.
private let sizes = [1, 2, 3, 4, 5, 7, 8, 13, 16, 24, 31, 32, 33, 48, 63, 64, 65, 90, 120]

@Suite struct SymmetricEigenTests {
  @Test(arguments: Kind.allCases)
  func residuals(kind: Kind) throws {
    var random = Random(seed: 11)
    for n in sizes {
      let a = kind.symmetric(n, &random)
      let eigen = try SymmetricEigen(a)
      #expect(eigen.values == eigen.values.sorted(), "ascending")
      let scaled = eigen.vectors.mapped { _, j, x in x * eigen.values[j] }
      // A V = V diag: how well pairs satisfy their equation.
      let equation = residual(
        try a.times(eigen.vectors) - scaled, order: n, scale: a.infinityNorm)
      #expect(equation < residualLimit, "\(kind) \(n)")
      // A = V diag V^T: that all of them are there.
      let whole = residual(
        try scaled.times(eigen.vectors, transposingOther: true) - a, order: n,
        scale: a.infinityNorm)
      #expect(whole < residualLimit, "\(kind) \(n)")
      #expect(orthogonality(eigen.vectors) < residualLimit, "\(kind) \(n)")
    }
  }

  @Test func knownValues() throws {
    // The second difference matrix of order n has the eigenvalues 2 - 2 cos(pi k / (n + 1)).
    let three = Matrix([[2, -1, 0], [-1, 2, -1], [0, -1, 2]])
    let values = try SymmetricEigen(three).values
    let root = 2.0.squareRoot()
    for (value, expected) in zip(values, [2 - root, 2, 2 + root]) {
      // 30 n eps of the norm, as for residuals.
      #expect(abs(value - expected) < 30 * 3 * 4 * 0x1p-52)
    }
  }

  @Test func onlyTheLowerTriangleIsRead() throws {
    var random = Random(seed: 12)
    for n in [2, 5, 40] {
      let a = Kind.random.symmetric(n, &random)
      let poisoned = a.mapped { $1 > $0 ? .nan : $2 }
      #expect(try SymmetricEigen(poisoned).values == SymmetricEigen(a).values)
      #expect(try SymmetricEigen(poisoned).vectors == SymmetricEigen(a).vectors)
    }
  }

  @Test func wrongInputs() throws {
    #expect(
      throws: LinearAlgebraError.shape(operation: "eigenvalues", left: "2 x 3", right: "square")
    ) { try SymmetricEigen(Matrix(rows: 2, columns: 3)) }
    // The matrix is argument 5 of LAPACKE_dsyevd.
    let error = LinearAlgebraError.lapack(routine: "dsyevd", info: -5)
    #expect(throws: error) { try SymmetricEigen(Matrix([[1, 0], [.nan, 1]])) }
    #expect(
      error.description
        == "LAPACK's dsyevd was given an invalid argument 5 (a number that is not finite, or a "
        + "wrong size)")
    let empty = try SymmetricEigen(Matrix(rows: 0, columns: 0))
    #expect(empty.values.isEmpty && empty.vectors == Matrix(rows: 0, columns: 0))
  }
}

@Suite struct SingularValueTests {
  @Test(arguments: Kind.allCases)
  func residuals(kind: Kind) throws {
    var random = Random(seed: 13)
    for (index, n) in sizes.enumerated() {
      for m in [n, sizes[(index * 7 + 3) % sizes.count]] {
        let a = kind.matrix(m, n, &random)
        let svd = try SingularValueDecomposition(a)
        let r = min(m, n)
        #expect(svd.left.rows == m && svd.left.columns == r && svd.values.count == r)
        #expect(svd.right.rows == r && svd.right.columns == n)
        #expect(svd.values == svd.values.sorted(by: >) && svd.values.allSatisfy { $0 >= 0 })
        let scaled = svd.left.mapped { _, j, x in x * svd.values[j] }
        let whole = residual(
          try scaled.times(svd.right) - a, order: max(m, n), scale: a.infinityNorm)
        #expect(whole < residualLimit, "\(kind) \(m) x \(n): \(whole)")
        #expect(orthogonality(svd.left) < residualLimit, "\(kind) \(m) x \(n)")
        #expect(orthogonality(svd.right.transposed) < residualLimit, "\(kind) \(m) x \(n)")
      }
    }
  }

  @Test func rankAndKnownValues() throws {
    var random = Random(seed: 14)
    let values = try SingularValueDecomposition(Kind.rankDeficient.matrix(40, 30, &random)).values
    #expect(values[14] > 1e-3 * values[0])
    // The rest is rounding: 30 n eps.
    #expect(values[15] < 30 * 40 * 0x1p-52 * values[0])
    // (1 1; 0 1) has the golden ratio and its inverse.
    let golden = (1 + 5.0.squareRoot()) / 2
    let two = try SingularValueDecomposition(Matrix([[1, 1], [0, 1]])).values
    #expect(abs(two[0] - golden) < 1e-15 && abs(two[1] - 1 / golden) < 1e-15)
  }

  @Test func wrongInputs() throws {
    // The matrix is argument 5 of LAPACKE_dgesdd.
    #expect(throws: LinearAlgebraError.lapack(routine: "dgesdd", info: -5)) {
      try SingularValueDecomposition(Matrix([[1, .nan]]))
    }
    for (m, n) in [(0, 0), (0, 3), (3, 0)] {
      let empty = try SingularValueDecomposition(Matrix(rows: m, columns: n))
      #expect(empty.values.isEmpty)
      #expect(empty.left == Matrix(rows: m, columns: 0))
      #expect(empty.right == Matrix(rows: 0, columns: n))
    }
  }

  @Test func infinityIsAnErrorAndNotAResult() {
    for matrix in [Matrix([[1, 2], [2, .infinity]]), Matrix([[-.infinity, 0], [0, 1]])] {
      #expect(throws: LinearAlgebraError.lapack(routine: "dgesdd", info: -5)) {
        try SingularValueDecomposition(matrix)
      }
      #expect(throws: LinearAlgebraError.lapack(routine: "dsyevd", info: -5)) {
        try SymmetricEigen(matrix)
      }
    }
  }
}

/// norm(V^T V - 1) / (n eps).
private func orthogonality(_ vectors: Matrix) -> Double {
  guard
    let product = try? vectors.times(vectors, transposingSelf: true)
  else { return .infinity }
  return residual(product - .identity(vectors.columns), order: vectors.rows, scale: 1)
}
