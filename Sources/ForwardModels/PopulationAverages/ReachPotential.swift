/// How much 1 / distance amounts to along a ray:
///
///     F(h, zeta) = ∫ f(delta) [sqrt(h^2 + (zeta - delta)^2) - |zeta - delta|] d delta
///
/// is the integral of h' / distance over h' from 0 to h, averaged over depths with the density f. On the
/// axis of a disc it is what `GaussianDiscProfile` is for Gaussian depths.
struct ReachPotential: TabulatedFunction, Sendable {
  let spread: DepthSpread

  /// The largest h, um.
  let radius: Double

  var jumps: [Double] { spread.jumps }
  var deviation: Double { spread.standardDeviation }
  var isEven: Bool { spread.isEven }

  func evaluate(_ points: UnsafeMutableBufferPointer<TablePoint>) {
    for i in points.indices {
      points[i].value = self(points[i].rho, points[i].zeta)
    }
  }

  func callAsFunction(_ h: Double, _ zeta: Double) -> Double {
    var sum = SIMD8<Double>.zero
    for atom in spread.atoms {
      sum[0] += atom.probability * reach(h, SIMD8(repeating: zeta - atom.offset))[0]
    }
    for panel in spread.panels {
      let isFar = h + max(panel.low - zeta, zeta - panel.high) >= 0.5 * (panel.high - panel.low)
      let holdsKink = zeta > panel.low && zeta < panel.high
      sum +=
        isFar && !holdsKink
        ? panel.weights * reach(h, zeta - panel.nodes)
        : divided(panel, from: panel.low, to: panel.high, h, zeta)
    }
    return sum.sum()
  }

  /// Panels that end at the kink of |zeta - delta| and are not longer than twice their distance from the
  /// root's branch points, at zeta ± i h.
  private func divided(
    _ panel: DepthSpread.Panel, from low: Double, to high: Double, _ h: Double, _ zeta: Double
  ) -> SIMD8<Double> {
    let (length, distance) = (high - low, max(0, low - zeta, zeta - high))
    let inside = zeta > low && zeta < high
    if length < 1e-6 * radius || !inside && length <= 2 * max(h, distance) {
      let part = panel.part(from: low, to: high)
      return part.weights * reach(h, zeta - part.nodes)
    }
    let middle = inside ? zeta : 0.5 * (low + high)
    return divided(panel, from: low, to: middle, h, zeta)
      + divided(panel, from: middle, to: high, h, zeta)
  }

  private func reach(_ h: Double, _ z: SIMD8<Double>) -> SIMD8<Double> {
    let size = z.replacing(with: -z, where: z .< 0)
    let h2 = h * h
    if h2 == 0 { return .zero }
    return h2 / ((z * z + h2).squareRoot() + size)
  }
}
