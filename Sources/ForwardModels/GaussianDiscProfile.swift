#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// F(a) = E[ sqrt((a - u)^2 + R^2) - |a - u| ] for normal u with mean 0 and standard deviation s: the
/// potential on the axis of a disc that is spread as a Gaussian in depth.
struct GaussianDiscProfile {
  let radius: Double
  let scale: Double

  /// Beyond this many standard deviations a normal density is below 1e-17 of its maximum.
  private static let reach = 8.85

  /// Replaces each entry a by factor × F(a).
  ///
  /// F is even and its transform falls like exp(-k R - k^2 s^2 / 2): where there are more entries than
  /// a Chebyshev series needs terms, the series is summed in place of the integral.
  func evaluate(_ entries: UnsafeMutableBufferPointer<Double>, factor: Double) {
    if entries.isEmpty { return }
    let farthest = entries.reduce(0) { max($0, abs($1)) }
    if scale > 0, farthest > 0 {
      let s2 = scale * scale
      // k R + k^2 s^2 / 2 = 33
      let highest = ((radius * radius + 66 * s2).squareRoot() - radius) / s2
      let terms = Int(0.5 * highest * farthest) + 16
      if 2 * terms < entries.count,
        let series = EvenChebyshevSeries(halfWidth: farthest, terms: terms, value)
      {
        series.evaluate(entries, factor: factor)
        return
      }
    }
    for i in entries.indices { entries[i] = factor * value(entries[i]) }
  }

  /// F(a), by quadrature to about 1e-13 of F(0).
  func value(_ a: Double) -> Double {
    let distance = abs(a)
    if scale == 0 { return difference(distance) }
    return radius >= 0.5 * scale ? trapezoid(distance) : composite(distance)
  }

  /// sqrt(u^2 + R^2) - u for u >= 0, without cancellation.
  @inline(__always)
  private func difference(_ u: Double) -> Double {
    radius * radius / ((u * u + radius * radius).squareRoot() + u)
  }

  /// The trapezoid rule, which converges like exp(-2 pi R / h + R^2 / 2 s^2) or better: the square
  /// root is analytic in the strip |Im u| < R.
  private func trapezoid(_ a: Double) -> Double {
    let ratio = min(radius / scale, 8)
    let step = scale * min(0.75, 2 * .pi * ratio / (33 + 0.5 * ratio * ratio))
    let half = Int((GaussianDiscProfile.reach * scale / step).rounded(.up))
    // Far away no node crosses the kink of |a - u|; near, the mean of |a - u| is known.
    let far = a > GaussianDiscProfile.reach * scale + step
    let r2 = radius * radius
    var (sum, total) = (0.0, 0.0)
    let q = step / scale
    // exp(-(k q)^2 / 2) by its recurrence in k.
    var (weight, ratioOfWeights) = (1.0, exp(-0.5 * q * q))
    let decay = ratioOfWeights * ratioOfWeights
    for k in 0...half {
      let (u, v) = (a - Double(k) * step, a + Double(k) * step)
      let (ru, rv) = ((u * u + r2).squareRoot(), (v * v + r2).squareRoot())
      let pair = far ? r2 / (ru + u) + r2 / (rv + v) : ru + rv
      let w = k == 0 ? 0.5 * weight : weight
      sum += w * pair
      total += 2 * w
      weight *= ratioOfWeights
      ratioOfWeights *= decay
    }
    return far ? sum / total : sum / total - meanDistance(a)
  }

  /// E|a - u|.
  private func meanDistance(_ a: Double) -> Double {
    let x = a / scale
    return scale * (2 / Double.pi).squareRoot() * exp(-0.5 * x * x) + a * erf(x / 2.0.squareRoot())
  }

  /// Gauss-Legendre panels over the distance |a - u|, graded towards 0 where the disc is small.
  private func composite(_ a: Double) -> Double {
    let limit = a + GaussianDiscProfile.reach * scale
    let start = max(0, a - GaussianDiscProfile.reach * scale)
    let norm = 1 / (scale * (2 * Double.pi).squareRoot())
    var (low, sum) = (start, 0.0)
    while low < limit {
      let high = min(limit, low + min(0.5 * scale, max(0.5 * radius, low)))
      sum += gaussLegendre16(from: low, to: high) { u in
        let (x, y) = ((u - a) / scale, (u + a) / scale)
        return difference(u) * (exp(-0.5 * x * x) + exp(-0.5 * y * y))
      }
      low = high
    }
    return norm * sum
  }
}
