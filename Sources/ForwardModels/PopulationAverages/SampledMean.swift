/// The mean over a population of 1 / distance as a function of where a contact is from a point of the
/// model cell, with heights scaled so that the medium is isotropic.
protocol SampledMean: AnyObject {
  /// How large the error of a value may be, 1/um.
  var error: Double { get }

  /// Writes the means at places.
  func evaluate(_ gaps: [SIMD3<Double>], into values: UnsafeMutableBufferPointer<Double>)
}

/// The same in all horizontal directions.
extension PotentialTable: SampledMean {
  func evaluate(_ gaps: [SIMD3<Double>], into values: UnsafeMutableBufferPointer<Double>) {
    var queries = [TablePoint]()
    queries.reserveCapacity(gaps.count)
    for (i, d) in gaps.enumerated() {
      queries.append(
        TablePoint(
          rho: (d.x * d.x + d.y * d.y).squareRoot(), zeta: d.z, slot: Int32(truncatingIfNeeded: i)))
    }
    queries.withUnsafeMutableBufferPointer { evaluate($0) }
    for query in queries { values[Int(query.slot)] = query.value }
  }
}
