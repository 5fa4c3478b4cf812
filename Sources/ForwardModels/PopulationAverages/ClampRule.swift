#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// How a model of one cell keeps contacts out of compartments, as what the potential without that rule
/// is too much by: in 1/um, as a mean of 1 / distance.
enum ClampRule: Sendable {
  /// Distance from the line's axis, or from the point, at least the radius.
  case axis
  /// In a slice: distance from lines between their ends, horizontal distance from points; also for the
  /// nearest images, at these heights above the contact and with these weights (the first is the
  /// contact).
  case slice(images: @Sendable (SIMD3<Double>) -> [(height: Double, weight: Double)])
  /// Where conductivities along the axes differ: distances along them count these factors times, the
  /// first of which is 1.
  case stretched(SIMD3<Double>)
  /// As `axis`, but for the square of the potential, by how much it exceeds that of a compartment with
  /// the larger radius where this is the true one: in 1/um2.
  case squares(Double)

  /// Whether the excess of lines reaches beyond their ends.
  var isUnbounded: Bool {
    switch self {
    case .axis, .squares: true
    case .slice, .stretched: false
    }
  }
}

/// A compartment as a line, in the coordinates of the model.
struct ClampedLine {
  let start, direction: SIMD3<Double>
  let length, radius: Double

  init(_ source: AveragedSource, radius: Double) {
    start = source.start
    length = (source.step * source.step).sum().squareRoot()
    direction = source.step / length
    self.radius = radius
  }

  /// Mean over the line of 1 / distance at the distances h and l along the axis from its end and start:
  /// asinh(l / rho) - asinh(h / rho) over the length.
  @inline(__always)
  private static func mean(_ h: Double, _ l: Double, _ rho: Double, _ length: Double) -> Double {
    let (rh, rl) = ((h * h + rho * rho).squareRoot(), (l * l + rho * rho).squareRoot())
    let ratio =
      if l < 0 { (rh - h) / (rl - l) } else if h > 0 { (l + rl) / (h + rh) } else {
        (l + rl) * (rh - h) / (rho * rho)
      }
    return log(ratio) / length
  }

  /// Excess on the axis rule at a place along the axis from the start, at a distance below the radius.
  func axisExcess(_ t: Double, _ rho: Double) -> Double {
    let (h, r) = (t - length, max(rho, 1e-12 * radius))
    return ClampedLine.mean(h, t, r, length) - ClampedLine.mean(h, t, radius, length)
  }

  /// Excess of squares where the radius is a smaller one.
  func squareExcess(_ t: Double, _ rho: Double, radius a: Double) -> Double {
    let inner = ClampedLine.mean(t - length, t, max(rho, a), length)
    let outer = ClampedLine.mean(t - length, t, radius, length)
    return inner * inner - outer * outer
  }

  /// What the integral of the excess over the cylinder is at most over that of the axis rule.
  func largestFactor(_ rule: ClampRule) -> Double {
    guard case .squares(let a) = rule else { return 1 }
    return 4 * asinh(0.5 * length / max(a, 1e-6 * length)) / length
  }

  /// Excess at t along the axis and `away` from it, at the distance rho.
  @inline(__always)
  func excess(_ rule: ClampRule, _ t: Double, _ rho: Double, _ away: SIMD3<Double>) -> Double {
    switch rule {
    case .axis: rho < radius ? axisExcess(t, rho) : 0
    case .slice: segmentExcess(t, rho)
    case .stretched(let scale): stretchedExcess(t, away, scale)
    case .squares(let a): rho < radius ? squareExcess(t, rho, radius: a) : 0
    }
  }

  /// The integral of the axis rule's excess over the circle at a place along the axis.
  func axisCircle(_ t: Double) -> Double {
    func sigma(_ x: Double) -> Double { x / ((x * x + radius * radius).squareRoot() + abs(x)) }
    return .pi * radius * radius * (sigma(t) - sigma(t - length)) / length
  }

  /// Excess on the rule for slices, which does not reach beyond half spheres at the ends.
  func segmentExcess(_ t: Double, _ rho: Double) -> Double {
    let beyond = max(0, -t, t - length)
    return rho * rho + beyond * beyond < radius * radius ? axisExcess(t, rho) : 0
  }

  /// Excess on the rule for anisotropic media at t along the axis and `away` from it.
  func stretchedExcess(_ t: Double, _ away: SIMD3<Double>, _ scale: SIMD3<Double>) -> Double {
    let nearest = min(length, max(0, t))
    let outward = away + (t - nearest) * direction
    let distance = (outward * outward).sum().squareRoot()
    if distance >= radius { return 0 }
    let pushed = outward * (radius / max(distance, 1e-12 * radius))
    let base = nearest * direction
    return stretchedMean(base + outward, scale) - stretchedMean(base + pushed, scale)
  }

  private func stretchedMean(_ fromStart: SIMD3<Double>, _ scale: SIMD3<Double>) -> Double {
    let (step, r) = (scale * (length * direction), scale * fromStart)
    let stretchedLength = (step * step).sum().squareRoot()
    let u = step / stretchedLength
    let t = (r * u).sum()
    let away = r - t * u
    let rho = max((away * away).sum().squareRoot(), 1e-12 * radius)
    return ClampedLine.mean(t - stretchedLength, t, rho, stretchedLength)
  }
}
