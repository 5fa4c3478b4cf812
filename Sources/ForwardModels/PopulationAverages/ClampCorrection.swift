#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// What the mean over a population of 1 / distance is too much by, because contacts are kept out of the
/// compartments of each cell: the integral of the density of somata times the excess (`ClampRule`).
///
/// For a point well inside the disc it is
///
///     1 / (pi R^2) ∫ f(zeta - u) pi (a - |u|)^2 / a du,  |u| < a,
///
/// and for a thin line pi a^2 times the mean of the density of somata along it.
struct ClampCorrection: Sendable {
  let radius: Double
  let spread: DepthSpread
  let rule: ClampRule

  /// The absolute error that is allowed, 1/um.
  let tolerance: Double

  /// - Parameters:
  ///   - contact: In the model's coordinates.
  ///   - a: Radius of the compartment.
  func callAsFunction(
    contact: SIMD3<Double>, source: AveragedSource, radius a: Double
  ) -> (value: Double, error: Double) {
    if a <= 0 { return (0, 0) }
    if source.isPoint { return point(contact - source.start, radius: a, contact: contact) }
    let line = ClampedLine(source, radius: a)
    guard case .slice(let images) = rule else { return correction(line, contact) }
    var result = (value: 0.0, error: 0.0)
    for image in images(contact).prefix(3) where image.weight != 0 {
      let part = correction(line, contact + SIMD3(0, 0, image.height))
      result.value += image.weight * part.value
      result.error += abs(image.weight) * part.error
    }
    return result
  }

  private func correction(
    _ line: ClampedLine, _ contact: SIMD3<Double>
  ) -> (value: Double, error: Double) {
    spread.panels.isEmpty
      ? ClampedLineInPlanes(correction: self, line: line, contact: contact).value()
      : ClampedLineInSpace(correction: self, line: line, contact: contact).value()
  }

  // MARK: Points

  private func point(
    _ gap: SIMD3<Double>, radius a: Double, contact: SIMD3<Double>
  ) -> (value: Double, error: Double) {
    let rho = (gap.x * gap.x + gap.y * gap.y).squareRoot()
    if rho >= radius + a { return (0, 0) }
    let towards = atan2(gap.y, gap.x)
    let excess = pointExcess(radius: a, contact: contact, towards: towards)
    let area = Double.pi * radius * radius
    if spread.panels.isEmpty {
      var sum = 0.0
      for atom in spread.atoms where abs(gap.z - atom.offset) < a {
        sum += atom.probability * disc(rho: rho, height: gap.z - atom.offset, a, excess)
      }
      return (sum / area, 1e-9 * abs(sum) / area)
    }
    var bound = 2 * a * a * spread.largestDensity(from: gap.z - a, to: gap.z + a) / area
    // Of squares, the excess holds 8/3 pi a.
    if case .squares = rule { bound *= 5 / a }
    if bound <= 0.1 * tolerance { return (0, bound) }
    let result = adaptiveIntegral(
      from: -a, to: a, places: [0] + spread.jumps.map { gap.z - $0 }, tolerance: tolerance * area
    ) { u in
      let density = spread.density(at: gap.z - u)
      return density == 0 ? 0 : density * disc(rho: rho, height: u, a, excess)
    }
    return (result.value / area, result.error / area)
  }

  /// Excess at a distance r < a and a height of the contact above the point: integrals over the arc of
  /// directions that are by at most `half` off some direction.
  private typealias RingExcess = (_ r: Double, _ height: Double, _ half: Double) -> Double

  private func pointExcess(
    radius a: Double, contact: SIMD3<Double>, towards: Double
  ) -> RingExcess {
    switch rule {
    case .axis: return { r, _, half in 2 * half * (1 / r - 1 / a) }
    case .squares(let inner):
      return { r, _, half in
        let x = max(r, inner)
        return 2 * half * (1 / (x * x) - 1 / (a * a))
      }
    case .stretched(let scale):
      let (width, height) = (scale.y * scale.y - 1, scale.z * scale.z - 1)
      return { r, u, half in
        let (across, along) = (r * r - u * u, r * r + height * u * u)
        if width == 0 { return 2 * half * (1 - r / a) / along.squareRoot() }
        func part(_ low: Double, _ high: Double) -> Double {
          gaussLegendre16(from: low, to: high) { angle in
            let s = sin(angle)
            return 1 / (along + width * across * s * s).squareRoot()
          }
        }
        return (1 - r / a) * (part(towards - half, towards) + part(towards, towards + half))
      }
    case .slice(let images):
      let images = images(contact).prefix(3)
      return { r, u, half in
        images.reduce(0) { sum, image in
          let v = (image.height + u) * (image.height + u) - u * u
          let difference = 1 / (r * r + v).squareRoot() - 1 / (a * a + v).squareRoot()
          return sum + 2 * half * image.weight * difference
        }
      }
    }
  }

  /// The integral of the excess over the part of the disc of somata for which the contact is in the
  /// point's sphere at a height: over r with r dr = q dq, q the horizontal distance, times the arc of
  /// the circle of radius q that is inside the disc.
  private func disc(
    rho: Double, height u: Double, _ a: Double, _ excess: RingExcess
  ) -> Double {
    func distance(_ q: Double) -> Double { (q * q + u * u).squareRoot() }
    var edges = [distance(abs(radius - rho)), distance(radius + rho)]
    if case .squares(let inner) = rule { edges.append(inner) }
    edges = edges.sorted().filter {
      $0 > abs(u) && $0 < a
    }
    let all = [max(abs(u), 1e-12 * a)] + edges + [a]
    var sum = 0.0
    for (low, high) in zip(all, all.dropFirst()) where high > low {
      // r = low + (high - low) sin^2: arcs begin and end like square roots.
      sum += gaussLegendre16(from: 0, to: 0.5 * .pi) { angle in
        let (s, c) = (sin(angle), cos(angle))
        let r = low + (high - low) * s * s
        let q = max(0, r * r - u * u).squareRoot()
        return excess(r, u, 0.5 * arc(q, rho)) * r * 2 * (high - low) * s * c
      }
    }
    return sum
  }

  /// The angle of the circle of radius q about a point at rho that is inside the disc.
  private func arc(_ q: Double, _ rho: Double) -> Double {
    if q + rho <= radius { return 2 * .pi }
    if abs(q - rho) >= radius { return 0 }
    return 2 * acos(min(1, max(-1, (q * q + rho * rho - radius * radius) / (2 * q * rho))))
  }
}
