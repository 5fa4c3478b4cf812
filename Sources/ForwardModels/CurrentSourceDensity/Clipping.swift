/// A straight compartment for clipping: its points are start + t (end - start), t from 0 to 1.
struct Segment {
  let start, step: SIMD3<Double>

  /// What is left of 0...1, nil for nothing; for a segment without length, all or nothing.
  typealias Part = (low: Double, high: Double)

  /// The part with low <= coordinate < high, whose length a half-open interval does not change: only a
  /// segment that lies in a plane belongs to the volume above it alone.
  static func between(_ low: Double, _ high: Double, start: Double, step: Double, _ part: Part)
    -> Part?
  {
    if step == 0 { return start >= low && start < high ? part : nil }
    let (a, b) = ((low - start) / step, (high - start) / step)
    return overlap(part, (min(a, b), max(a, b)))
  }

  /// The part no farther than `radius` from the vertical through a point.
  func inCylinder(axis: SIMD2<Double>, radius: Double, _ part: Part) -> Part? {
    let (x, y) = (start.x - axis.x, start.y - axis.y)
    let a = step.x * step.x + step.y * step.y
    let halfB = x * step.x + y * step.y
    let c = x * x + y * y - radius * radius
    if a == 0 { return c <= 0 ? part : nil }
    // The distance of the line from the axis, by a vector product, without cancellation.
    let crossing = x * step.y - y * step.x
    let discriminant = a * radius * radius - crossing * crossing
    guard discriminant > 0 else { return nil }
    let root = discriminant.squareRoot()
    // The root of larger magnitude, and the other from their product.
    let q = halfB > 0 ? -(halfB + root) : root - halfB
    let (first, second) = (q / a, q != 0 ? c / q : 0)
    return Segment.overlap(part, (min(first, second), max(first, second)))
  }

  private static func overlap(_ a: Part, _ b: Part) -> Part? {
    let result = (low: max(a.low, b.low), high: min(a.high, b.high))
    return result.high > result.low ? result : nil
  }
}
