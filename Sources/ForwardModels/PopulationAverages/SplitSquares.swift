internal import CellMorphology
internal import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Means of a matrix and of its squares over a population in two parts: those of a cell with thick
/// compartments, which a sum over cells gives, and by how much they are more for the true ones.
struct SplitSquares {
  /// The cell with compartments that are not thinner than some diameter.
  var smooth: Compartments

  /// Mean square less that of the smooth cell, in the square of the model's unit per nA, and estimated
  /// error, for each entry.
  var squares: [(value: Double, error: Double)]

  /// Mean less that of the smooth cell, and estimated error.
  var means: [(value: Double, error: Double)]

  /// The variance less that of the smooth cell, whose mean is given, and its error.
  func excessOfVariance(_ entry: Int, smoothMean m: Double) -> (value: Double, error: Double) {
    let (square, d) = (squares[entry], means[entry])
    return (
      square.value - 2 * m * d.value - d.value * d.value,
      square.error + 2 * abs(m + d.value) * d.error
    )
  }
}

extension AveragedPotential {
  func splitSquares(
    over population: SomaDistribution, _ spread: DepthSpread, _ compartments: Compartments,
    tolerance: Double
  ) throws -> SplitSquares? {
    guard surfaces.isEmpty, !population.rotation,
      let plan = try averagingPlans(compartments)?.first?.plan, case .axis = plan.clamp,
      plan.sources.count == compartments.count,
      let mean = try average(over: population, spread, compartments, tolerance: 0.05)
    else { return nil }
    let (r, depth) = (population.radius, spread.standardDeviation)
    let thickness = 0.25 * pow(r * r * max(depth, 0.05 * r), 1.0 / 3)
    let excess = ExcessOfThin(
      radius: r, spread: spread, thickness: thickness, tolerance: tolerance,
      scale: 0.5 * mean.matrix.maximumMagnitude / plan.factor)
    var result = SplitSquares(smooth: compartments, squares: [], means: [])
    result.smooth.diameter = compartments.diameter.map { max($0, 2 * thickness) }
    for contact in contacts {
      for (source, a) in zip(plan.sources, plan.radii) {
        let more = excess(contact, source, a)
        let factor = plan.factor
        result.squares.append(
          (factor * factor * more.square.value, factor * factor * more.square.error))
        result.means.append((factor * more.mean.value, factor * more.mean.error))
      }
    }
    return result
  }
}

/// How much more mean and mean square are for a thin compartment than for a thick one.
private struct ExcessOfThin {
  let radius: Double
  let spread: DepthSpread
  let thickness: Double
  let tolerance: Double

  /// A standard deviation that errors are compared with, 1/um.
  let scale: Double

  typealias Estimate = (value: Double, error: Double)

  func callAsFunction(
    _ contact: SIMD3<Double>, _ source: AveragedSource, _ a: Double
  ) -> (square: Estimate, mean: Estimate) {
    if a >= thickness { return ((0, 0), (0, 0)) }
    let square = estimate { allowed in
      correction(.squares(a), allowed)(contact: contact, source: source, radius: thickness)
    }
    // Where squares do not differ, neither do means.
    if square.value == 0 && square.error == 0 { return ((0, 0), (0, 0)) }
    let mean = estimate { allowed in
      let axis = correction(.axis, allowed / scale)
      let thick = axis(contact: contact, source: source, radius: thickness)
      let thin = axis(contact: contact, source: source, radius: a)
      return ((thick.value - thin.value) * scale, (thick.error + thin.error) * scale)
    }
    return (square, (mean.value / scale, mean.error / scale))
  }

  /// An estimate whose error hardly changes the standard deviation: first a rough one.
  private func estimate(_ compute: (_ allowed: Double) -> Estimate) -> Estimate {
    let rough = compute(0.1 * tolerance * scale * scale)
    let deviation = max(tolerance * scale, rough.value > 0 ? rough.value.squareRoot() : 0)
    let allowed = 0.2 * tolerance * scale * deviation
    return rough.error <= allowed ? rough : compute(allowed)
  }

  private func correction(_ rule: ClampRule, _ allowed: Double) -> ClampCorrection {
    ClampCorrection(radius: radius, spread: spread, rule: rule, tolerance: allowed)
  }
}
