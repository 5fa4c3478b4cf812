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

  /// The most entries for which rotations are averaged over.
  static let mostRotated = 1000

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
    guard surfaces.isEmpty, let plan = try averagingPlans(compartments).first?.plan,
      case .axis = plan.clamp,
      plan.sources.count == compartments.count,
      !population.rotation || contacts.count * plan.sources.count <= SplitSquares.mostRotated,
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
        let more =
          population.rotation ? excess.rotated(contact, source, a) : excess(contact, source, a)
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

  /// The mean over rotations of the source about the z axis, which are rotations of the contact the
  /// other way: the trapezoid rule with more and more angles.
  func rotated(
    _ contact: SIMD3<Double>, _ source: AveragedSource, _ a: Double
  ) -> (square: Estimate, mean: Estimate) {
    let first = self(contact, source, a)
    if a >= thickness || isUnchanged(contact, source) { return first }
    func add(_ angle: Double, to sum: inout (square: Estimate, mean: Estimate)) {
      let (c, s) = (cos(angle), sin(angle))
      let turned = SIMD3(
        c * contact.x - s * contact.y, s * contact.x + c * contact.y, contact.z)
      let part = angle == 0 ? first : self(turned, source, a)
      sum.square.value += part.square.value
      sum.square.error += part.square.error
      sum.mean.value += part.mean.value
      sum.mean.error += part.mean.error
    }
    var sum: (square: Estimate, mean: Estimate) = ((0, 0), (0, 0))
    var count = 8
    for k in 0..<count { add(2 * .pi * Double(k) / Double(count), to: &sum) }
    while true {
      let before = (square: sum.square.value / Double(count), mean: sum.mean.value / Double(count))
      for k in 0..<count { add(2 * .pi * (Double(k) + 0.5) / Double(count), to: &sum) }
      count *= 2
      let n = Double(count)
      var (square, mean) = (sum.square, sum.mean)
      square = (square.value / n, square.error / n + abs(square.value / n - before.square))
      mean = (mean.value / n, mean.error / n + abs(mean.value / n - before.mean))
      let deviation = max(tolerance * scale, max(0, square.value).squareRoot())
      if square.error <= 0.4 * tolerance * scale * deviation || count >= 64 {
        return (square, mean)
      }
    }
  }

  /// Whether rotations change nothing: about the axis, or where somata are all around the contact.
  private func isUnchanged(_ contact: SIMD3<Double>, _ source: AveragedSource) -> Bool {
    func distance(_ p: SIMD3<Double>) -> Double { (p.x * p.x + p.y * p.y).squareRoot() }
    let far = max(distance(source.start), distance(source.start + source.step))
    let near = distance(contact)
    return far == 0 || near == 0 || far + near + 4 * thickness < radius
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
