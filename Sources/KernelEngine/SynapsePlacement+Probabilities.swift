internal import CellMorphology
internal import Distributions

extension SynapsePlacement {
  /// The probability of each compartment to carry a synapse; their sum is 1.
  ///
  /// It is proportional to area × sum of weight × density of depth at the midpoint, where a density
  /// is smeared by the spread of somata in depth.
  ///
  /// - Throws: `NetworkError` when sections are unknown, the range holds no compartment, or the
  ///   densities are 0 at all of them.
  func probabilities(
    on compartments: Compartments, somata: Somata, connection index: Int
  ) throws(NetworkError) -> [Double] {
    func fail(_ key: String, _ message: String) -> NetworkError {
      NetworkError(.connection(index), key: key, message)
    }
    let (selected, unmatched) = compartments.selection(sections: sections)
    if let name = unmatched.first {
      throw fail(
        "placement.sections",
        "the cell has no section '\(name)'; it has "
          + sectionTypes(compartments).joined(separator: ", "))
    }
    let densities = try smearedDensities(somata, index)
    var result = [Double](repeating: 0, count: compartments.count)
    var (sum, candidates) = (0.0, 0)
    for i in 0..<compartments.count where selected[i] {
      let z = compartments.midpointZ(i)
      guard zRange.contains(z) else { continue }
      candidates += 1
      var density = densities.isEmpty ? 1.0 : 0
      for (weight, function) in densities { density += weight * function(z) }
      result[i] = compartments.area[i] * density
      sum += result[i]
    }
    guard candidates > 0 else {
      throw fail(
        "placement",
        "no compartment of the sections lies between z = \(zRange.lowerBound) and "
          + "\(zRange.upperBound) um")
    }
    guard sum > 0, sum.isFinite else {
      throw fail(
        "placement.depth",
        "the density of depth is 0 at all \(candidates) compartments of the sections; their depths "
          + "reach from \(reach(compartments, selected))")
    }
    for i in result.indices { result[i] /= sum }
    return result
  }

  private func smearedDensities(
    _ somata: Somata, _ index: Int
  ) throws(NetworkError) -> [(Double, SmearedDensity)] {
    var densities: [(Double, SmearedDensity)] = []
    for component in depth {
      guard component.weight >= 0, component.weight.isFinite else {
        throw NetworkError(
          .connection(index), key: "placement.depth",
          "weight is \(component.weight); it must be finite and not negative")
      }
      do {
        densities.append(
          (component.weight, try SmearedDensity(component.depth, smearedBy: somata.depth)))
      } catch {
        throw NetworkError(.connection(index), key: "placement.depth", error.description)
      }
    }
    return densities
  }
}

private func sectionTypes(_ compartments: Compartments) -> [String] {
  var types: [String] = []
  for name in compartments.sectionNames {
    let type = Section.type(ofName: name)
    if !types.contains(type) { types.append(type) }
  }
  return types
}

private func reach(_ compartments: Compartments, _ selected: [Bool]) -> String {
  let depths = (0..<compartments.count).filter { selected[$0] }.map { compartments.midpointZ($0) }
  return "\(depths.min() ?? .nan) to \(depths.max() ?? .nan) um"
}
