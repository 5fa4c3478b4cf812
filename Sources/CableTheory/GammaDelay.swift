internal import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// A gamma density of delays, of which the exponential density is one: its Laplace transform
///
///     exp(-offset z) (1 + scale z)^(-shape)
///
/// has its cut on the negative real axis, so that the convolution with a response is inverted as the
/// response itself is. It is exact for any shape, also where the density begins with a root or a pole.
public struct GammaDelay: Sendable, Equatable {
  public let shape: Double

  /// ms.
  public let scale: Double

  /// Where the density begins, ms; not negative.
  public let offset: Double

  public init(shape: Double, scale: Double, offset: Double) {
    precondition(shape > 0 && scale > 0 && offset >= 0)
    self.shape = shape
    self.scale = scale
    self.offset = offset
  }

  /// The first lag beyond the offset, in steps.
  private func firstLag(_ dt: Double) -> Int { Int((offset / dt).rounded(.down)) + 1 }

  /// The first instant at which there is a response, which may come before the first window.
  func extraWindows(dt: Double, unit: Double) -> [ClosedRange<Double>] {
    let time = max(Double(firstLag(dt)) * dt - offset, 1e-9 * unit)
    return [time...time]
  }

  /// (1 + scale z)^(-shape).
  func factors(_ exponents: [Complex]) -> [Complex] {
    exponents.map { z in
      let (x, y) = (1 + scale * z.re, scale * z.im)
      return (-shape * Complex(0.5 * log(x * x + y * y), atan2(y, x))).exponential
    }
  }
}

extension WindowedResponse {
  /// The delayed response, outputs × lags 0 ... steps.
  ///
  /// - Parameters:
  ///   - dt: the grid's step, which is this response's unit or a multiple of it.
  ///   - extras: one sum, for the instant that the delay named.
  func delayed(
    by delay: GammaDelay, steps: Int, dt: Double, extras: [ExponentialSum]
  ) -> Matrix {
    let columns = steps + 1
    var result = Matrix(rows: outputs, columns: columns)
    let first = Int((delay.offset / dt).rounded(.down)) + 1
    guard first < columns else { return result }
    let start = Double(first) * dt - delay.offset
    let delayed = sums.map { $0.multiplied(by: delay.factors($0.exponents)) }
    result.withUnsafeMutableEntries { target in
      guard let base = target.baseAddress else { return }
      var lag = first
      if start < self.dt * (1 - 1e-9) {
        let instant = extras[0].multiplied(by: delay.factors(extras[0].exponents))
        for (e, value) in instant.values(at: start).enumerated() {
          base[e * columns + lag] = value
        }
        lag += 1
      }
      for (window, sum) in zip(windows, delayed) {
        let end = min(
          Int((window.upperBound * self.dt + delay.offset) / dt * (1 + 1e-12)), columns - 1)
        if end < lag { continue }
        sum.evaluate(
          start: Double(lag) - delay.offset / dt, count: end - lag + 1, dt: dt,
          into: base + lag, rowStride: columns)
        lag = end + 1
      }
    }
    return result
  }
}
