package import CellMorphology
package import LinearAlgebra

extension PopulationAverage: DepthMomentsModel {
  /// Means over the disc and over rotations, with polynomial weights over depth.
  ///
  /// - Throws: as `mean(for:)`.
  package func depthMoments(
    for compartments: Compartments, _ weighting: DepthWeighting
  ) throws -> [Matrix] {
    if compartments.count == 0 || population.radius == 0 && !population.rotation {
      return try adaptiveDepthMoments(weighting, tolerance: tolerance) { offset in
        try model.transformationMatrix(
          for: compartments.rotated(aboutZ: 0, movedBy: SIMD3(0, 0, offset)))
      }
    }
    var moments: [Matrix] = []
    var scale = 0.0
    let known = KnownDiscs()
    for j in 0..<weighting.count {
      var spread = weighting.spread(times: j)
      spread.known = known
      // What belongs to small coefficients need not be known as well.
      let moment = try weightedMean(
        spread, compartments, scale: scale,
        tolerance: min(0.01, tolerance / min(1, 10 * weighting.sizes[j])))
      // The first is the largest: a mean over the piece without signs.
      if j == 0 { scale = moment.maximumMagnitude }
      moments.append(moment)
    }
    return moments
  }

  /// - Parameter scale: what the tolerance is relative to, if larger than the largest entry.
  private func weightedMean(
    _ spread: DepthSpread, _ compartments: Compartments, scale: Double, tolerance: Double
  ) throws -> Matrix {
    var result: PopulationMatrix?
    func allowed(_ found: PopulationMatrix) -> Bool {
      let largest = found.matrix.maximumMagnitude
      return largest == 0 || found.relativeError * largest <= tolerance * max(scale, largest)
    }
    if let model = model as? any AveragedModel {
      for effort in [1, 0.3, 0.05] {
        result = try model.average(
          over: population, spread, compartments, tolerance: effort * tolerance)
        guard let found = result, !allowed(found) else { break }
      }
    }
    let mean =
      try result
      ?? LatticeAverage(
        model, population, compartments, mostCells: mostCells, rule: spread.rule
      )
      .mean(tolerance: tolerance, atLeast: scale)
    guard allowed(mean) else {
      throw ForwardModelError(
        parameter: "tolerance",
        "the mean over the population is known to \(mean.relativeError) of the largest entry, not "
          + "to \(tolerance); allow a larger tolerance")
    }
    return mean.matrix
  }
}
