internal import Foundation
public import LinearAlgebra

/// A digital filter of second order, y[n] = b0 x[n] + b1 x[n-1] + b2 x[n-2] - a1 y[n-1] - a2 y[n-2].
public struct SecondOrderFilter: Sendable, Equatable {
  public let b: [Double]

  /// 1, a1, a2.
  public let a: [Double]

  /// Rate for which the filter is, Hz.
  public let sampleRate: Double

  /// An elliptic (Cauer) low-pass filter.
  ///
  /// For second order, the elliptic rational function has a closed form: with t = (D - 1) / (D + 1),
  /// D² = (10^(attenuation/10) - 1) / ε², ε² = 10^(ripple/10) - 1, it is
  /// R(x) = ((1 + t) x² - 1) / (1 - (1 - t) x²), for it is ±1 at x = 0 and 1 and ±D where the stopband
  /// begins and at infinity. |H|² = 1 / (1 + ε² R²) is factorised, and made digital by the bilinear
  /// transformation that keeps the passband's edge.
  ///
  /// - Parameters:
  ///   - passband: the passband's edge, Hz; below half the sample rate.
  ///   - ripple: of the passband, dB.
  ///   - attenuation: of the stopband, dB.
  /// - Throws: `PredictionError` when a parameter is out of its range.
  public static func ellipticLowPass(
    passband: Double, ripple: Double = 0.1, attenuation: Double = 40, sampleRate: Double
  ) throws(PredictionError) -> SecondOrderFilter {
    guard sampleRate > 0, sampleRate.isFinite, passband > 0, passband < 0.5 * sampleRate else {
      throw PredictionError(
        .setting,
        "a low-pass filter at \(passband) Hz for samples at \(sampleRate) Hz; its edge must be "
          + "positive and below half the sample rate")
    }
    guard ripple > 0, attenuation > ripple, attenuation <= 300 else {
      throw PredictionError(
        .setting,
        "a ripple of \(ripple) dB and an attenuation of \(attenuation) dB; it takes 0 < ripple < "
          + "attenuation, at most 300")
    }
    let square = pow(10, ripple / 10) - 1
    let discrimination = ((pow(10, attenuation / 10) - 1) / square).squareRoot()
    let t = (discrimination - 1) / (discrimination + 1)
    // H(s) = (1 + (1 - t) s²) / (p s² + q s + r) with |H(0)|² = 1 / (1 + ε²).
    let p = ((1 - t) * (1 - t) + square * (1 + t) * (1 + t)).squareRoot()
    let r = (1 + square).squareRoot()
    let q = (2 * (p * r - (1 - t) - square * (1 + t))).squareRoot()
    let k = tan(Double.pi * passband / sampleRate)
    let scale = p + q * k + r * k * k
    return SecondOrderFilter(
      b: [k * k + (1 - t), 2 * (k * k - (1 - t)), k * k + (1 - t)].map { $0 / scale },
      a: [1, 2 * (r * k * k - p) / scale, (p - q * k + r * k * k) / scale],
      sampleRate: sampleRate)
  }

  /// The gain for constant signals.
  private var gain: Double { (b[0] + b[1] + b[2]) / (1 + a[1] + a[2]) }

  /// Filters forwards and backwards: no shift in phase, the gain squared. Signals are continued at both
  /// ends by 9 samples of their point reflection, and the filter starts from rest at the first value.
  ///
  /// - Throws: `PredictionError` for signals of less than 10 samples, or that are not finite.
  public func zeroPhase(_ signals: Matrix) throws(PredictionError) -> Matrix {
    let pad = 9
    let count = signals.columns
    guard count > pad else {
      throw PredictionError(
        .shape,
        "a signal of \(count) samples is too short to be filtered; it takes more than \(pad)")
    }
    guard allFinite(signals) else {
      throw PredictionError(.notFinite, "a sample of a signal is not finite")
    }
    return Matrix(rows: signals.rows, columns: count) { target in
      var line = [Double](repeating: 0, count: count + 2 * pad)
      signals.withUnsafeEntries { source in
        for c in 0..<signals.rows {
          let start = c * count
          let (first, last) = (source[start], source[start + count - 1])
          for i in 0..<pad {
            line[i] = 2 * first - source[start + pad - i]
            line[pad + count + i] = 2 * last - source[start + count - 2 - i]
          }
          for i in 0..<count { line[pad + i] = source[start + i] }
          run(&line)
          line.reverse()
          run(&line)
          for i in 0..<count { target[start + i] = line[pad + count - 1 - i] }
        }
      }
    }
  }

  /// Filters in place (transposed direct form II), from rest at the first value.
  private func run(_ line: inout [Double]) {
    let (b0, b1, b2, a1, a2) = (b[0], b[1], b[2], a[1], a[2])
    var z2 = (b2 - a2 * gain) * line[0]
    var z1 = (b1 - a1 * gain) * line[0] + z2
    for i in line.indices {
      let x = line[i]
      let y = b0 * x + z1
      z1 = b1 * x - a1 * y + z2
      z2 = b2 * x - a2 * y
      line[i] = y
    }
  }
}
