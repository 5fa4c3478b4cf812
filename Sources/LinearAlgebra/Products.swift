internal import CBLAS

/// The general matrix product on raw memory, row-major: C = alpha A B + beta C, with A m × k,
/// B k × n. For inner loops that own their memory; `Matrix` has the safe form.
public func matrixProduct(
  m: Int, n: Int, k: Int, alpha: Double = 1, _ a: UnsafePointer<Double>, rowStride lda: Int,
  _ b: UnsafePointer<Double>, rowStride ldb: Int, beta: Double = 0,
  into c: UnsafeMutablePointer<Double>, rowStride ldc: Int
) {
  cblas_dgemm(
    CblasRowMajor, CblasNoTrans, CblasNoTrans, blasint(m), blasint(n), blasint(k), alpha, a,
    blasint(lda), b, blasint(ldb), beta, c, blasint(ldc))
}

extension MatrixView {
  var shape: String { "\(rows) x \(columns)" }

  /// The product of two views.
  ///
  /// - Throws: `LinearAlgebraError.shape` when the inner sizes differ.
  public func times(
    _ other: MatrixView, transposingSelf: Bool = false, transposingOther: Bool = false
  ) throws(LinearAlgebraError) -> Matrix {
    let (m, k) = transposingSelf ? (columns, rows) : (rows, columns)
    let (inner, n) = transposingOther ? (other.columns, other.rows) : (other.rows, other.columns)
    guard k == inner else {
      throw .shape(operation: "product", left: shape, right: other.shape)
    }
    if m == 0 || n == 0 || k == 0 { return Matrix(rows: m, columns: n) }
    var result = Matrix(rows: m, columns: n)
    result.withUnsafeMutableEntries { c in
      withPointer { a in
        other.withPointer { b in
          cblas_dgemm(
            CblasRowMajor, transposingSelf ? CblasTrans : CblasNoTrans,
            transposingOther ? CblasTrans : CblasNoTrans, blasint(m), blasint(n), blasint(k), 1, a,
            blasint(rowStride), b, blasint(other.rowStride), 0, c.baseAddress, blasint(n))
        }
      }
    }
    return result
  }
}

extension Matrix {
  /// The product with another matrix.
  ///
  /// - Throws: `LinearAlgebraError.shape` when the inner sizes differ.
  public func times(
    _ other: Matrix, transposingSelf: Bool = false, transposingOther: Bool = false
  ) throws(LinearAlgebraError) -> Matrix {
    try view.times(
      other.view, transposingSelf: transposingSelf, transposingOther: transposingOther)
  }

  /// The product with a vector.
  ///
  /// - Throws: `LinearAlgebraError.shape` when the sizes differ.
  public func times(_ vector: [Double]) throws(LinearAlgebraError) -> [Double] {
    guard vector.count == columns else {
      throw .shape(operation: "product", left: view.shape, right: "\(vector.count) x 1")
    }
    if rows == 0 || columns == 0 { return Array(repeating: 0, count: rows) }
    var result = [Double](repeating: 0, count: rows)
    cblas_dgemv(
      CblasRowMajor, CblasNoTrans, blasint(rows), blasint(columns), 1, storage, blasint(columns),
      vector, 1, 0, &result, 1)
    return result
  }
}
