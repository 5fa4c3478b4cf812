internal import CellMorphology
internal import LinearAlgebra

/// The potential in an infinite medium, whose mean needs no sum over cells, and what the sphere's surface
/// adds: that is smooth, and a sum over few cells gives its mean.
extension SpherePotential: AveragedModel {
  func average(
    over population: SomaDistribution, _ spread: DepthSpread, _ compartments: Compartments,
    tolerance: Double
  ) throws -> PopulationMatrix? {
    // Contacts on both sides of the surface have no such form.
    guard population.radius > 0, let free = try freePotential() else { return nil }
    let rest = SphereSurfaceEffect(sphere: self)
    let single = try rest.transformationMatrix(for: compartments).maximumMagnitude
    var (sum, error) = (Matrix(rows: contacts.count, columns: compartments.count), 0.0)
    if let free {
      guard
        let mean = try free.model.average(
          over: population, spread, compartments, tolerance: 0.5 * tolerance)
      else { return nil }
      for (row, j) in free.indices.enumerated() {
        for i in 0..<compartments.count { sum[j, i] = mean.matrix[row, i] }
      }
      error = mean.relativeError * mean.matrix.maximumMagnitude
    }
    if single > 0 {
      let scale = max(single, sum.maximumMagnitude)
      let mean = try LatticeAverage(
        rest, population, compartments, mostCells: LatticeAverage.standardCells,
        rule: spread.rule
      ).mean(tolerance: min(0.5, 0.3 * tolerance * scale / single), atLeast: single)
      sum = sum + mean.matrix
      error += mean.relativeError * mean.matrix.maximumMagnitude
    }
    return PopulationMatrix(matrix: sum, relativeError: error / sum.maximumMagnitude)
  }

  /// The potential without the sphere at the contacts inside it, with their indices: a nil inside where
  /// there are none, nil where the surface of a contact may be on both sides.
  private func freePotential() throws -> (model: PointSourcePotential, indices: [Int])?? {
    var indices = [Int]()
    for (j, contact) in contacts.enumerated() {
      let d = contact - center
      let distance = (d * d).sum().squareRoot()
      let reach = surfaces.isEmpty ? 0 : surface(j).reach
      if reach > 0 && abs(distance - radius) < reach { return nil }
      if distance <= radius { indices.append(j) }
    }
    if indices.isEmpty { return .some(nil) }
    let model = try PointSourcePotential(
      contacts: indices.map { contacts[$0] }, sigma: inside,
      surfaces: surfaces.isEmpty ? [] : indices.map(surface))
    return (model, indices)
  }

  private func surface(_ j: Int) -> ContactSurface { surfaces[surfaces.count == 1 ? 0 : j] }
}

/// The potential less that of the currents themselves, for contacts inside the sphere.
private struct SphereSurfaceEffect: ForwardModel {
  let sphere: SpherePotential

  var unit: String { sphere.unit }

  func transformationMatrix(for compartments: Compartments) throws -> Matrix {
    try sphere.requireInside(compartments)
    return potentialMatrix(
      contacts: sphere.contacts, surfaces: sphere.surfaces,
      kernel: SphereSources(compartments, sphere: sphere, isComplete: false))
  }
}
