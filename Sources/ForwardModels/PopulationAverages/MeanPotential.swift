internal import CellMorphology

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

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
    // What the tolerance is relative to: an entry whose signs do not cancel.
    let magnitude =
      spread.isSigned
      ? SpreadDiscPotential(radius: radius, spread: spread.magnitude.scaled(by: kappa)) : potential
    let gaps = contacts.map { contact in
      plan.sources.map { source in
        let d = contact - source.start - 0.5 * source.step
        return (rho: (d.x * d.x + d.y * d.y).squareRoot(), zeta: kappa * d.z)
      }
    }
    let largest = gaps.reduce(0) { largest, row in
      let nearest = row.min { hypotenuse($0) < hypotenuse($1) } ?? (rho: 0, zeta: 0)
      return max(largest, magnitude(rho: nearest.rho, zeta: nearest.zeta))
    }
    scale = largest / max(1, plan.widthScale)
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
    if plan.widthScale != 1 {
      let ellipse = EllipsePotential(
        radius: potential.radius, spread: potential.spread, widthScale: plan.widthScale, rho: rho,
        zeta: zeta, tolerance: 0.2 * allowed, order: order)
      let elements = AverageElements(table: ellipse, tolerance: 0.2 * allowed)
      parts.append { points, sources, values, errors in
        let scaled = points.map { SIMD3($0.x, $0.y, kappa * $0.z) }
        elements.add(points: scaled, sources: sources, values: &values, errors: &errors)
      }
      return
    }
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

  /// Means of 1 / distance and their errors, nodes × columns.
  func rows(
    _ nodes: [ContactNode], columns: [Int]
  ) -> (values: [Double], errors: [Double]) {
    if plan.widthScale == 1 {
      return rows(nodes.map(\.offset), columns.map { plan.sources[$0] }, columns)
    }
    var (values, errors) = ([Double](), [Double]())
    for node in nodes {
      // The medium stays: contact and cell are turned back.
      let (c, s) = (cos(node.angle), -sin(node.angle))
      func turned(_ p: SIMD3<Double>) -> SIMD3<Double> {
        SIMD3(c * p.x - s * p.y, s * p.x + c * p.y, p.z)
      }
      let sources = columns.map { i in
        AveragedSource(start: turned(plan.sources[i].start), step: turned(plan.sources[i].step))
      }
      let row = rows([turned(node.offset)], sources, columns)
      values += row.values
      errors += row.errors
    }
    return (values, errors)
  }

  /// Points × sources, which are those of the plan with the given indices.
  private func rows(
    _ points: [SIMD3<Double>], _ sources: [AveragedSource], _ columns: [Int]
  ) -> (values: [Double], errors: [Double]) {
    var values = [Double](repeating: 0, count: points.count * sources.count)
    var errors = values
    let factor = SIMD3(1, 1, plan.heightScale)
    let scaled = sources.map {
      AveragedSource(start: factor * $0.start, step: factor * $0.step)
    }
    for part in parts { part(points, scaled, &values, &errors) }
    for (j, point) in points.enumerated() {
      for (k, source) in sources.enumerated() {
        let excess = correction(contact: point, source: source, radius: plan.radii[columns[k]])
        values[j * sources.count + k] -= excess.value
        errors[j * sources.count + k] += excess.error
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
