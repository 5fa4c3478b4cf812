#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The correction of a line for somata with a density in depth: an integral over the cylinder of the
/// line's radius, along the axis and over its circles.
struct ClampedLineInSpace {
  let correction: ClampCorrection
  let line: ClampedLine
  let contact: SIMD3<Double>

  private typealias Estimate = (value: Double, error: Double)

  /// By what is accurate enough: the mean of the density along a thin line, circles of rising order until
  /// two agree, or planes.
  func value() -> (value: Double, error: Double) {
    let a = line.radius
    guard let range = range() else { return (0, 0) }
    let area = Double.pi * correction.radius * correction.radius
    let ends = [0, line.length].map { (contact - line.start - $0 * line.direction).z }
    let margin = 2 * (a + line.length)
    let near = correction.spread.largestDensity(
      from: (ends.min() ?? 0) - margin, to: (ends.max() ?? 0) + margin)
    let highest = correction.spread.largestDensity(from: -.infinity, to: .infinity)
    // Beyond the margin, the excess has at most this share.
    let tail = min(1, a * a / (16 * line.length * (a + line.length)))
    let bound =
      .pi * a * a * (near + tail * highest) / area * line.largestFactor(correction.rule)
    let tolerance = correction.tolerance
    if bound <= 0.1 * tolerance { return (0, bound) }
    let curvature = a / max(correction.spread.standardDeviation, a)
    let thin = bound * curvature * curvature * (1 + log(1 + line.length / a))
    let edges = edgeLength()
    let finest = finestLength()
    let isFlat = abs(line.length * line.direction.z) <= 2 * finest
    if thin <= 0.3 * tolerance && edges == 0 && !isSquare && isFlat {
      let mean = meanAlongLine()
      if mean.error <= tolerance { return (mean.value, mean.error + thin) }
    }
    var estimate = integral(over: range, circle: axisCircle)
    // Circles through which somata end count by their centres.
    let cut = bound * min(1, edges / line.length)
    if thin + cut <= tolerance { return (estimate.value, estimate.error + thin + cut) }
    // Circles must resolve what the density does.
    if hasJump() || finest < a || correction.radius < 2 * a { return planes() }
    for circle in Circle.rising {
      let next = integral(over: range) { self.circle($0, circle) }
      let change = abs(next.value - estimate.value)
      estimate = next
      if change <= tolerance { return (estimate.value, estimate.error + change) }
    }
    return planes()
  }

  private func planes() -> Estimate {
    ClampedLineInPlanes(correction: correction, line: line, contact: contact).value()
  }

  private var isSquare: Bool {
    if case .squares = correction.rule { true } else { false }
  }

  /// pi a^2 times the mean density along the line, by one rule.
  private func meanAlongLine() -> Estimate {
    var (fine, coarse) = (0.0, 0.0)
    for k in 0..<7 {
      let density = density(soma(line.length * Kronrod.nodes[k]))
      fine += Kronrod.weights[k] * density
      coarse += Kronrod.gaussWeights[k] * density
    }
    let area = Double.pi * line.radius * line.radius
    return (area * fine, area * abs(fine - coarse))
  }

  private func integral(
    over range: (low: Double, high: Double), circle: (Double) -> Double
  ) -> Estimate {
    let (a, length) = (line.radius, line.length)
    let places = [-a, 0, 0.5 * length, length, length + a] + crossings()
    return adaptiveIntegral(
      from: range.low, to: range.high, places: places, tolerance: 0.2 * correction.tolerance,
      circle)
  }

  // MARK: Where the density is

  /// From the soma at the contact less a place along the axis, horizontally and in depth.
  private func soma(_ t: Double) -> SIMD3<Double> { contact - line.start - t * line.direction }

  private func density(_ soma: SIMD3<Double>) -> Double {
    let r2 = correction.radius * correction.radius
    if soma.x * soma.x + soma.y * soma.y > r2 { return 0 }
    return correction.spread.density(at: soma.z) / (.pi * r2)
  }

  /// Where the axis is above a disc of the given radius.
  private func inDisc(_ radius: Double) -> (low: Double, high: Double)? {
    let (o, d) = (soma(0), line.direction)
    let slope2 = d.x * d.x + d.y * d.y
    let distance2 = o.x * o.x + o.y * o.y
    if slope2 < 1e-20 {
      return distance2 < radius * radius ? (-.infinity, .infinity) : nil
    }
    let middle = (o.x * d.x + o.y * d.y) / slope2
    let half2 = middle * middle - (distance2 - radius * radius) / slope2
    guard half2 > 0 else { return nil }
    return (middle - half2.squareRoot(), middle + half2.squareRoot())
  }

  /// Where along the axis there is anything to integrate.
  private func range() -> (low: Double, high: Double)? {
    let a = line.radius
    guard var range = inDisc(correction.radius + a) else { return nil }
    let (o, slope) = (soma(0).z, line.direction.z)
    let depths = correction.spread.range
    let (low, high) = (depths.lowerBound - a, depths.upperBound + a)
    if abs(slope) < 1e-10 {
      if o < low || o > high { return nil }
    } else {
      let (first, second) = ((o - low) / slope, (o - high) / slope)
      range = (max(range.low, min(first, second)), min(range.high, max(first, second)))
    }
    if !correction.rule.isUnbounded {
      range = (max(range.low, -a), min(range.high, line.length + a))
    }
    return range.high > range.low ? range : nil
  }

  /// Over what length in depth the density changes near the line.
  private func finestLength() -> Double {
    let (first, second) = (soma(0).z, soma(line.length).z)
    return correction.spread.finestLength(
      from: min(first, second) - line.radius, to: max(first, second) + line.radius)
  }

  /// Where the axis enters and leaves the disc, and the range of depths and jumps of their density.
  private func crossings() -> [Double] {
    var result = inDisc(correction.radius).map { [$0.low, $0.high] } ?? []
    if abs(line.direction.z) > 1e-10 {
      let spread = correction.spread
      let deviation = spread.standardDeviation
      let depths =
        spread.jumps + [-deviation, 0, deviation, spread.range.lowerBound, spread.range.upperBound]
      result += depths.map { (soma(0).z - $0) / line.direction.z }
    }
    return result.filter(\.isFinite)
  }

  /// How much of the axis, up to the radius beyond the ends, has circles through which the rim of the
  /// disc or a jump of the density passes.
  private func edgeLength() -> Double {
    let a = line.radius
    let inner = correction.radius > a ? overlap(inDisc(correction.radius - a)) : 0
    return overlap(inDisc(correction.radius + a)) - inner + jumpLength()
  }

  /// The length of a part of the axis between the radius before the start and beyond the end.
  private func overlap(_ range: (low: Double, high: Double)?) -> Double {
    let a = line.radius
    return range.map { max(0, min(line.length + a, $0.high) - max(-a, $0.low)) } ?? 0
  }

  /// The same for jumps alone.
  private func jumpLength() -> Double {
    let a = line.radius
    let (o, slope) = (soma(0).z, line.direction.z)
    return correction.spread.jumps.reduce(0) { sum, jump in
      if abs(slope) < 1e-10 { return sum + (abs(o - jump) < a ? line.length + 2 * a : 0) }
      let ends = ((o - jump - a) / slope, (o - jump + a) / slope)
      return sum + overlap((min(ends.0, ends.1), max(ends.0, ends.1)))
    }
  }

  private func hasJump() -> Bool { !correction.spread.jumps.isEmpty && jumpLength() > 0 }

  // MARK: Circles

  /// The circle at a place along the axis, with the density on the axis.
  private func axisCircle(_ t: Double) -> Double {
    let density = density(soma(t))
    if density == 0 { return 0 }
    if case .axis = correction.rule { return density * line.axisCircle(t) }
    let frame = Frame(line.direction)
    let outward = frame.first
    return Circle.zero.radii.reduce(0) { sum, node in
      let rho = line.radius * node.place
      let k = line.excess(correction.rule, t, rho, rho * outward)
      return sum + 2 * .pi * line.radius * line.radius * node.weight * k * density
    }
  }

  private func circle(_ t: Double, _ rule: Circle) -> Double {
    let (center, frame) = (soma(t), Frame(line.direction))
    let distance = (center.x * center.x + center.y * center.y).squareRoot()
    var sum = 0.0
    for node in rule.radii {
      let rho = line.radius * node.place
      if distance >= correction.radius + rho { continue }
      if distance > correction.radius - rho {
        sum += node.weight * cutRing(t, rho, center, frame, rule)
        continue
      }
      var ring = 0.0
      for angle in rule.angles {
        let away = rho * (angle.cosine * frame.first + angle.sine * frame.second)
        let density = density(center - away)
        if density != 0 { ring += density * line.excess(correction.rule, t, rho, away) }
      }
      sum += node.weight * ring / Double(rule.angles.count)
    }
    return 2 * .pi * line.radius * line.radius * sum
  }

  /// The mean over a ring through which the rim of the disc may pass: between the angles where it does,
  /// by Gauss points.
  private func cutRing(
    _ t: Double, _ rho: Double, _ center: SIMD3<Double>, _ frame: Frame, _ rule: Circle
  ) -> Double {
    func away(_ angle: Double) -> SIMD3<Double> {
      rho * (cos(angle) * frame.first + sin(angle) * frame.second)
    }
    func outside(_ angle: Double) -> Double {
      let o = center - away(angle)
      return o.x * o.x + o.y * o.y - correction.radius * correction.radius
    }
    let arcs = insideArcs(outside)
    var sum = 0.0
    for (low, high) in arcs {
      for (x, w) in zip(rule.arc.nodes, rule.arc.weights) {
        let place = away(0.5 * (low + high + x * (high - low)))
        // By the depth alone: rounding must not put an end outside.
        let density = correction.spread.density(at: center.z - place.z)
        if density == 0 { continue }
        sum += 0.5 * w * (high - low) * density * line.excess(correction.rule, t, rho, place)
      }
    }
    return sum / (2 * .pi * .pi * correction.radius * correction.radius)
  }

  /// The parts of a turn in which a function is negative.
  private func insideArcs(_ outside: (Double) -> Double) -> [(Double, Double)] {
    let count = 12
    let step = 2 * Double.pi / Double(count)
    var arcs = [(Double, Double)]()
    var (low, value) = (0.1, outside(0.1))
    for k in 1...count {
      let high = 0.1 + Double(k) * step
      let next = outside(high)
      if value < 0 && next < 0 {
        arcs.append((low, high))
      } else if value < 0 || next < 0 {
        var (inside, beyond) = value < 0 ? (low, high) : (high, low)
        for _ in 0..<40 {
          let middle = 0.5 * (inside + beyond)
          if outside(middle) < 0 { inside = middle } else { beyond = middle }
        }
        arcs.append(value < 0 ? (low, inside) : (inside, high))
      }
      (low, value) = (high, next)
    }
    return arcs
  }
}

/// Two unit vectors at right angles to a direction and to each other.
private struct Frame {
  let first, second: SIMD3<Double>

  init(_ direction: SIMD3<Double>) {
    let axis = abs(direction.z) < 0.9 ? SIMD3(0, 0, 1) : SIMD3(1.0, 0, 0)
    let v = cross(direction, axis)
    first = v / (v * v).sum().squareRoot()
    second = cross(direction, first)
  }
}

/// Nodes in a circle of radius 1: x^2 for Gauss points x, because potentials have logarithms at the
/// centre, with weights for rho d rho, and angles.
private struct Circle {
  let radii: [(place: Double, weight: Double)]
  let angles: [(cosine: Double, sine: Double)]
  /// For twelfths of the circle.
  let arc: GaussLegendre

  static let zero = Circle(order: 0)
  static let rising = [Circle(order: 1), Circle(order: 2)]

  init(order: Int) {
    let rule = GaussLegendre(4 + 2 * order)
    radii = zip(rule.nodes, rule.weights).map { node, weight in
      let x = 0.5 * (1 + node)
      return (x * x, weight * x * x * x)
    }
    arc = GaussLegendre(2 + order)
    let count = 4 << order
    angles = (0..<count).map {
      let angle = 2 * Double.pi * (Double($0) + 0.25) / Double(count)
      return (cos(angle), sin(angle))
    }
  }
}
