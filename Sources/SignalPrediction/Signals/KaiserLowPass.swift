internal import Foundation

/// A linear-phase low-pass filter: a sinc cut by a Kaiser window (Kaiser 1974; Oppenheim & Schafer,
/// Discrete-Time Signal Processing, section 7.5.3).
struct KaiserLowPass: Sendable {
  /// Odd in number, symmetric, sum 1.
  let taps: [Double]

  /// - Parameters:
  ///   - passband: its edge, radians per sample.
  ///   - stopband: its edge, radians per sample.
  ///   - attenuation: of the stopband, dB; the passband's ripple is as large as what the stopband passes.
  init(passband: Double, stopband: Double, attenuation: Double) {
    let length = (attenuation - 7.95) / (2.285 * (stopband - passband))
    let half = max(1, Int((length / 2).rounded(.up)))
    let (cutoff, beta) = ((passband + stopband) / 2, Self.shape(attenuation))
    let scale = Self.besselI0(beta)
    var taps: [Double] = []
    for n in -half...half {
      let position = Double(n) / Double(half)
      let window = Self.besselI0(beta * max(0, 1 - position * position).squareRoot()) / scale
      taps.append((n == 0 ? cutoff : sin(cutoff * Double(n)) / Double(n)) * window)
    }
    let sum = taps.reduce(0, +)
    self.taps = taps.map { $0 / sum }
  }

  private static func shape(_ attenuation: Double) -> Double {
    if attenuation > 50 { return 0.1102 * (attenuation - 8.7) }
    if attenuation > 21 {
      return 0.5842 * pow(attenuation - 21, 0.4) + 0.07886 * (attenuation - 21)
    }
    return 0
  }

  /// The modified Bessel function of order 0 by its power series.
  static func besselI0(_ x: Double) -> Double {
    var (sum, term, k) = (1.0, 1.0, 1.0)
    while term > 1e-17 * sum {
      term *= (x / (2 * k)) * (x / (2 * k))
      sum += term
      k += 1
    }
    return sum
  }
}
