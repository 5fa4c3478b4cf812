#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// What cutting one section into equal lengths of arc gives: per compartment its area, diameter,
/// axial factors of its two halves, and end points.
///
/// Area and axial factor are integrals over the truncated cones between the points, cut at the
/// points, at the compartments' borders and at their centres, as NEURON does (survey 2.6).
struct CableGeometry {
  var start: [SIMD3<Double>] = []
  var end: [SIMD3<Double>] = []
  var area: [Double] = []
  var diameter: [Double] = []

  /// Integral of 4 dl / (pi d1 d2) over the first and second half, 1/um.
  var firstHalf: [Double] = []
  var secondHalf: [Double] = []
  let compartmentLength: Double

  init(_ section: Section, count: Int) {
    let length = section.arcLength
    compartmentLength = length / Double(count)
    for array in [\CableGeometry.area, \.diameter, \.firstHalf, \.secondHalf] {
      self[keyPath: array] = Array(repeating: 0, count: count)
    }
    let walk = FrustumWalk(section)
    walk.integrate(halves: 2 * count, total: length) { half, piece in
      let k = half / 2
      area[k] += piece.area
      diameter[k] += piece.length * 0.5 * (piece.diameter1 + piece.diameter2)
      if half % 2 == 0 {
        firstHalf[k] += piece.axialFactor
      } else {
        secondHalf[k] += piece.axialFactor
      }
    }
    for k in 0..<count { diameter[k] /= compartmentLength }
    let borders = walk.positions(count: count)
    start = Array(borders.dropLast())
    end = Array(borders.dropFirst())
  }
}

/// A truncated cone.
struct Frustum {
  let length: Double
  let diameter1: Double
  let diameter2: Double

  /// The mantle, um2; a jump in diameter (length 0) counts as a ring.
  var area: Double {
    let half = 0.5 * (diameter1 - diameter2)
    return .pi * 0.5 * (diameter1 + diameter2) * (length * length + half * half).squareRoot()
  }

  /// 4 l / (pi d1 d2), 1/um.
  var axialFactor: Double { 4 * length / (.pi * diameter1 * diameter2) }
}

/// A walk along a section's truncated cones.
private struct FrustumWalk {
  let points: [MorphologyPoint]
  let arc: [Double]

  init(_ section: Section) {
    points = section.points
    var arc = [0.0]
    arc.reserveCapacity(points.count)
    for i in 1..<points.count {
      arc.append(arc[i - 1] + distance(points[i].position, points[i - 1].position))
    }
    self.arc = arc
  }

  /// Hands each piece of cone to `body`, with the half-compartment it lies in.
  func integrate(halves: Int, total: Double, body: (Int, Frustum) -> Void) {
    var half = 0
    let step = total / Double(halves)
    for i in 1..<points.count {
      let (a, b) = (arc[i - 1], arc[i])
      let (da, db) = (points[i - 1].diameter, points[i].diameter)
      if b == a {
        // A jump at a border belongs to the piece before it, whatever way the border rounds.
        let isAtBorder = half > 0 && a - Double(half) * step <= 1e-12 * total
        body(isAtBorder ? half - 1 : half, Frustum(length: 0, diameter1: da, diameter2: db))
        continue
      }
      var from = a
      var diameter = da
      while from < b {
        let border = half == halves - 1 ? total : Double(half + 1) * step
        let to = half == halves - 1 ? b : min(b, border)
        let next = to == b ? db : da + (db - da) * (to - a) / (b - a)
        if to > from {
          body(half, Frustum(length: to - from, diameter1: diameter, diameter2: next))
        }
        if to >= border && half < halves - 1 { half += 1 }
        from = to
        diameter = next
      }
    }
  }

  /// The borders of `count` equal lengths, by linear interpolation over arc length.
  func positions(count: Int) -> [SIMD3<Double>] {
    var result: [SIMD3<Double>] = []
    result.reserveCapacity(count + 1)
    let total = arc[arc.count - 1]
    var i = 1
    for k in 0...count {
      let s = total * Double(k) / Double(count)
      while i < points.count - 1 && arc[i] < s { i += 1 }
      let (a, b) = (arc[i - 1], arc[i])
      let t = b > a ? min(max((s - a) / (b - a), 0), 1) : 1
      let (p, q) = (points[i - 1].position, points[i].position)
      result.append(k == 0 ? points[0].position : p + t * (q - p))
    }
    result[count] = points[points.count - 1].position
    return result
  }
}
