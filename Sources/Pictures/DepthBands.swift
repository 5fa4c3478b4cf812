/// Which stretch of depth each contact of an image fills.
struct DepthBands: Equatable {
  /// The contacts that have a finite depth, from the lowest to the highest.
  let contacts: [Int]

  /// Their depths.
  let depths: [Double]

  /// The edges of their bands: band i reaches from `edges[i]` to `edges[i + 1]`. Inner edges lie
  /// midway between neighbours; the outer bands are symmetric about their contacts.
  let edges: [Double]

  /// The typical distance between neighbours: their harmonic mean, so that contacts that lie
  /// close together count; the whole height when there is one contact.
  let spacing: Double

  /// The height of a single contact's band, in the unit of depth.
  static let loneHeight = 100.0

  init(_ depths: [Double]) {
    let order = depths.indices.filter { depths[$0].isFinite }
      .sorted { (depths[$0], $0) < (depths[$1], $1) }
    let sorted = order.map { min(max(depths[$0], -1e150), 1e150) }
    contacts = order
    self.depths = sorted
    let gaps = zip(sorted.dropFirst(), sorted).map { $0 - $1 }
    let inverse = gaps.filter { $0 > 0 }.map { 1 / $0 }
    let typical =
      inverse.isEmpty
      ? DepthBands.loneHeight : Double(inverse.count) / inverse.reduce(0, +)
    spacing = typical
    guard let first = sorted.first, let last = sorted.last else {
      edges = []
      return
    }
    let below = gaps.first.flatMap { $0 > 0 ? $0 : nil } ?? typical
    let above = gaps.last.flatMap { $0 > 0 ? $0 : nil } ?? typical
    let inner = zip(sorted.dropFirst(), sorted).map { ($0 + $1) / 2 }
    edges = [first - below / 2] + inner + [last + above / 2]
  }

  /// From the lowest to the highest edge; nil without contacts.
  var range: ClosedRange<Double>? { DrawableRange.covering(edges) }

  /// The contact whose band holds a depth.
  func contact(at depth: Double) -> Int? {
    guard let first = edges.first, let last = edges.last, depth >= first, depth <= last else {
      return nil
    }
    // The number of edges at or below the depth, by bisection.
    var (low, high) = (0, edges.count)
    while low < high {
      let middle = (low + high) / 2
      if edges[middle] <= depth { low = middle + 1 } else { high = middle }
    }
    return contacts[min(max(low - 1, 0), contacts.count - 1)]
  }

  /// How far, in units of depth, a trace moves per unit of its signal.
  ///
  /// The largest magnitude becomes `reach` spacings, or less where a trace would otherwise leave
  /// the range.
  /// - Parameter extremes: the lowest and highest value of each drawn contact, with its depth.
  func traceScale(
    extremes: [(depth: Double, lowest: Double, highest: Double)], range: ClosedRange<Double>,
    reach: Double
  ) -> Double? {
    let largest = extremes.reduce(0) { max($0, abs($1.lowest), abs($1.highest)) }
    guard largest > DrawableRange.smallest else { return nil }
    var scale = reach / largest
    for (depth, lowest, highest) in extremes where range.contains(depth) {
      if highest > 0 { scale = min(scale, 0.96 * (range.upperBound - depth) / highest) }
      if lowest < 0 { scale = min(scale, 0.96 * (depth - range.lowerBound) / -lowest) }
    }
    return scale > 0 && scale.isFinite ? scale : nil
  }
}
