public import CellMorphology
public import LinearAlgebra

/// Current source density in the boxes of a grid: the membrane current within each, divided by its
/// volume (Hagen et al. 2018, Front Neuroinform 12: 92).
///
///     M = (fraction of the compartment within the box) / (its volume)
///
/// Outputs are ordered with z fastest, then y, then x. Currents are spread evenly along straight
/// compartments, and the fractions are exact: those of a compartment inside the grid sum to 1. A box
/// holds its lower faces; the last box of each axis also its upper one. (LFPykit cuts compartments
/// into pieces, and its matrix is not divided by the volume.)
public struct VolumetricCurrentSourceDensity: ForwardModel, Equatable {
  /// Edges of the boxes along the axes, um, rising.
  public let x, y, z: [Double]

  /// - Throws: `ForwardModelError` when an axis has fewer than two edges, or they are not finite and
  ///   rising.
  public init(x: [Double], y: [Double], z: [Double]) throws {
    for (edges, name) in [(x, "x"), (y, "y"), (z, "z")] {
      guard edges.count >= 2 else {
        throw ForwardModelError(
          parameter: name, "\(name) has \(edges.count) edges; a grid needs at least 2 on each axis")
      }
      for (k, pair) in zip(edges, edges.dropFirst()).enumerated() {
        guard pair.0 < pair.1, pair.0.isFinite, pair.1.isFinite else {
          throw ForwardModelError(
            parameter: name,
            "edges \(k + 1) and \(k + 2) of \(name) are \(pair.0) and \(pair.1) um; "
              + "they must be finite and rising")
        }
      }
    }
    self.x = x
    self.y = y
    self.z = z
  }

  public var unit: String { "nA/um3" }

  /// Centres of the boxes, um.
  public var positions: [SIMD3<Double>] {
    func centers(_ edges: [Double]) -> [Double] {
      zip(edges, edges.dropFirst()).map { 0.5 * ($0 + $1) }
    }
    let (cx, cy, cz) = (centers(x), centers(y), centers(z))
    return cx.flatMap { x in cy.flatMap { y in cz.map { SIMD3(x, y, $0) } } }
  }

  public func transformationMatrix(for compartments: Compartments) -> Matrix {
    let (ny, nz) = (y.count - 1, z.count - 1)
    var result = Matrix(rows: (x.count - 1) * ny * nz, columns: compartments.count)
    for i in 0..<compartments.count {
      let start = compartments.start(i)
      let step = compartments.end(i) - start
      let cuts =
        ([0, 1] + crossings(x, start.x, step.x) + crossings(y, start.y, step.y)
        + crossings(z, start.z, step.z)).sorted()
      // A segment without length is at its start.
      let isPoint = step == SIMD3(0, 0, 0)
      for (low, high) in zip(cuts, cuts.dropFirst()) where high > low {
        let middle = isPoint ? start : start + 0.5 * (low + high) * step
        guard let a = index(of: middle.x, in: x), let b = index(of: middle.y, in: y),
          let c = index(of: middle.z, in: z)
        else { continue }
        let volume = (x[a + 1] - x[a]) * (y[b + 1] - y[b]) * (z[c + 1] - z[c])
        result[(a * ny + b) * nz + c, i] += (high - low) / volume
      }
    }
    return result
  }

  /// Where between its ends a segment crosses edges.
  private func crossings(_ edges: [Double], _ start: Double, _ step: Double) -> [Double] {
    if step == 0 { return [] }
    let (low, high) = (min(start, start + step), max(start, start + step))
    return edges.compactMap { edge in
      guard edge > low, edge < high else { return nil }
      return min(1, max(0, (edge - start) / step))
    }
  }

  /// The interval that holds a number; the last holds its upper end.
  private func index(of value: Double, in edges: [Double]) -> Int? {
    guard let first = edges.first, let last = edges.last, value >= first, value <= last else {
      return nil
    }
    var (low, high) = (0, edges.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if edges[middle] <= value { low = middle } else { high = middle }
    }
    return low
  }
}
