internal import CBLAS

/// The thin QR decomposition of a matrix with at least as many rows as columns.
public struct QRDecomposition: Sendable {
  /// Rows × columns, orthonormal columns.
  public let orthogonal: Matrix

  /// Columns × columns, upper triangular.
  public let triangular: Matrix

  /// - Throws: `LinearAlgebraError` when there are more columns than rows, an entry is not finite
  ///   (info -4) or LAPACK's dgeqrf or dorgqr fails.
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    let (m, n) = (matrix.rows, matrix.columns)
    guard m >= n else {
      throw .shape(operation: "QR", left: matrix.view.shape, right: "at least as many rows")
    }
    var q = matrix
    var factors = [Double](repeating: 0, count: n)
    var r = Matrix(rows: n, columns: n)
    if n > 0 {
      try LinearAlgebraError.check(
        "dgeqrf",
        LAPACKE_dgeqrf(LAPACK_ROW_MAJOR, Int32(m), Int32(n), &q.storage, Int32(n), &factors))
      for i in 0..<n { for j in i..<n { r.storage[i * n + j] = q.storage[i * n + j] } }
      try LinearAlgebraError.check(
        "dorgqr",
        LAPACKE_dorgqr(
          LAPACK_ROW_MAJOR, Int32(m), Int32(n), Int32(n), &q.storage, Int32(n), factors))
    }
    orthogonal = q
    triangular = r
  }
}

/// The eigenvalues of a general real matrix; complex ones come in conjugate pairs, that with the
/// positive imaginary part first.
public struct GeneralEigenvalues: Sendable {
  public let real: [Double]
  public let imaginary: [Double]

  /// - Throws: `LinearAlgebraError` when the matrix is not square, an entry is not finite (info -5)
  ///   or LAPACK's dgeev finds no convergence.
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    guard matrix.rows == matrix.columns else {
      throw .shape(operation: "eigenvalues", left: matrix.view.shape, right: "square")
    }
    guard matrix.storage.allSatisfy(\.isFinite) else { throw .lapack(routine: "dgeev", info: -5) }
    let n = Int32(matrix.rows)
    var copy = matrix
    var real = [Double](repeating: 0, count: matrix.rows)
    var imaginary = real
    if n > 0 {
      let none = CChar(UInt8(ascii: "N"))
      // Eigenvalues are those of the transpose, too: no copy into columns is needed.
      try LinearAlgebraError.check(
        "dgeev",
        LAPACKE_dgeev(
          LAPACK_COL_MAJOR, none, none, n, &copy.storage, n, &real, &imaginary, nil, 1, nil, 1))
    }
    self.real = real
    self.imaginary = imaginary
  }
}
