#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The mean of 1 / distance between a contact and a point of a cell whose soma lies on a disc and at
/// depths of some spread:
///
///     Phi(rho, zeta) = ∫ f(delta) D(rho, zeta - delta) d delta
///
/// where rho and zeta are the horizontal distance and the depth difference between the contact and the
/// point of the model cell. On the axis and with a Gaussian spread it is `GaussCylinderPotential`.
///
/// D has a kink at the depth of the disc, inside it, and a singularity of the kind r log r at its rim:
/// panels of the density are divided until they are not longer than twice their distance from either.
struct SpreadDiscPotential: TabulatedFunction, Sendable {
  let disc: DiscPotential
  let spread: DepthSpread
  private let packed: [(offsets: SIMD8<Double>, weights: SIMD8<Double>)]

  init(radius: Double, spread: DepthSpread) {
    disc = DiscPotential(radius: radius)
    self.spread = spread
    let atoms = spread.atoms
    packed = stride(from: 0, to: atoms.count, by: 8).map { first in
      var (offsets, weights) = (SIMD8<Double>(repeating: atoms[first].offset), SIMD8<Double>.zero)
      for k in first..<min(first + 8, atoms.count) {
        offsets[k - first] = atoms[k].offset
        weights[k - first] = atoms[k].probability
      }
      return (offsets, weights)
    }
  }

  var radius: Double { disc.radius }
  var jumps: [Double] { spread.jumps }
  var deviation: Double { spread.standardDeviation }
  var isEven: Bool { spread.isEven }

  func evaluate(_ points: UnsafeMutableBufferPointer<TablePoint>) {
    for i in points.indices {
      points[i].value = self(rho: points[i].rho, zeta: points[i].zeta)
    }
  }

  func callAsFunction(rho: Double, zeta: Double) -> Double {
    var sum = SIMD8<Double>.zero
    for group in packed {
      sum += group.weights * disc(rho: rho, z: zeta - group.offsets)
    }
    let gap = abs(disc.radius - rho)
    guard let known = spread.known else {
      for panel in spread.panels {
        sum += integral(panel, rho: rho, zeta: zeta, gap: gap) { disc(rho: rho, z: $0) }
      }
      return sum.sum()
    }
    known.withValues(rho: rho, zeta: zeta) { values in
      for panel in spread.panels {
        sum += integral(panel, rho: rho, zeta: zeta, gap: gap) { z in
          values.next { disc(rho: rho, z: z) }
        }
      }
    }
    return sum.sum()
  }

  /// - Parameter disc: the potential at heights, asked for in an order that does not depend on weights.
  @inline(__always)
  private func integral(
    _ panel: DepthSpread.Panel, rho: Double, zeta: Double, gap: Double,
    _ disc: (SIMD8<Double>) -> SIMD8<Double>
  ) -> SIMD8<Double> {
    let inside = rho < radius && zeta > panel.low && zeta < panel.high
    let distance = max(0, max(panel.low - zeta, zeta - panel.high))
    let length = panel.high - panel.low
    if !inside && length <= 2 * max(gap, distance) || length < 1e-7 * (gap + radius) {
      return panel.weights * disc(zeta - panel.nodes)
    }
    return divided(panel, from: panel.low, to: panel.high, rho: rho, zeta: zeta, gap: gap, disc)
  }

  private func divided(
    _ panel: DepthSpread.Panel, from low: Double, to high: Double, rho: Double, zeta: Double,
    gap: Double, _ disc: (SIMD8<Double>) -> SIMD8<Double>
  ) -> SIMD8<Double> {
    let length = high - low
    let distance = max(0, max(low - zeta, zeta - high))
    let inside = zeta > low && zeta < high
    let tiny = length < 1e-7 * (gap + radius) || length < 1e-12 * abs(low)
    if tiny || !inside && length <= 2 * max(gap, distance) {
      let part = panel.part(from: low, to: high)
      return part.weights * disc(zeta - part.nodes)
    }
    let middle = inside ? zeta : 0.5 * (low + high)
    return divided(panel, from: low, to: middle, rho: rho, zeta: zeta, gap: gap, disc)
      + divided(panel, from: middle, to: high, rho: rho, zeta: zeta, gap: gap, disc)
  }
}
