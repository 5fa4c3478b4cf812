/// A weighted sum of one function at shifted depth differences: what the images of a contact in the
/// faces of a slice see.
final class ImagesPotential: TabulatedFunction {
  private let base: PotentialTable<SpreadDiscPotential>
  private let images: [(shift: Double, weight: Double)]
  let radius: Double
  let jumps: [Double]
  let deviation: Double
  var isEven: Bool { false }

  init(
    _ function: SpreadDiscPotential, table: PotentialTable<SpreadDiscPotential>,
    images: [(shift: Double, weight: Double)]
  ) {
    base = table
    self.images = images
    radius = function.radius
    deviation = function.deviation
    jumps = images.prefix(4).flatMap { image in function.jumps.map { $0 - image.shift } }
  }

  /// The error of a value, given that of the table.
  var error: Double { images.reduce(0) { $0 + abs($1.weight) } * base.error }

  func evaluate(_ points: UnsafeMutableBufferPointer<TablePoint>) {
    var queries = [TablePoint]()
    queries.reserveCapacity(points.count * images.count)
    for (i, point) in points.enumerated() {
      points[i].value = 0
      for (k, image) in images.enumerated() {
        queries.append(
          TablePoint(
            rho: point.rho, zeta: point.zeta + image.shift, slot: Int32(i * images.count + k)))
      }
    }
    queries.withUnsafeMutableBufferPointer { base.evaluate($0) }
    for query in queries {
      let (i, k) = Int(query.slot).quotientAndRemainder(dividingBy: images.count)
      points[i].value += images[k].weight * query.value
    }
  }
}
