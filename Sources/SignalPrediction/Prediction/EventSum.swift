internal import LinearAlgebra

/// Events: every rate that is not 0 adds its kernel, shifted.
struct EventSum: Sendable {
  /// Per input, outputs × taps.
  let kernels: [Matrix]

  func convolve(
    _ rates: RatePointers, steps: Int, active: [Int], into output: UnsafeMutablePointer<Double>,
    rowStride: Int
  ) {
    let outputs = kernels[0].rows
    for e in 0..<outputs { (output + e * rowStride).update(repeating: 0, count: steps) }
    for x in active {
      let taps = kernels[x].columns
      kernels[x].withUnsafeEntries { kernel in
        guard let kernel = kernel.baseAddress else { return }
        for n in (1 - taps)..<steps where rates[x][n] != 0 {
          let (from, to) = (max(0, -n), min(taps, steps - n))
          for e in 0..<outputs {
            addScaled(
              count: to - from, rates[x][n], kernel + e * taps + from,
              to: output + e * rowStride + n + from)
          }
        }
      }
    }
  }
}
