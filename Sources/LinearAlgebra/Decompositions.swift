internal import CBLAS

/// Eigenvalues (ascending) and orthonormal eigenvectors (columns) of a symmetric matrix.
public struct SymmetricEigen: Sendable {
  public let values: [Double]
  public let vectors: Matrix

  /// - Parameter matrix: symmetric; only its lower triangle is read.
  /// - Throws: `LinearAlgebraError` when it is not square, an entry is not finite (info -5) or
  ///   LAPACK's dsyevd fails.
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    try requireSquare(matrix, "eigenvalues")
    var vectors = matrix
    var values = [Double](repeating: 0, count: matrix.rows)
    let n = Int32(matrix.rows)
    if n > 0 {
      try LinearAlgebraError.check(
        "dsyevd",
        LAPACKE_dsyevd(
          LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "L")), n,
          &vectors.storage, n, &values))
      // LAPACKE refuses a NaN, but makes NaNs of an infinity.
      guard values.allSatisfy(\.isFinite) else { throw .lapack(routine: "dsyevd", info: -5) }
    }
    self.values = values
    self.vectors = vectors
  }
}

/// The eigenvalues (ascending) of a symmetric tridiagonal matrix (dsterf).
///
/// - Parameters:
///   - diagonal: n numbers.
///   - offDiagonal: n - 1 numbers.
/// - Throws: `LinearAlgebraError.lapack` when dsterf fails.
public func tridiagonalEigenvalues(
  diagonal: [Double], offDiagonal: [Double]
) throws(LinearAlgebraError) -> [Double] {
  precondition(offDiagonal.count == max(diagonal.count - 1, 0), "n - 1 numbers beside n")
  var (values, rest) = (diagonal, offDiagonal)
  if values.count > 1 {
    try LinearAlgebraError.check(
      "dsterf", LAPACKE_dsterf(Int32(values.count), &values, &rest))
  }
  return values
}

/// The thin singular value decomposition: matrix = left × diagonal(values) × right.
public struct SingularValueDecomposition: Sendable {
  /// Rows × r, orthonormal columns, r the smaller side.
  public let left: Matrix

  /// Descending.
  public let values: [Double]

  /// r × columns, orthonormal rows.
  public let right: Matrix

  /// - Throws: `LinearAlgebraError.lapack` when an entry is not finite (info -5) or dgesdd fails.
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    let (m, n, r) = (matrix.rows, matrix.columns, min(matrix.rows, matrix.columns))
    var copy = matrix
    var left = Matrix(rows: m, columns: r)
    var right = Matrix(rows: r, columns: n)
    var values = [Double](repeating: 0, count: r)
    if r > 0 {
      try LinearAlgebraError.check(
        "dgesdd",
        LAPACKE_dgesdd(
          LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "S")), Int32(m), Int32(n), &copy.storage,
          Int32(n), &values, &left.storage, Int32(r), &right.storage, Int32(n)))
      guard values.allSatisfy(\.isFinite) else { throw .lapack(routine: "dgesdd", info: -5) }
    }
    self.left = left
    self.values = values
    self.right = right
  }
}

/// Which triangle of a matrix holds its entries.
public enum Triangle: Sendable {
  case lower, upper
}

extension Matrix {
  /// Solves T X = B for this triangular matrix T.
  ///
  /// - Throws: `LinearAlgebraError` when shapes do not fit or a diagonal entry is 0 (its 1-based
  ///   index is the info code of dtrtrs).
  public func solveTriangular(_ triangle: Triangle, _ right: Matrix) throws(LinearAlgebraError)
    -> Matrix
  {
    try requireSquare(self, "triangular solve")
    guard right.rows == rows else {
      throw .shape(operation: "triangular solve", left: view.shape, right: right.view.shape)
    }
    var result = right
    if rows > 0 && right.columns > 0 {
      try LinearAlgebraError.check(
        "dtrtrs",
        LAPACKE_dtrtrs(
          LAPACK_ROW_MAJOR, CChar(UInt8(ascii: triangle == .lower ? "L" : "U")),
          CChar(UInt8(ascii: "N")), CChar(UInt8(ascii: "N")), Int32(rows),
          Int32(right.columns), storage, Int32(rows), &result.storage,
          Int32(right.columns)))
    }
    return result
  }

  /// Solves A X = B for this general square matrix A by LU factorisation.
  ///
  /// - Throws: `LinearAlgebraError` when shapes do not fit or the matrix is singular (dgesv).
  public func solve(_ right: Matrix) throws(LinearAlgebraError) -> Matrix {
    try requireSquare(self, "solve")
    guard right.rows == rows else {
      throw .shape(operation: "solve", left: view.shape, right: right.view.shape)
    }
    var (factors, result) = (self, right)
    var pivots = [Int32](repeating: 0, count: rows)
    if rows > 0 && right.columns > 0 {
      try LinearAlgebraError.check(
        "dgesv",
        LAPACKE_dgesv(
          LAPACK_ROW_MAJOR, Int32(rows), Int32(right.columns), &factors.storage,
          Int32(rows), &pivots, &result.storage, Int32(right.columns)))
    }
    return result
  }
}

/// A symmetric positive definite tridiagonal matrix, factorised once (dpttrf).
public struct TridiagonalFactorization: Sendable {
  private var diagonal: [Double]
  private var offDiagonal: [Double]

  /// - Throws: `LinearAlgebraError` when sizes do not fit or the matrix is not positive definite
  ///   (the info code is the order of the first minor that is not).
  public init(diagonal: [Double], offDiagonal: [Double]) throws(LinearAlgebraError) {
    guard offDiagonal.count == max(diagonal.count - 1, 0) else {
      throw .shape(
        operation: "tridiagonal matrix", left: "\(diagonal.count)", right: "\(offDiagonal.count)")
    }
    self.diagonal = diagonal
    self.offDiagonal = offDiagonal
    if !diagonal.isEmpty {
      try LinearAlgebraError.check(
        "dpttrf",
        LAPACKE_dpttrf(Int32(diagonal.count), &self.diagonal, &self.offDiagonal))
    }
  }

  /// Solves for one right-hand side.
  public func solve(_ right: [Double]) throws(LinearAlgebraError) -> [Double] {
    guard right.count == diagonal.count else {
      throw .shape(
        operation: "tridiagonal solve", left: "\(diagonal.count)", right: "\(right.count)")
    }
    var result = right
    if !right.isEmpty {
      try LinearAlgebraError.check(
        "dpttrs",
        LAPACKE_dpttrs(
          LAPACK_ROW_MAJOR, Int32(right.count), 1, diagonal, offDiagonal, &result, 1))
    }
    return result
  }
}

private func requireSquare(_ matrix: Matrix, _ operation: String) throws(LinearAlgebraError) {
  guard matrix.rows == matrix.columns else {
    throw .shape(operation: operation, left: matrix.view.shape, right: "square")
  }
}
