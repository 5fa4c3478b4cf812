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
  /// F is even and its transform falls like exp(-k R - k^2 s^2 / 2): where that is cheaper than an
  /// integral for each entry, a Chebyshev series is summed instead.
  func evaluate(_ entries: UnsafeMutableBufferPointer<Double>, factor: Double) {
    let farthest = entries.reduce(0) { max($0, abs($1)) }
    if let terms = worthwhileTerms(farthest: farthest, count: entries.count),
      let series = EvenChebyshevSeries(halfWidth: farthest, terms: terms, value)
    {
      series.evaluate(entries, factor: factor)
      return
    }
    for i in entries.indices { entries[i] = factor * value(entries[i]) }
  }

  /// How many terms a series needs up to the farthest distance; nil where it would not pay.
  func worthwhileTerms(farthest: Double, count: Int) -> Int? {
    guard scale > 0, farthest > 0 else { return nil }
    // The transform is below 1e-14 of its maximum from where k R + k^2 s^2 / 2 = 33.
    let highest = 66 / ((radius * radius + 66 * scale * scale).squareRoot() + radius)
    let terms = 0.5 * highest * farthest + 16
    // Near 0 the series' variable (a / w)^2 costs about terms^2 eps / 200: 2e-13 for 400.
    guard terms <= 400 else { return nil }
    // Nanoseconds: values at the nodes, their transform, and a recurrence per entry.
    let valueCost = isWide ? 40 + 4 * GaussianDiscProfile.reach * scale / trapezoidStep : 5000
    let series = terms * (valueCost + 1.5 * terms + 0.35 * Double(count))
    return series < valueCost * Double(count) ? Int(terms) : nil
  }

  /// F(a), by quadrature to about 1e-13 of F(0).
  func value(_ a: Double) -> Double {
    let distance = abs(a)
    // So far away the spread changes F by less than rounding, (s / a)^2.
    guard scale > 0, distance <= 1e8 * scale else { return difference(distance) }
    return isWide ? trapezoid(distance) : composite(distance)
  }

  /// Whether the square root is smooth on the scale of the density.
  private var isWide: Bool { radius >= 0.5 * scale }

  /// sqrt(u^2 + R^2) - u for u >= 0, without cancellation.
  @inline(__always)
  private func difference(_ u: Double) -> Double {
    radius * radius / ((u * u + radius * radius).squareRoot() + u)
  }

  /// The step of the trapezoid rule, which converges like exp(-2 pi R / h + R^2 / 2 s^2) or better:
  /// the square root is analytic in the strip |Im u| < R.
  private var trapezoidStep: Double {
    let ratio = min(radius / scale, 8)
    return scale * min(0.75, 2 * .pi * ratio / (33 + 0.5 * ratio * ratio))
  }

  private func trapezoid(_ a: Double) -> Double {
    let step = trapezoidStep
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
    // Beyond the reach no u lies on the other side of the contact.
    let isNear = start == 0
    var (low, sum) = (start, 0.0)
    while low < limit {
      let high = min(limit, low + min(0.5 * scale, max(0.5 * radius, low)))
      sum += gaussLegendre16(from: low, to: high) { u in
        let (x, y) = ((u - a) / scale, (u + a) / scale)
        return difference(u) * (exp(-0.5 * x * x) + (isNear ? exp(-0.5 * y * y) : 0))
      }
      low = high
    }
    return norm * sum
  }
}
