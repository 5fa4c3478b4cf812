internal import LinearAlgebra

/// Writes mixing · courses, outputs × columns, in tiles that stay in the cache while BLAS adds to them.
func mix(
  _ mixing: Matrix, _ courses: UnsafePointer<Double>, rowStride: Int, columns: Int,
  into output: UnsafeMutablePointer<Double>, rowStride outputStride: Int
) {
  let rank = mixing.columns
  let tile = max(32, 65536 / max(1, columns))
  mixing.withUnsafeEntries { entries in
    guard let entries = entries.baseAddress else { return }
    for first in stride(from: 0, to: mixing.rows, by: tile) {
      matrixProduct(
        m: min(tile, mixing.rows - first), n: columns, k: rank, entries + first * rank,
        rowStride: rank, courses, rowStride: rowStride, into: output + first * outputStride,
        rowStride: outputStride)
    }
  }
}

/// Low rank: the time courses are convolved, and mixed.
struct LowRankConvolution: Sendable {
  let mixing: Matrix
  let courses: DenseConvolution

  init(_ kernels: LowRankKernels) {
    mixing = kernels.mixing
    courses = DenseConvolution(kernels.courses)
  }

  func convolve(
    _ rates: RatePointers, steps: Int, active: [Int], into output: UnsafeMutablePointer<Double>,
    rowStride: Int
  ) {
    let block = 512 * max(1, courses.phases / 2)
    let scratch = UnsafeMutablePointer<Double>.allocate(capacity: mixing.columns * block)
    defer { scratch.deallocate() }
    for first in stride(from: 0, to: steps, by: block) {
      let count = min(block, steps - first)
      courses.convolve(
        rates, range: first..<first + count, active: active, into: scratch, rowStride: block)
      mix(
        mixing, scratch, rowStride: block, columns: count, into: output + first,
        rowStride: rowStride)
    }
  }
}
