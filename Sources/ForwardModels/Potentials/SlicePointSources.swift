internal import CVectorMath
internal import CellMorphology

/// Point currents at the midpoints of compartments in a slice.
///
/// A contact closer than the radius counts as one as far, by its horizontal distance; so do its images.
struct SlicePointSources: SourceKernel {
  let series: ImageSeries
  /// x, y, z, the square of the radius, and the scaled height.
  private let columns: Columns

  init(_ compartments: Compartments, series: ImageSeries) {
    self.series = series
    columns = Columns(
      count: compartments.count,
      [
        { compartments.midpoint($0).x }, { compartments.midpoint($0).y },
        { compartments.midpoint($0).z },
        { 0.25 * compartments.diameter[$0] * compartments.diameter[$0] },
        { series.scaledHeight(compartments.midpoint($0).z) },
      ])
  }

  private init(columns: Columns, series: ImageSeries) {
    self.columns = columns
    self.series = series
  }

  var count: Int { columns.count }

  func selecting(_ indices: [Int]) -> SlicePointSources {
    SlicePointSources(columns: columns.selecting(indices), series: series)
  }

  func potentials(at point: SIMD3<Double>, into row: UnsafeMutablePointer<Double>) {
    row.update(repeating: 0, count: count)
    var sum = ImageSum(series, contact: point)
    let scale = 1 / (4 * Double.pi * series.slice.tissue * series.slice.thickness)
    columns.withColumn(0) { x in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: ImageSum.chunk) { squares in
        guard let q = squares.baseAddress else { return }
        for first in stride(from: 0, to: count, by: ImageSum.chunk) {
          let n = min(ImageSum.chunk, count - first)
          horizontalSquares(from: x + first, n, to: point, q)
          sum.add(q: q, t: x + 4 * count + first, n, to: row + first)
        }
      }
    }
    for i in 0..<count { row[i] *= scale }
  }

  /// Squares of the horizontal distances, in units of the thickness.
  private func horizontalSquares(
    from x: UnsafePointer<Double>, _ n: Int, to point: SIMD3<Double>,
    _ q: UnsafeMutablePointer<Double>
  ) {
    let (y, z, radius2) = (x + count, x + 2 * count, x + 3 * count)
    let scale = 1 / (series.slice.thickness * series.slice.thickness)
    for i in 0..<n {
      let (dx, dy, dz) = (point.x - x[i], point.y - y[i], point.z - z[i])
      let square = dx * dx + dy * dy
      q[i] = scale * (square + dz * dz < radius2[i] ? radius2[i] - dz * dz : square)
    }
  }
}

/// The sum over a contact's images for points of a slice, by images and series.
struct ImageSum {
  /// Number of points that one plan is chosen for.
  static let chunk = 64

  let series: ImageSeries
  let images: (depths: [Double], weights: [Double])
  private var coefficients: [Int: [Double]] = [:]

  init(_ series: ImageSeries, contact: SIMD3<Double>) {
    self.series = series
    images = series.images(of: series.scaledHeight(contact.z))
  }

  /// Cost of a term of the series compared with that of an image.
  private static let termCost = 0.3

  /// The cheapest plan for points up to a distance from the middle, and its terms; nil: sum all images.
  func plan(distance: Double, imageCost: Double, termCost: Double) -> (
    plan: ImageSeries.Plan, terms: Int
  )? {
    var best: (plan: ImageSeries.Plan, terms: Int)?
    var least = imageCost * Double(images.depths.count)
    for plan in series.plans {
      guard let terms = series.terms(plan, distance: distance) else { continue }
      let cost =
        imageCost * Double(series.count(below: plan.order)) + termCost * Double(terms)
      if cost < least { (best, least) = ((plan, terms), cost) }
    }
    return best
  }

  /// Coefficients of a plan's series, as many as it may need.
  mutating func coefficients(_ plan: ImageSeries.Plan) -> [Double] {
    if let known = coefficients[plan.order] { return known }
    let new = series.coefficients(plan, terms: plan.maximumTerms, images)
    coefficients[plan.order] = new
    return new
  }

  /// Adds the sum for points with horizontal distances' squares q and heights t.
  mutating func add(
    q: UnsafeMutablePointer<Double>, t: UnsafePointer<Double>, _ n: Int,
    to row: UnsafeMutablePointer<Double>
  ) {
    var farthest = 0.0
    for i in 0..<n { farthest = max(farthest, q[i] + t[i] * t[i]) }
    let chosen = plan(
      distance: farthest.squareRoot(), imageCost: 1, termCost: ImageSum.termCost)
    let count = chosen.map { series.count(below: $0.plan.order) } ?? images.depths.count
    cvm_images(n, q, t, count, images.depths, images.weights, row)
    guard let chosen else { return }
    for i in 0..<n { q[i] += t[i] * t[i] }
    cvm_solid_harmonics(n, t, q, chosen.terms, coefficients(chosen.plan), 1, row)
  }
}
