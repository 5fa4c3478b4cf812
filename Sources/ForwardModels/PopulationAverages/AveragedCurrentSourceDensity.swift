internal import CellMorphology
internal import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

extension LaminarCurrentSourceDensity: AveragedModel {
  func average(
    over population: SomaDistribution, _ spread: DepthSpread, _ compartments: Compartments,
    tolerance: Double
  ) -> PopulationMatrix? {
    guard population.radius > 0 else { return nil }
    func regions(_ spread: DepthSpread) -> AveragedCylinders {
      AveragedCylinders(
        model: self, population: population, spread: spread, tolerance: 0.1 * tolerance)
    }
    return AveragedFractions(
      regions: regions(spread), magnitudes: regions(spread.magnitude), spread: spread,
      tolerance: tolerance
    ).average(compartments)
  }
}

extension VolumetricCurrentSourceDensity: AveragedModel {
  func average(
    over population: SomaDistribution, _ spread: DepthSpread, _ compartments: Compartments,
    tolerance: Double
  ) -> PopulationMatrix? {
    guard population.radius > 0 else { return nil }
    func regions(_ spread: DepthSpread) -> AveragedBoxes {
      AveragedBoxes(model: self, population: population, spread: spread, tolerance: 0.1 * tolerance)
    }
    return AveragedFractions(
      regions: regions(spread), magnitudes: regions(spread.magnitude), spread: spread,
      tolerance: tolerance
    ).average(compartments)
  }
}

/// Probabilities of cylinders: that of their heights times that of their discs.
private struct AveragedCylinders: AveragedRegions {
  let volumes, heights: [Double]
  private let model: LaminarCurrentSourceDensity
  private let overlap: DiscOverlap
  private let spread: DepthSpread
  private let ring: RingMean

  init(
    model: LaminarCurrentSourceDensity, population: SomaDistribution, spread: DepthSpread,
    tolerance: Double
  ) {
    self.model = model
    self.spread = spread
    overlap = DiscOverlap(radius: population.radius)
    volumes = model.cylinders.map(\.volume)
    heights = model.cylinders.flatMap { [$0.low, $0.high] }
    // About the z axis, rotations change nothing.
    let rotates = population.rotation && model.axis != SIMD2(0, 0)
    ring = RingMean(rotates: rotates, tolerance: tolerance)
  }

  func probabilities(at point: SIMD3<Double>, into result: inout [Double]) {
    ring.mean(point, into: &result) { p, values in
      let (x, y) = (p.x - model.axis.x, p.y - model.axis.y)
      let distance = (x * x + y * y).squareRoot()
      for (k, cylinder) in model.cylinders.enumerated() {
        values[k] = overlap.disc(radius: cylinder.radius, distance: distance)
      }
    }
    for (k, cylinder) in model.cylinders.enumerated() where result[k] != 0 {
      result[k] *=
        spread.probability(below: cylinder.high - point.z)
        - spread.probability(below: cylinder.low - point.z)
    }
  }
}

/// Probabilities of the boxes of a grid: those of its rectangles times those of its layers.
private struct AveragedBoxes: AveragedRegions {
  let volumes, heights: [Double]
  private let model: VolumetricCurrentSourceDensity
  private let overlap: DiscOverlap
  private let spread: DepthSpread
  private let ring: RingMean

  init(
    model: VolumetricCurrentSourceDensity, population: SomaDistribution, spread: DepthSpread,
    tolerance: Double
  ) {
    self.model = model
    self.spread = spread
    overlap = DiscOverlap(radius: population.radius)
    func widths(_ edges: [Double]) -> [Double] { zip(edges.dropFirst(), edges).map { $0 - $1 } }
    let (wx, wy, wz) = (widths(model.x), widths(model.y), widths(model.z))
    volumes = wx.flatMap { x in wy.flatMap { y in wz.map { x * y * $0 } } }
    heights = model.z
    ring = RingMean(rotates: population.rotation, tolerance: tolerance)
  }

  func probabilities(at point: SIMD3<Double>, into result: inout [Double]) {
    let (nx, ny, nz) = (model.x.count - 1, model.y.count - 1, model.z.count - 1)
    var rectangles = [Double](repeating: 0, count: nx * ny)
    ring.mean(point, into: &rectangles) { p, values in
      let quadrants = model.x.map { x in
        model.y.map { overlap.quadrant(x: x - p.x, y: $0 - p.y) }
      }
      for a in 0..<nx {
        for b in 0..<ny {
          values[a * ny + b] =
            quadrants[a + 1][b + 1] - quadrants[a][b + 1] - quadrants[a + 1][b] + quadrants[a][b]
        }
      }
    }
    let below = model.z.map { spread.probability(below: $0 - point.z) }
    for (k, rectangle) in rectangles.enumerated() {
      for c in 0..<nz { result[k * nz + c] = rectangle * (below[c + 1] - below[c]) }
    }
  }
}

/// The mean of probabilities over rotations about the z axis: the trapezoid rule with more and more
/// angles.
private struct RingMean {
  let rotates: Bool
  let tolerance: Double

  private static let mostAngles = 4096

  func mean(
    _ point: SIMD3<Double>, into result: inout [Double],
    _ value: (SIMD3<Double>, inout [Double]) -> Void
  ) {
    guard rotates, point.x != 0 || point.y != 0 else { return value(point, &result) }
    var (sums, values) = (result.map { _ in 0.0 }, result)
    var count = 16
    add(point, count: count, shift: 0, to: &sums, &values, value)
    while true {
      let before = sums.map { $0 / Double(count) }
      // The angles halfway between those that were.
      add(point, count: count, shift: 0.5, to: &sums, &values, value)
      count *= 2
      var change = 0.0
      for k in sums.indices {
        result[k] = sums[k] / Double(count)
        change = max(change, abs(result[k] - before[k]))
      }
      if change <= tolerance || count >= RingMean.mostAngles { return }
    }
  }

  private func add(
    _ point: SIMD3<Double>, count: Int, shift: Double, to sums: inout [Double],
    _ values: inout [Double], _ value: (SIMD3<Double>, inout [Double]) -> Void
  ) {
    for k in 0..<count {
      let angle = 2 * Double.pi * (Double(k) + shift) / Double(count)
      let (c, s) = (cos(angle), sin(angle))
      value(SIMD3(c * point.x - s * point.y, s * point.x + c * point.y, point.z), &values)
      for k in sums.indices { sums[k] += values[k] }
    }
  }
}
