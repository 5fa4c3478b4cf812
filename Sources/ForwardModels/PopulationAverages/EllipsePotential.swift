#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The mean of 1 / distance over somata on a disc in a medium whose conductivity differs along x and y:
/// distances along y count q times, so that the disc is an ellipse.
///
/// In polar coordinates about the contact the integral along each ray is known (`ReachPotential`), and
/// what remains is one integral over the rim: with its point r = R (cos phi, sin phi), p the contact, and
/// h the scaled distance of the two,
///
///     Phi = 1 / (pi R^2) ∫ F(h, zeta) / h^2 R (R - p · r / R) d phi
///
/// inside and outside of the disc. It is periodic, so the trapezoid rule converges geometrically; nodes
/// are dense near the place of the rim that is next to the contact.
final class EllipsePotential: SampledMean {
  private let table: PotentialTable<ReachPotential>
  private let radius, widthScale: Double
  private let deviation: Double
  private let tolerance: Double
  private var worst = 0.0

  private static let fewest = 32
  private static let most = 8192

  /// - Parameters:
  ///   - spread: Depths in scaled heights.
  ///   - rho, zeta: The farthest place that will be asked for.
  ///   - tolerance: The absolute error that is allowed, 1/um.
  init(
    radius: Double, spread: DepthSpread, widthScale q: Double, rho: Double, zeta: Double,
    tolerance: Double, order: Int
  ) {
    self.radius = radius
    widthScale = q
    deviation = spread.standardDeviation
    self.tolerance = 0.3 * tolerance
    let reach = max(1, q) * (rho + radius) * 1.01
    // An error of F makes 2 / R^2 times as much of Phi, or 1 / q^2 times that.
    table = PotentialTable(
      ReachPotential(spread: spread, radius: reach), rho: reach, zeta: zeta,
      tolerance: 0.15 * tolerance * radius * radius * min(1, q * q), order: order)
  }

  var error: Double {
    worst + 2 * table.error / (radius * radius * min(1, widthScale * widthScale))
  }

  func evaluate(_ gaps: [SIMD3<Double>], into values: UnsafeMutableBufferPointer<Double>) {
    let perBlock = 1024
    for low in stride(from: 0, to: gaps.count, by: perBlock) {
      let range = low..<min(low + perBlock, gaps.count)
      integrate(gaps[range], into: UnsafeMutableBufferPointer(rebasing: values[range]))
    }
  }

  /// Doubles nodes until two rules agree.
  private func integrate(
    _ gaps: ArraySlice<SIMD3<Double>>, into values: UnsafeMutableBufferPointer<Double>
  ) {
    let rims = gaps.map { rim($0) }
    var open = Array(rims.indices)
    var sums = [Double](repeating: 0, count: rims.count)
    var count = EllipsePotential.fewest
    add(rims, open, nodes: count, shift: 0, to: &sums)
    for i in open { values[i] = sums[i] / Double(count) }
    while !open.isEmpty {
      add(rims, open, nodes: count, shift: 0.5, to: &sums)
      count *= 2
      var rest = [Int]()
      for i in open {
        let mean = sums[i] / Double(count)
        let change = abs(mean - values[i])
        values[i] = mean
        if change <= tolerance || count >= EllipsePotential.most {
          worst = max(worst, change)
        } else {
          rest.append(i)
        }
      }
      open = rest
    }
  }

  /// A contact as its integral sees it.
  private struct Rim {
    var gap: SIMD3<Double>

    /// Towards the contact, as cosine and sine.
    var direction: SIMD2<Double>

    /// How dense nodes are there: phi = 2 atan(density tan(tau / 2)).
    var density: Double
  }

  private func rim(_ gap: SIMD3<Double>) -> Rim {
    let distance = (gap.x * gap.x + gap.y * gap.y).squareRoot()
    let direction = distance > 0 ? SIMD2(gap.x, gap.y) / distance : SIMD2(1, 0)
    let nearest = max(abs(distance - radius), abs(gap.z) - 3 * deviation, 1e-4 * radius)
    return Rim(
      gap: gap, direction: direction, density: min(1, (0.5 * nearest / radius).squareRoot()))
  }

  private func add(
    _ rims: [Rim], _ open: [Int], nodes: Int, shift: Double, to sums: inout [Double]
  ) {
    let places = (0..<nodes).map { k in
      let half = Double.pi * (Double(k) + shift) / Double(nodes)
      return (cosine: cos(half), sine: sin(half))
    }
    var queries = [TablePoint]()
    queries.reserveCapacity(nodes * open.count)
    var factors = [Double]()
    factors.reserveCapacity(nodes * open.count)
    for i in open {
      let rim = rims[i]
      let (d, p) = (rim.direction, rim.gap)
      for place in places {
        // From half angles: tan(phi / 2) = density tan(tau / 2).
        let (c, s) = (place.cosine, rim.density * place.sine)
        let size2 = c * c + s * s
        let (cosine, sine) = ((c * c - s * s) / size2, 2 * c * s / size2)
        let ux = d.x * cosine - d.y * sine
        let uy = d.y * cosine + d.x * sine
        let x = radius * ux - p.x
        let y = widthScale * (radius * uy - p.y)
        let h2 = max(x * x + y * y, 1e-18 * radius * radius)
        let outward = radius - p.x * ux - p.y * uy
        // 2 / R times the integrand, as a mean over tau.
        factors.append(2 / radius * outward / h2 * rim.density / size2)
        queries.append(
          TablePoint(
            rho: h2.squareRoot(), zeta: p.z, slot: Int32(truncatingIfNeeded: queries.count)))
      }
    }
    queries.withUnsafeMutableBufferPointer { table.evaluate($0) }
    for query in queries {
      let slot = Int(query.slot)
      sums[open[slot / nodes]] += factors[slot] * query.value
    }
  }
}
