internal import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// F_j(a) = E[p_j(u) (sqrt((a - u)^2 + R^2) - |a - u|)] over offsets u of the soma, for all polynomials
/// p_j of a weighting at once: the potential on the axis of discs at all depths of a population.
///
/// The root is smooth and summed over Gauss points by one matrix product; |a - u| has a kink, and its
/// integral is known from moments of the density below a.
struct DiscProfileMoments {
  private let radius: Double
  private let weighting: DepthWeighting

  /// Offsets and, for each, the weights times p_0 ... p_(n-1).
  private let points: [Double]
  private let factors: Matrix

  /// Cumulative integrals of density × p_j and of u × density × p_j up to the end of each panel.
  private let panelEnds: [Double]
  private let cumulative: [[Double]]

  private var count: Int { weighting.count }

  init(radius: Double, _ weighting: DepthWeighting) {
    self.radius = radius
    self.weighting = weighting
    // 8 points on a panel of half the radius integrate the root to 1e-13.
    let spread = weighting.spread.divided(into: 0.5 * radius)
    var (points, shares) = ([Double](), [Double]())
    for atom in spread.atoms {
      points.append(atom.offset)
      shares.append(atom.probability)
    }
    for panel in spread.panels {
      for k in 0..<8 {
        points.append(panel.nodes[k])
        shares.append(panel.weights[k])
      }
    }
    self.points = points
    let n = weighting.count
    factors = Matrix(rows: points.count, columns: n) { target in
      for (q, point) in points.enumerated() {
        let row = UnsafeMutableBufferPointer(rebasing: target[q * n..<(q + 1) * n])
        weighting.evaluatePolynomials(at: point, into: row)
        for j in 0..<n { row[j] *= shares[q] }
      }
    }
    var sums = [Double](repeating: 0, count: 2 * n)
    var cumulative = [sums]
    for panel in weighting.spread.panels {
      DiscProfileMoments.add(panel, weighting, to: &sums)
      cumulative.append(sums)
    }
    self.cumulative = cumulative
    panelEnds = weighting.spread.panels.map(\.high)
  }

  private static func add(
    _ panel: DepthSpread.Panel, _ weighting: DepthWeighting, to sums: inout [Double]
  ) {
    let n = weighting.count
    withUnsafeTemporaryAllocation(of: Double.self, capacity: n) { values in
      for k in 0..<8 {
        weighting.evaluatePolynomials(at: panel.nodes[k], into: values)
        let (weight, node) = (panel.weights[k], panel.nodes[k])
        for j in 0..<n {
          sums[j] += weight * values[j]
          sums[n + j] += weight * node * values[j]
        }
      }
    }
  }

  /// F_j at each distance a = contact - midpoint, distances × n.
  func values(at distances: [Double]) -> Matrix {
    let range = weighting.spread.range
    // Beyond the range of offsets no kink is met, and the difference has a form without cancellation.
    let far = distances.map { $0 < range.lowerBound || $0 > range.upperBound }
    let roots = Matrix(rows: distances.count, columns: points.count) { target in
      for (i, a) in distances.enumerated() {
        let row = UnsafeMutableBufferPointer(
          rebasing: target[i * points.count..<(i + 1) * points.count])
        fill(row, distance: a, atoms: far[i] ? points.count : weighting.spread.atoms.count)
      }
    }
    guard var result = try? roots.times(factors) else {
      return Matrix(rows: distances.count, columns: count)
    }
    for (i, a) in distances.enumerated() where !far[i] {
      for (j, value) in meanDistances(a).enumerated() { result[i, j] -= value }
    }
    return result
  }

  /// The root at each point; for the first ones less |a - u|.
  private func fill(
    _ row: UnsafeMutableBufferPointer<Double>, distance a: Double, atoms: Int
  ) {
    let r2 = radius * radius
    points.withUnsafeBufferPointer { points in
      for q in 0..<atoms {
        let u = a - points[q]
        row[q] = r2 / ((u * u + r2).squareRoot() + abs(u))
      }
      for q in atoms..<points.count {
        let u = a - points[q]
        row[q] = (u * u + r2).squareRoot()
      }
    }
  }

  /// E[p_j(u) |a - u|] over panels.
  private func meanDistances(_ a: Double) -> [Double] {
    let n = count
    guard let whole = cumulative.last, !panelEnds.isEmpty else { return [] }
    let index = min(panelEnds.firstIndex { $0 >= a } ?? panelEnds.count - 1, panelEnds.count - 1)
    var below = cumulative[index]
    let panel = weighting.spread.panels[index]
    if a > panel.low {
      DiscProfileMoments.add(
        panel.part(from: panel.low, to: min(a, panel.high)), weighting, to: &below)
    }
    return (0..<n).map { j in a * (2 * below[j] - whole[j]) - (2 * below[n + j] - whole[n + j]) }
  }
}

extension DiscProfileMoments {
  /// Where F_j changes its character: ends of panels inside the range of offsets, and distances that grow
  /// outside of it, up to the farthest.
  private func edges(from low: Double, to high: Double) -> [Double] {
    let spread = weighting.spread
    let range = spread.range
    var result = [low, high]
    for panel in spread.panels { result += [panel.low, panel.high] }
    result += spread.atoms.map(\.offset)
    var step = 0.5 * radius
    var (below, above) = (range.lowerBound, range.upperBound)
    while below > low || above < high {
      below -= step
      above += step
      result += [below, above]
      step *= 1.6
    }
    let sorted = result.filter { $0 >= low && $0 <= high }.sorted()
    // Panels longer than the radius are divided.
    var edges = [low]
    for edge in sorted where edge - edges[edges.count - 1] > 1e-9 * radius {
      let last = edges[edges.count - 1]
      let inside = edge <= range.upperBound && last >= range.lowerBound
      let count = inside ? max(1, Int(((edge - last) / (0.5 * radius)).rounded(.up))) : 1
      for k in 1...count { edges.append(last + (edge - last) * Double(k) / Double(count)) }
    }
    return edges
  }

  private static let order = 16

  /// F_j at many distances: by polynomials of degree 15 on panels of distance where these are fewer.
  func interpolated(at distances: [Double]) -> Matrix {
    guard let low = distances.min(), let high = distances.max(), high > low else {
      return values(at: distances)
    }
    let edges = edges(from: low, to: high)
    let order = DiscProfileMoments.order
    if edges.count * order >= distances.count { return values(at: distances) }
    let unit = (0..<order).map { -cos(.pi * (Double($0) + 0.5) / Double(order)) }
    let barycentric = (0..<order).map { k in
      (k % 2 == 0 ? 1 : -1) * sin(.pi * (Double(k) + 0.5) / Double(order))
    }
    var places: [Double] = []
    for (a, b) in zip(edges, edges.dropFirst()) {
      places += unit.map { 0.5 * (a + b) + 0.5 * (b - a) * $0 }
    }
    let table = values(at: places)
    let n = count
    return Matrix(rows: distances.count, columns: n) { target in
      table.withUnsafeEntries { entries in
        for (i, a) in distances.enumerated() {
          let panel = edges.panel(holding: a)
          let row = target.baseAddress.map { $0 + i * n }
          guard let row, let base = entries.baseAddress else { return }
          let start = panel * order
          if let exact = places[start..<start + order].firstIndex(of: a) {
            for j in 0..<n { row[j] = base[exact * n + j] }
            continue
          }
          for j in 0..<n { row[j] = 0 }
          var total = 0.0
          for k in 0..<order { total += barycentric[k] / (a - places[start + k]) }
          for k in 0..<order {
            let q = barycentric[k] / (a - places[start + k]) / total
            let values = base + (start + k) * n
            for j in 0..<n { row[j] += q * values[j] }
          }
        }
      }
    }
  }
}

extension [Double] {
  /// The index of the panel between neighbouring edges that holds a value.
  fileprivate func panel(holding value: Double) -> Int {
    var (low, high) = (0, count - 2)
    while low < high {
      let middle = (low + high) / 2
      if self[middle + 1] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
