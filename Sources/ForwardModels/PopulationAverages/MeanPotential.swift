internal import CellMorphology

/// Means over a population of potentials at points, from the tables of one plan.
final class MeanPotential {
  private typealias Rows = (
    _ points: [SIMD3<Double>], _ sources: [AveragedSource], _ values: inout [Double],
    _ errors: inout [Double]
  ) -> Void

  private let plan: AveragingPlan
  private let correction: ClampCorrection
  private var parts: [Rows] = []

  /// The largest entry, roughly, as a mean of 1 / distance.
  let scale: Double

  /// - Parameters:
  ///   - contacts: Where means will be asked for.
  ///   - reach: How far from these.
  ///   - tolerance: Relative to the largest entry.
  init(
    _ plan: AveragingPlan, radius: Double, spread: DepthSpread, contacts: [SIMD3<Double>],
    reach: Double, tolerance: Double
  ) {
    self.plan = plan
    let kappa = plan.heightScale
    let potential = SpreadDiscPotential(radius: radius, spread: spread.scaled(by: kappa))
    let gaps = contacts.map { contact in
      plan.sources.map { source in
        let d = contact - source.start - 0.5 * source.step
        return (rho: (d.x * d.x + d.y * d.y).squareRoot(), zeta: kappa * d.z)
      }
    }
    scale = gaps.reduce(0) { largest, row in
      let nearest = row.min { hypotenuse($0) < hypotenuse($1) } ?? (rho: 0, zeta: 0)
      return max(largest, potential(rho: nearest.rho, zeta: nearest.zeta))
    }
    let allowed = tolerance * scale
    correction = ClampCorrection(
      radius: radius, spread: spread, rule: plan.clamp, tolerance: 0.2 * allowed)
    let step = plan.sources.reduce(0) { max($0, ($1.step * $1.step).sum().squareRoot()) }
    let rho = gaps.joined().reduce(0) { max($0, $1.rho) } + 2 * reach + step
    var zeta = gaps.joined().reduce(0) { max($0, abs($1.zeta)) } + kappa * (2 * reach + step)
    for part in plan.parts {
      zeta = max(zeta, part.farthest(contacts, plan.sources, kappa) + kappa * (2 * reach + step))
    }
    build(potential, rho: rho, zeta: zeta, allowed: allowed, tolerance: tolerance)
  }

  private func build(
    _ potential: SpreadDiscPotential, rho: Double, zeta: Double, allowed: Double, tolerance: Double
  ) {
    let order = tolerance >= 3e-5 ? 8 : tolerance >= 1e-7 ? 12 : 16
    let kappa = plan.heightScale
    let plain = plan.parts.count == 1
    let images = plan.parts.reduce(0) { $0 + $1.images.reduce(0) { $0 + abs($1.weight) } }
    let table = PotentialTable(
      potential, rho: rho, zeta: zeta, tolerance: 0.2 * allowed / images, order: order)
    for part in plan.parts {
      func placed(_ points: [SIMD3<Double>]) -> [SIMD3<Double>] {
        points.map { p in
          SIMD3(p.x, p.y, kappa * (part.mirror.map { 2 * $0 - p.z } ?? p.z))
        }
      }
      if plain {
        let elements = AverageElements(table: table, tolerance: 0.2 * allowed)
        parts.append { points, sources, values, errors in
          elements.add(points: placed(points), sources: sources, values: &values, errors: &errors)
        }
      } else {
        let sum = ImagesPotential(potential, table: table, images: part.images)
        let images = PotentialTable(
          sum, rho: rho, zeta: zeta, tolerance: 0.1 * allowed, order: order)
        let elements = AverageElements(table: images, tolerance: 0.1 * allowed)
        parts.append { points, sources, values, errors in
          elements.add(points: placed(points), sources: sources, values: &values, errors: &errors)
          for i in errors.indices { errors[i] += sum.error }
        }
      }
    }
  }

  /// Means of 1 / distance and their errors, points × columns.
  func rows(
    points: [SIMD3<Double>], columns: [Int]
  ) -> (values: [Double], errors: [Double]) {
    var values = [Double](repeating: 0, count: points.count * columns.count)
    var errors = values
    let factor = SIMD3(1, 1, plan.heightScale)
    let sources = columns.map { i in
      AveragedSource(
        start: factor * plan.sources[i].start, step: factor * plan.sources[i].step)
    }
    for part in parts { part(points, sources, &values, &errors) }
    for (j, point) in points.enumerated() {
      for (k, i) in columns.enumerated() {
        let excess = correction(contact: point, source: plan.sources[i], radius: plan.radii[i])
        values[j * columns.count + k] -= excess.value
        errors[j * columns.count + k] += excess.error
      }
    }
    return (values, errors)
  }
}

private func hypotenuse(_ gap: (rho: Double, zeta: Double)) -> Double {
  gap.rho * gap.rho + gap.zeta * gap.zeta
}

extension AveragingPlan.Part {
  /// The largest difference in scaled height between an image of a contact and a source.
  fileprivate func farthest(
    _ contacts: [SIMD3<Double>], _ sources: [AveragedSource], _ scale: Double
  ) -> Double {
    let shift = images.reduce(0) { max($0, abs($1.shift)) }
    let heights = contacts.map { contact in mirror.map { 2 * $0 - contact.z } ?? contact.z }
    let depths = sources.map(\.start.z)
    let (low, high) = (depths.min() ?? 0, depths.max() ?? 0)
    return heights.reduce(0) { max($0, scale * (max(abs($1 - low), abs($1 - high)) + shift)) }
  }
}
