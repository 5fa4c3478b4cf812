import LinearAlgebra
import Testing

private let sizes = [1, 2, 3, 5, 8, 16, 17, 33, 64, 65, 100, 120]

/// norm(A X - B) / (n eps norm(A) norm(X)): the backward error, which does not depend on how well
/// conditioned the matrix is.
private func backwardError(_ a: Matrix, _ x: Matrix, _ b: Matrix) throws -> Double {
  residual(try a.times(x) - b, order: a.rows, scale: a.infinityNorm * x.infinityNorm)
}

@Suite struct SolveTests {
  @Test(arguments: [Kind.random, .graded, .scaledUp, .scaledDown])
  func generalSystems(kind: Kind) throws {
    var random = Random(seed: 21)
    for n in sizes {
      for count in [1, 3, 17] {
        let (a, b) = (kind.matrix(n, n, &random), random.matrix(n, count))
        let x = try a.solve(b)
        #expect(x.rows == n && x.columns == count)
        let error = try backwardError(a, x, b)
        #expect(error < residualLimit, "\(kind) \(n): \(error)")
      }
    }
  }

  @Test(arguments: [Kind.random, .diagonal, .graded])
  func triangularSystems(kind: Kind) throws {
    var random = Random(seed: 22)
    for n in sizes {
      // A diagonal of 1 to 2 keeps solutions of order 120 finite.
      let full = kind.matrix(n, n, &random).mapped { i, j, x in
        i == j ? 1 + abs(x) : x / Double(n)
      }
      let b = random.matrix(n, 4)
      for triangle in [Triangle.lower, .upper] {
        let kept = full.mapped { i, j, x in (triangle == .lower ? j <= i : j >= i) ? x : 0 }
        let poisoned = full.mapped { i, j, x in (triangle == .lower ? j <= i : j >= i) ? x : .nan }
        let x = try kept.solveTriangular(triangle, b)
        let error = try backwardError(kept, x, b)
        #expect(error < residualLimit, "\(kind) \(n): \(error)")
        #expect(try poisoned.solveTriangular(triangle, b) == x, "the other triangle is not read")
      }
    }
  }

  @Test func tridiagonalSystems() throws {
    var random = Random(seed: 23)
    for n in sizes + [1000] {
      for grading in [1.0, 1e-6] {
        // Diagonally dominant, hence positive definite; entries from 1 to the grading.
        let scale = (0..<n).map { 1 + (grading - 1) * Double($0) / Double(max(n - 1, 1)) }
        let off = (0..<n - 1).map { min(scale[$0], scale[$0 + 1]) * random.number() }
        let diagonal = (0..<n).map { i in
          scale[i] * (0.01 + abs(random.number())) + (i > 0 ? abs(off[i - 1]) : 0)
            + (i < n - 1 ? abs(off[i]) : 0)
        }
        let b = random.vector(n)
        let x = try TridiagonalFactorization(diagonal: diagonal, offDiagonal: off).solve(b)
        var worst = 0.0
        for i in 0..<n {
          let left = i > 0 ? off[i - 1] * x[i - 1] : 0
          let right = i < n - 1 ? off[i] * x[i + 1] : 0
          let sum = left + diagonal[i] * x[i] + right - b[i]
          worst = largestOrNaN(worst, abs(sum))
        }
        let norm = 4 * diagonal.reduce(0) { max($0, abs($1)) }
        let size = x.reduce(0) { max($0, abs($1)) }
        #expect(worst / (norm * size * 0x1p-52) < residualLimit, "\(n), \(grading)")
      }
    }
  }

  @Test func identitiesSolveExactly() throws {
    var random = Random(seed: 24)
    let b = random.matrix(9, 4)
    #expect(try Matrix.identity(9).solve(b) == b)
    #expect(try Matrix.identity(9).solveTriangular(.upper, b) == b)
    let ones = try TridiagonalFactorization(
      diagonal: Array(repeating: 1, count: 9), offDiagonal: Array(repeating: 0, count: 8))
    #expect(try ones.solve(b.column(0)) == b.column(0))
  }

  @Test func emptySystems() throws {
    let none = Matrix(rows: 0, columns: 0)
    #expect(try none.solve(Matrix(rows: 0, columns: 3)) == Matrix(rows: 0, columns: 3))
    #expect(try Matrix.identity(2).solve(Matrix(rows: 2, columns: 0)).columns == 0)
    #expect(try none.solveTriangular(.lower, Matrix(rows: 0, columns: 2)).columns == 2)
    #expect(try TridiagonalFactorization(diagonal: [], offDiagonal: []).solve([]).isEmpty)
    #expect(try TridiagonalFactorization(diagonal: [4], offDiagonal: []).solve([2]) == [0.5])
  }
}

@Suite struct SolveErrorTests {
  private func lapack(_ routine: String, _ info: Int) -> LinearAlgebraError {
    .lapack(routine: routine, info: info)
  }

  @Test func singular() {
    let b = Matrix(rows: 3, columns: 1, repeating: 1)
    // Zero pivots are named by their 1-based index.
    let singular = Matrix([[1, 0, 0], [0, 0, 0], [0, 0, 1]])
    #expect(throws: lapack("dgesv", 2)) { try singular.solve(b) }
    #expect(throws: lapack("dtrtrs", 2)) { try singular.solveTriangular(.lower, b) }
    #expect(throws: lapack("dtrtrs", 3)) {
      try Matrix([[1, 5, 5], [0, 2, 5], [0, 0, 0]]).solveTriangular(.upper, b)
    }
    #expect(lapack("dgesv", 2).description == "LAPACK's dgesv failed with info 2")
  }

  @Test func notPositiveDefinite() {
    // The order of the first minor that is not positive.
    #expect(throws: lapack("dpttrf", 2)) {
      try TridiagonalFactorization(diagonal: [1, 1, 1], offDiagonal: [2, 0])
    }
    #expect(throws: lapack("dpttrf", 1)) {
      try TridiagonalFactorization(diagonal: [-1, 1], offDiagonal: [0])
    }
    #expect(throws: lapack("dpttrf", 3)) {
      try TridiagonalFactorization(diagonal: [1, 1, 0], offDiagonal: [0, 0])
    }
    #expect(throws: lapack("dpttrf", 1)) {
      try TridiagonalFactorization(diagonal: [0], offDiagonal: [])
    }
  }

  @Test func notANumber() throws {
    let (one, nan) = (Matrix.identity(2), Matrix([[.nan, 0], [0, 1]]))
    // The position of the argument in LAPACKE's call.
    #expect(throws: lapack("dgesv", -4)) { try nan.solve(one) }
    #expect(throws: lapack("dgesv", -7)) { try one.solve(nan) }
    #expect(throws: lapack("dtrtrs", -7)) { try nan.solveTriangular(.lower, one) }
    #expect(throws: lapack("dtrtrs", -9)) { try one.solveTriangular(.lower, nan) }
    #expect(throws: lapack("dpttrf", -2)) {
      try TridiagonalFactorization(diagonal: [1, .nan], offDiagonal: [0])
    }
    #expect(throws: lapack("dpttrf", -3)) {
      try TridiagonalFactorization(diagonal: [1, 1], offDiagonal: [.nan])
    }
    let factors = try TridiagonalFactorization(diagonal: [1, 1], offDiagonal: [0])
    #expect(throws: lapack("dpttrs", -6)) { try factors.solve([1, .nan]) }
  }

  @Test func shapes() throws {
    let (wide, two) = (Matrix(rows: 2, columns: 3), Matrix.identity(2))
    let three = Matrix(rows: 3, columns: 1)
    func shape(_ operation: String, _ left: String, _ right: String) -> LinearAlgebraError {
      .shape(operation: operation, left: left, right: right)
    }
    #expect(throws: shape("solve", "2 x 3", "square")) { try wide.solve(two) }
    #expect(throws: shape("solve", "2 x 2", "3 x 1")) { try two.solve(three) }
    #expect(throws: shape("triangular solve", "2 x 3", "square")) {
      try wide.solveTriangular(.lower, two)
    }
    #expect(throws: shape("triangular solve", "2 x 2", "3 x 1")) {
      try two.solveTriangular(.upper, three)
    }
    #expect(throws: shape("tridiagonal matrix", "2", "2")) {
      try TridiagonalFactorization(diagonal: [1, 2], offDiagonal: [0, 0])
    }
    let factors = try TridiagonalFactorization(diagonal: [1, 2], offDiagonal: [0])
    #expect(throws: shape("tridiagonal solve", "2", "3")) { try factors.solve([1, 2, 3]) }
  }
}
