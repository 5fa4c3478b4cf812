/// Some compartments as points, the others as lines.
struct MixedSources<Lines: SourceKernel, Points: SourceKernel>: SourceKernel {
  let lines: Lines
  /// Those of `pointIndices`, in their order.
  let points: Points
  let pointIndices: [Int]

  var count: Int { lines.count }

  func selecting(_ indices: [Int]) -> MixedSources {
    var (chosen, places) = ([Int](), [Int]())
    for (place, index) in indices.enumerated() {
      if let k = pointIndices.firstIndex(of: index) {
        chosen.append(k)
        places.append(place)
      }
    }
    return MixedSources(
      lines: lines.selecting(indices), points: points.selecting(chosen), pointIndices: places)
  }

  func potentials(at point: SIMD3<Double>, into row: UnsafeMutablePointer<Double>) {
    lines.potentials(at: point, into: row)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, points.count)) { values in
      guard let base = values.baseAddress, points.count > 0 else { return }
      points.potentials(at: point, into: base)
      for (k, index) in pointIndices.enumerated() { row[index] = values[k] }
    }
  }
}

/// Throws where a compartment that is to be a point does not exist.
func requirePointCompartments(_ indices: [Int], of count: Int) throws(ForwardModelError) {
  for index in indices where index < 0 || index >= count {
    throw ForwardModelError(
      parameter: "pointCompartments",
      "compartment \(index) is to be a point, but the compartments are 0 ... \(count - 1)")
  }
}
