internal import CBLAS

/// The product with a transposed right factor on raw memory, row-major: C = alpha A Bᵀ + beta C, with
/// A m × k, B n × k.
public func matrixProduct(
  m: Int, n: Int, k: Int, alpha: Double = 1, _ a: UnsafePointer<Double>, rowStride lda: Int,
  transposed b: UnsafePointer<Double>, rowStride ldb: Int, beta: Double = 0,
  into c: UnsafeMutablePointer<Double>, rowStride ldc: Int
) {
  cblas_dgemm(
    CblasRowMajor, CblasNoTrans, CblasTrans, blasint(m), blasint(n), blasint(k), alpha, a,
    blasint(lda), b, blasint(ldb), beta, c, blasint(ldc))
}

/// The product of a matrix and a vector on raw memory, row-major: y = A x + beta y, A m × n.
public func matrixVectorProduct(
  m: Int, n: Int, _ a: UnsafePointer<Double>, rowStride lda: Int, _ x: UnsafePointer<Double>,
  beta: Double = 0, into y: UnsafeMutablePointer<Double>
) {
  cblas_dgemv(
    CblasRowMajor, CblasNoTrans, blasint(m), blasint(n), 1, a, blasint(lda), x, 1, beta, y, 1)
}

/// y += a x on raw memory.
public func addScaled(
  count: Int, _ a: Double, _ x: UnsafePointer<Double>, to y: UnsafeMutablePointer<Double>
) {
  cblas_daxpy(blasint(count), a, x, 1, y, 1)
}
