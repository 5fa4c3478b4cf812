/// The outline of a soma, and the cables that stand for it.
///
/// How NEURON's Import3d turns outlines into cables, observed on outlines made for it: the outline,
/// as drawn and not closed, is resampled at 101 points equally spaced along its projection on the
/// xy plane. Their mean is its centre.
struct SomaContour {
  let centre: SIMD3<Double>
  let line: Int
  private let outline: [SIMD3<Double>]
  private let samples: [SIMD3<Double>]

  private static let sampleCount = 101
  private static let stationCount = 21

  /// - Returns: nil for fewer than three points, or when all lie above each other.
  init?(_ points: [MorphologyPoint], line: Int) {
    guard points.count >= 3 else { return nil }
    self.line = line
    outline = points.map(\.position)
    var arc = [0.0]
    for k in 1..<outline.count {
      var step = outline[k] - outline[k - 1]
      step.z = 0
      arc.append(arc[k - 1] + (step * step).sum().squareRoot())
    }
    let total = arc[arc.count - 1]
    guard total > 0 else { return nil }
    var samples: [SIMD3<Double>] = []
    var k = 1
    for i in 0..<Self.sampleCount {
      let s = total * Double(i) / Double(Self.sampleCount - 1)
      while k < arc.count - 1 && arc[k] < s { k += 1 }
      let step = arc[k] - arc[k - 1]
      let t = step > 0 ? min((s - arc[k - 1]) / step, 1) : 1
      samples.append(outline[k - 1] + t * (outline[k] - outline[k - 1]))
    }
    self.samples = samples
    centre = samples.reduce(.zero, +) / Double(samples.count)
  }

  /// Bounding boxes in the xy plane overlap: the outlines belong to one soma.
  func overlaps(_ other: SomaContour) -> Bool {
    func box(_ points: [SIMD3<Double>]) -> (low: SIMD3<Double>, high: SIMD3<Double>) {
      points.reduce((points[0], points[0])) {
        (pointwiseMin($0.0, $1), pointwiseMax($0.1, $1))
      }
    }
    let (a, b) = (box(outline), box(other.outline))
    return a.low.x <= b.high.x && b.low.x <= a.high.x && a.low.y <= b.high.y
      && b.low.y <= a.high.y
  }

  /// The disc that stands for this outline in a stack of several: its diameter is the mean of two
  /// estimates, the closed outline's length over pi and twice the samples' mean distance from the
  /// centre.
  var disc: MorphologyPoint {
    var length = distance(outline[0], outline[outline.count - 1])
    for k in 1..<outline.count { length += distance(outline[k], outline[k - 1]) }
    let radius = samples.reduce(0) { $0 + distance($1, centre) } / Double(samples.count)
    return MorphologyPoint(position: centre, diameter: 0.5 * (length / .pi + 2 * radius))
  }

  /// A cable of 21 points along the outline's long axis, as wide as the outline is there across
  /// that axis; nil when the outline has no width.
  ///
  /// The two sides of the outline, between its extremes along the axis, are thinned out until they
  /// run in one direction only. Widths are taken from the second-lowest to the second-highest
  /// place on either, and averaged with the neighbour's at both ends, to keep these from being 0.
  var cable: [MorphologyPoint]? {
    let axes = PrincipalAxes(samples.map { $0 - centre })
    let axis = axes.first.withLargestComponentPositive
    var across = axes.second
    across.z = 0
    if (across * across).sum() < 1e-24 { across = axes.second }
    across /= (across * across).sum().squareRoot()
    let places = samples.map { place in
      SIMD2(((place - centre) * axis).sum(), ((place - centre) * across).sum())
    }
    guard let (left, right) = Self.sides(places) else { return nil }
    let stations = (left + right).map(\.x).sorted()
    guard stations.count >= 4 else { return nil }
    let (low, high) = (stations[1], stations[stations.count - 2])
    guard high > low else { return nil }
    var result: [MorphologyPoint] = []
    for i in 0..<Self.stationCount {
      let x = low + (high - low) * Double(i) / Double(Self.stationCount - 1)
      let width = (Self.interpolate(left, at: x) - Self.interpolate(right, at: x)).magnitude
      result.append(MorphologyPoint(position: centre + x * axis, diameter: width))
    }
    let last = result.count - 1
    result[0].diameter = 0.5 * (result[0].diameter + result[1].diameter)
    result[last].diameter = 0.5 * (result[last].diameter + result[last - 1].diameter)
    guard let widest = result.map(\.diameter).max(), widest > 1e-6 * (high - low) else {
      return nil
    }
    for i in result.indices { result[i].diameter = max(result[i].diameter, 1e-3 * widest) }
    return result
  }

  /// Cuts the closed outline at its highest and lowest place (x) into two sides of rising x.
  private static func sides(_ places: [SIMD2<Double>]) -> ([SIMD2<Double>], [SIMD2<Double>])? {
    guard let top = places.indices.max(by: { places[$0].x < places[$1].x }) else { return nil }
    let turned = Array(places[top...] + places[..<top])
    guard let bottom = turned.indices.min(by: { turned[$0].x < turned[$1].x }), bottom > 0
    else { return nil }
    return (rising(turned[..<bottom].reversed()), rising(Array(turned[bottom...])))
  }

  /// Drops places that do not lie higher than the one before them, from the end on, until x rises.
  private static func rising(_ side: [SIMD2<Double>]) -> [SIMD2<Double>] {
    var result = side
    var k = result.count - 1
    while k > 0 {
      if result[k].x <= result[k - 1].x {
        result.remove(at: k)
        // What has moved to this place must be higher than its new neighbour, too.
        if k < result.count { k += 1 }
      }
      k -= 1
    }
    return result
  }

  /// Linear between places, constant beyond them.
  private static func interpolate(_ side: [SIMD2<Double>], at x: Double) -> Double {
    guard let first = side.first, let last = side.last else { return 0 }
    if x <= first.x { return first.y }
    if x >= last.x { return last.y }
    guard let k = side.firstIndex(where: { $0.x >= x }), k > 0 else { return first.y }
    let (a, b) = (side[k - 1], side[k])
    return a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x)
  }
}

extension SIMD3<Double> {
  /// The same or the opposite vector, so that its largest component is positive.
  var withLargestComponentPositive: SIMD3<Double> {
    let (a, b, c) = (x.magnitude, y.magnitude, z.magnitude)
    let largest = a >= b && a >= c ? x : (b >= c ? y : z)
    return largest < 0 ? -self : self
  }
}
