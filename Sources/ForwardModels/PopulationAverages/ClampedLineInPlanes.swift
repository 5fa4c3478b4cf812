#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The correction of a line by integrals over those parts of horizontal planes that are in the cylinder
/// of the line's radius: for somata at separate depths, or at all of a range.
struct ClampedLineInPlanes {
  let correction: ClampCorrection
  let line: ClampedLine
  let contact: SIMD3<Double>

  /// Horizontal unit vectors along and across the line.
  private let along, across: SIMD3<Double>
  private let slope, horizontal: Double

  init(correction: ClampCorrection, line: ClampedLine, contact: SIMD3<Double>) {
    self.correction = correction
    self.line = line
    self.contact = contact
    let d = line.direction
    slope = d.z
    horizontal = (d.x * d.x + d.y * d.y).squareRoot()
    along = horizontal > 1e-12 ? SIMD3(d.x, d.y, 0) / horizontal : SIMD3(1, 0, 0)
    across = SIMD3(-along.y, along.x, 0)
  }

  func value() -> (value: Double, error: Double) {
    correction.spread.panels.isEmpty ? sum() : integral()
  }

  /// Over the depths of panels; a plane is known better than the integral over them.
  private func integral() -> (value: Double, error: Double) {
    let area = Double.pi * correction.radius * correction.radius
    let tolerance = correction.tolerance * area
    let (spread, start) = (correction.spread, contact.z - line.start.z)
    let range = spread.range
    let end = start - line.length * line.direction.z
    let a = line.radius
    var places = spread.panels.map(\.low) + [start, end]
    places += [start - a, start + a, end - a, end + a]
    var worst = 0.0
    let result = adaptiveIntegral(
      from: range.lowerBound, to: range.upperBound, places: places, tolerance: tolerance
    ) { depth in
      let density = spread.density(at: depth)
      if density == 0 { return 0 }
      let part = plane(start - depth, tolerance: 0.1 * tolerance)
      worst = max(worst, part.error)
      return density * part.value
    }
    return (result.value / area, (result.error + worst) / area)
  }

  private func sum() -> (value: Double, error: Double) {
    let area = Double.pi * correction.radius * correction.radius
    var result = (value: 0.0, error: 0.0)
    for atom in correction.spread.atoms {
      // Of the contact above the start of the line.
      let height = contact.z - line.start.z - atom.offset
      let factor = line.largestFactor(correction.rule)
      let bound = 8 * factor * line.radius / area * abs(atom.probability)
      if bound <= 0.01 * correction.tolerance / Double(correction.spread.atoms.count) {
        result.error += bound
        continue
      }
      let part = plane(height, tolerance: 0.3 * correction.tolerance * area)
      result.value += atom.probability * part.value / area
      result.error += abs(atom.probability) * part.error / area
    }
    return result
  }

  /// The integral of the excess over a plane: over s along the line's horizontal direction and y across.
  private func plane(_ height: Double, tolerance: Double) -> (value: Double, error: Double) {
    let (a, r) = (line.radius, correction.radius)
    // The somata's disc, about the place where the soma is when the contact is above the line's start.
    let origin = contact - line.start
    let (cs, cy) = ((origin * along).sum(), (origin * across).sum())
    var (low, high) = (cs - r, cs + r)
    var places: [Double] = []
    if abs(slope) > 1e-12 {
      let ends = [-a, 0, a].map { (height * horizontal + $0) / slope }
      (low, high) = (max(low, ends.min() ?? low), min(high, ends.max() ?? high))
      places.append(ends[1])
    } else if abs(height) >= a {
      return (0, 0)
    }
    if horizontal > 1e-12 {
      let ends = [-a, 0, line.length, line.length + a].map { ($0 - height * slope) / horizontal }
      places += ends
      if !correction.rule.isUnbounded {
        (low, high) = (max(low, ends[0]), min(high, ends[3]))
      }
    }
    if low >= high { return (0, 0) }
    return adaptiveIntegral(from: low, to: high, places: places, tolerance: tolerance) { s in
      let w = s * slope - height * horizontal
      let half = max(0, a * a - w * w).squareRoot()
      let chord = max(0, r * r - (s - cs) * (s - cs)).squareRoot()
      let t = s * horizontal + height * slope
      return across(t, w, from: max(-half, cy - chord), to: min(half, cy + chord))
    }
  }

  /// The integral over y, with nodes dense towards the axis.
  private func across(_ t: Double, _ w: Double, from low: Double, to high: Double) -> Double {
    if low >= high { return 0 }
    // Away from the axis, in the plane of the line and the vertical.
    let upward = w * (slope * along - SIMD3(0, 0, horizontal))
    func half(_ end: Double, from start: Double) -> Double {
      gaussLegendre16(from: 0, to: 1) { x in
        let y = start + (end - start) * x * x * x
        let rho = (y * y + w * w).squareRoot()
        return line.excess(correction.rule, t, rho, upward + y * across) * 3 * x * x * (end - start)
      }
    }
    let middle = min(high, max(low, 0))
    return half(high, from: middle) - half(low, from: middle)
  }
}
