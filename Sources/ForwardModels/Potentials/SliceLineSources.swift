internal import CVectorMath
internal import CellMorphology

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Currents spread evenly along compartments in a slice: near images as lines, far ones as a series
/// that is integrated along the compartments by Gauss points.
///
/// A contact, or a nearest image, that is in a compartment is moved out to its surface.
struct SliceLineSources: SourceKernel {
  let series: ImageSeries
  let lines: [LineSource]
  private let chunks: [Chunk]

  /// Neighbours among the compartments.
  private struct Chunk: Sendable {
    let first: Int
    let columns: Columns
    /// x, y and scaled height of the Gauss points: all first ones, all second ones ...
    let nodes: Columns
    let weights: [Double]
  }

  private static let chunk = 64
  /// More Gauss points than this cost more than images.
  private static let mostNodes = 16

  init(_ compartments: Compartments, series: ImageSeries) {
    self.init(
      lines: (0..<compartments.count).map { LineSource(compartments, $0) }, series: series)
  }

  private init(lines: [LineSource], series: ImageSeries) {
    self.lines = lines
    self.series = series
    chunks = stride(from: 0, to: lines.count, by: SliceLineSources.chunk).map { first in
      let end = min(first + SliceLineSources.chunk, lines.count)
      return SliceLineSources.chunk(Array(lines[first..<end]), from: first, series)
    }
  }

  /// Where a series is used, images are at least half a thickness away from the compartments: that says
  /// how many Gauss points give an error of 1e-15.
  private static func chunk(_ lines: [LineSource], from first: Int, _ series: ImageSeries) -> Chunk
  {
    let longest = lines.reduce(0) { max($0, $1.length) }
    let ratio = series.slice.thickness / max(longest, 1e-9 * series.slice.thickness)
    let growth = log(ratio + (1 + ratio * ratio).squareRoot())
    let order = Int((34.5 / (2 * growth)).rounded(.up))
    let usable = order <= mostNodes && !series.plans.isEmpty
    let rule = usable ? GaussLegendre(order) : nil
    let (nodes, n) = (rule?.nodes ?? [], lines.count)
    func place(_ k: Int) -> SIMD3<Double> {
      let line = lines[k % n]
      return line.end + 0.5 * (nodes[k / n] - 1) * line.length * line.direction
    }
    let points = Columns(
      count: nodes.count * n,
      [{ place($0).x }, { place($0).y }, { series.scaledHeight(place($0).z) }])
    return Chunk(
      first: first, columns: LineSource.columns(lines), nodes: points,
      weights: rule.map { $0.weights.map { 0.5 * $0 } } ?? [])
  }

  var count: Int { lines.count }

  func selecting(_ indices: [Int]) -> SliceLineSources {
    SliceLineSources(lines: indices.map { lines[$0] }, series: series)
  }

  func potentials(at point: SIMD3<Double>, into row: UnsafeMutablePointer<Double>) {
    row.update(repeating: 0, count: count)
    var sum = ImageSum(series, contact: point)
    let h = series.slice.thickness
    let scale = 1 / (4 * Double.pi * series.slice.tissue)
    let middle = series.slice.bottom + 0.5 * h
    for chunk in chunks {
      let plan = addSeries(chunk, &sum, at: point, scale: scale / h, to: row + chunk.first)
      let images = plan.map { series.count(below: $0.order) } ?? sum.images.depths.count
      for k in 0..<images where sum.images.weights[k] != 0 {
        let place = SIMD3(point.x, point.y, k == 0 ? point.z : middle + h * sum.images.depths[k])
        chunk.columns.addLines(
          at: place, limit: k < 3 ? CVM_LIMIT_SEGMENT : CVM_LIMIT_NONE,
          scale: scale * sum.images.weights[k], to: row + chunk.first)
      }
    }
  }

  /// Adds the series of far images, and tells which plan was used; nil if none was.
  private func addSeries(
    _ chunk: Chunk, _ sum: inout ImageSum, at point: SIMD3<Double>, scale: Double,
    to row: UnsafeMutablePointer<Double>
  ) -> ImageSeries.Plan? {
    let (n, total) = (chunk.columns.count, chunk.nodes.count)
    guard total > 0 else { return nil }
    let inverse = 1 / (series.slice.thickness * series.slice.thickness)
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: total) { squares in
      chunk.nodes.withColumn(0) { x -> ImageSeries.Plan? in
        guard let r2 = squares.baseAddress else { return nil }
        let (y, t) = (x + total, x + 2 * total)
        var farthest = 0.0
        for i in 0..<total {
          let (dx, dy) = (point.x - x[i], point.y - y[i])
          r2[i] = inverse * (dx * dx + dy * dy) + t[i] * t[i]
          farthest = max(farthest, r2[i])
        }
        let chosen = sum.plan(
          distance: farthest.squareRoot(), imageCost: 4, termCost: 0.3 * Double(total / n))
        guard let chosen else { return nil }
        let coefficients = sum.coefficients(chosen.plan)
        for (k, weight) in chunk.weights.enumerated() {
          cvm_solid_harmonics(
            n, t + k * n, r2 + k * n, chosen.terms, coefficients, scale * weight, row)
        }
        return chosen.plan
      } ?? nil
    }
  }
}
