internal import CVectorMath
internal import LinearAlgebra

/// Writes mixing · courses, outputs × columns.
func mix(
  _ mixing: Matrix, _ courses: UnsafePointer<Double>, rowStride: Int, columns: Int,
  into output: UnsafeMutablePointer<Double>, rowStride outputStride: Int
) {
  mixing.withUnsafeEntries { entries in
    guard let entries = entries.baseAddress else { return }
    cvm_product(
      mixing.rows, columns, mixing.columns, entries, mixing.columns, courses, rowStride, 0, output,
      outputStride)
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
