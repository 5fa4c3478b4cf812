internal import LinearAlgebra

/// Outputs that are sums of exponentials, h_e(t) = Re sum_k c_ek exp(z_k t), evaluated on grids of
/// times by powers and matrix products.
struct ExponentialSum {
  /// Exponents, in descending order of real parts, 1/ms.
  let exponents: [Complex]

  /// Per output, pairs of real and imaginary part of each coefficient.
  var coefficients: [Double]
  let outputs: Int

  /// Terms with exp(Re z t) below exp(-this) are left out: they are below rounding.
  private static let negligible = 42.0
  private static let blockLength = 64

  /// Values at (start + k) dt for k in 0 ..< count, written to `target`[e * rowStride + k].
  func evaluate(
    start: Double, count: Int, dt: Double, into target: UnsafeMutablePointer<Double>,
    rowStride: Int
  ) {
    if count <= 0 || outputs == 0 { return }
    let n = exponents.count
    let block = min(ExponentialSum.blockLength, (count + 3) / 4 * 4)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * n * (block + outputs)) { memory in
      guard let powers = memory.baseAddress else { return }
      let scaled = powers + 2 * n * block
      fillPowers(powers, length: block, dt: dt)
      let steps = exponents.map { (Double(block) * dt * $0).exponential }
      var factors: [Complex] = []
      for (index, first) in stride(from: 0, to: count, by: block).enumerated() {
        let time = (start + Double(first)) * dt
        if index % 32 == 0 {  // afresh, so that rounding does not add up
          factors = exponents.map { (time * $0).exponential }
        }
        let kept = keptTerms(time)
        scaleCoefficients(by: factors, kept: kept, into: scaled)
        matrixProduct(
          m: outputs, n: min(block, count - first), k: 2 * kept, scaled, rowStride: 2 * kept,
          powers, rowStride: block, into: target + first, rowStride: rowStride)
        for k in 0..<kept { factors[k] = factors[k] * steps[k] }
      }
    }
  }

  /// The number of leading terms that matter from this time on; at least 1.
  private func keptTerms(_ time: Double) -> Int {
    var kept = exponents.count
    while kept > 1 && exponents[kept - 1].re * time < -ExponentialSum.negligible { kept -= 1 }
    return kept
  }

  /// Rows 2k and 2k + 1: Re and -Im of exp(z_k b dt) for b in 0 ..< length, a multiple of 4.
  private func fillPowers(_ powers: UnsafeMutablePointer<Double>, length: Int, dt: Double) {
    for (k, z) in exponents.enumerated() {
      let w = (dt * z).exponential
      let w2 = w * w
      let w3 = w2 * w
      let w4 = w2 * w2
      var re = SIMD4(1, w.re, w2.re, w3.re)
      var im = SIMD4(0, w.im, w2.im, w3.im)
      let (reRow, imRow) = (powers + 2 * k * length, powers + (2 * k + 1) * length)
      for b in stride(from: 0, to: length, by: 4) {
        for lane in 0..<4 {
          reRow[b + lane] = re[lane]
          imRow[b + lane] = -im[lane]
        }
        let next = re * w4.re - im * w4.im
        im = re * w4.im + im * w4.re
        re = next
      }
    }
  }

  private func scaleCoefficients(
    by factors: [Complex], kept: Int, into scaled: UnsafeMutablePointer<Double>
  ) {
    let n = exponents.count
    coefficients.withUnsafeBufferPointer { source in
      for e in 0..<outputs {
        for k in 0..<kept {
          let (cr, ci) = (source[2 * (e * n + k)], source[2 * (e * n + k) + 1])
          let f = factors[k]
          scaled[2 * (e * kept + k)] = cr * f.re - ci * f.im
          scaled[2 * (e * kept + k) + 1] = cr * f.im + ci * f.re
        }
      }
    }
  }

  /// The sum with every term multiplied by a factor of its own.
  func multiplied(by factors: [Complex]) -> ExponentialSum {
    var result = self
    let n = exponents.count
    for e in 0..<outputs {
      for k in 0..<n {
        let i = 2 * (e * n + k)
        let product = Complex(coefficients[i], coefficients[i + 1]) * factors[k]
        result.coefficients[i] = product.re
        result.coefficients[i + 1] = product.im
      }
    }
    return result
  }
}
