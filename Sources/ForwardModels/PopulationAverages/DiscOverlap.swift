#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Which share of a uniform disc, about a point, is in plane regions: how probable it is that a point of
/// a cell is there, whose soma is anywhere on the disc.
struct DiscOverlap: Sendable {
  let radius: Double

  /// The share in a disc of another radius whose centre is at a distance.
  func disc(radius r: Double, distance d: Double) -> Double {
    if d >= radius + r { return 0 }
    if d <= abs(radius - r) { return radius <= r ? 1 : r * r / (radius * radius) }
    func angle(_ a: Double, _ b: Double) -> Double {
      acos(min(1, max(-1, (d * d + a * a - b * b) / (2 * d * a))))
    }
    // Four times the area of the triangle of the radii and the distance (Heron).
    let product = (d + radius + r) * (radius + r - d) * (d + r - radius) * (d + radius - r)
    let area =
      radius * radius * angle(radius, r) + r * r * angle(r, radius)
      - 0.5 * max(0, product).squareRoot()
    return area / (.pi * radius * radius)
  }

  /// The share with coordinates not above these, which are relative to the disc's centre.
  func quadrant(x: Double, y: Double) -> Double {
    let (u, v) = (x / radius, y / radius)
    if u <= -1 || v <= -1 { return 0 }
    if u * u + v * v < 1 { return 0.5 * (below(u) + below(v)) + u * v / .pi - 0.25 }
    if u >= 0 && v >= 0 { return below(u) + below(v) - 1 }
    return u < 0 && v < 0 ? 0 : below(min(u, v))
  }

  /// The share of a disc of radius 1 with one coordinate not above this.
  private func below(_ x: Double) -> Double {
    if x >= 1 { return 1 }
    return 0.5 + (asin(x) + x * (1 - x * x).squareRoot()) / .pi
  }
}
