internal import CellMorphology
internal import LinearAlgebra

/// Regions whose horizontal and vertical extents are independent: a cell's point is in one with the
/// product of two probabilities.
protocol AveragedRegions {
  /// um3, one for each output.
  var volumes: [Double] { get }

  /// Heights where regions begin or end, um.
  var heights: [Double] { get }

  /// Writes the probability that a point of a cell is in each region, from its place for a soma at the
  /// population's centre.
  func probabilities(at point: SIMD3<Double>, into result: inout [Double])
}

/// Means over a population of the fraction of a compartment in each region, divided by its volume: the
/// integral of a probability along the compartment, by rules of Gauss and Kronrod on pieces that are
/// halved where these differ.
struct AveragedFractions {
  let regions: any AveragedRegions

  /// The same regions for a spread without signs: what the tolerance is relative to.
  let magnitudes: any AveragedRegions
  let spread: DepthSpread
  let tolerance: Double

  func average(_ compartments: Compartments) -> PopulationMatrix {
    let volumes = regions.volumes
    var result = Matrix(rows: volumes.count, columns: compartments.count)
    let coarse = (0..<compartments.count).map {
      rule(compartments, $0, from: 0, length: 1, of: magnitudes)
    }
    let largest = coarse.reduce(0) { largest, rule in
      zip(rule.fine, volumes).reduce(largest) { max($0, $1.0 / $1.1) }
    }
    var worst = 0.0
    for i in 0..<compartments.count {
      let (values, error) = integral(compartments, i, allowed: 0.2 * tolerance * largest)
      worst = max(worst, error)
      for k in volumes.indices { result[k, i] = values[k] / volumes[k] }
    }
    let maximum = result.maximumMagnitude
    return PopulationMatrix(matrix: result, relativeError: worst > 0 ? worst / maximum : 0)
  }

  /// Fractions of a compartment and the largest error of any of them over its volume.
  private func integral(
    _ compartments: Compartments, _ i: Int, allowed: Double
  ) -> (values: [Double], error: Double) {
    let volumes = regions.volumes
    var values = [Double](repeating: 0, count: volumes.count)
    var errors = values
    let edges = [0] + cuts(compartments, i) + [1]
    var stack = zip(edges, edges.dropFirst()).map { (low: $0, length: $1 - $0, depth: 0) }
    while let piece = stack.popLast() {
      if piece.length <= 0 { continue }
      let rule = rule(compartments, i, from: piece.low, length: piece.length, of: regions)
      let worst = volumes.indices.reduce(0) { max($0, rule.errors[$1] / volumes[$1]) }
      if worst <= allowed * piece.length.squareRoot() || piece.depth >= 30 {
        for k in volumes.indices {
          values[k] += rule.fine[k]
          errors[k] += rule.errors[k]
        }
      } else {
        let half = 0.5 * piece.length
        stack.append((piece.low, half, piece.depth + 1))
        stack.append((piece.low + half, half, piece.depth + 1))
      }
    }
    return (values, volumes.indices.reduce(0) { max($0, errors[$1] / volumes[$1]) })
  }

  /// The integral of the probabilities over a piece, and by how much two rules differ.
  private func rule(
    _ compartments: Compartments, _ i: Int, from low: Double, length: Double,
    of regions: any AveragedRegions
  ) -> (fine: [Double], errors: [Double]) {
    let start = compartments.start(i)
    let step = compartments.end(i) - start
    var values = [Double](repeating: 0, count: regions.volumes.count)
    if step == SIMD3(0, 0, 0) {
      regions.probabilities(at: start, into: &values)
      return (values.map { length * $0 }, values.map { _ in 0 })
    }
    var (fine, coarse) = (values, values)
    for node in 0..<7 {
      regions.probabilities(at: start + (low + length * Kronrod.nodes[node]) * step, into: &values)
      for k in values.indices {
        fine[k] += length * Kronrod.weights[node] * values[k]
        coarse[k] += length * Kronrod.gaussWeights[node] * values[k]
      }
    }
    return (fine, zip(fine, coarse).map { abs($0 - $1) })
  }

  /// Where a compartment passes heights at which probabilities jump or have kinks.
  private func cuts(_ compartments: Compartments, _ i: Int) -> [Double] {
    let start = compartments.startZ[i]
    let step = compartments.endZ[i] - start
    if step == 0 { return [] }
    var result = [Double]()
    for height in regions.heights {
      for jump in spread.jumps {
        let place = (height - jump - start) / step
        if place > 0 && place < 1 { result.append(place) }
      }
    }
    return result.sorted()
  }
}

extension DepthSpread {
  /// The probability of offsets below this.
  func probability(below offset: Double) -> Double {
    if panels.isEmpty {
      return atoms.reduce(0) { $1.offset < offset ? $0 + $1.probability : $0 }
    }
    var sum = 0.0
    for panel in panels {
      if panel.high <= offset {
        sum += panel.weights.sum()
      } else {
        if offset <= panel.low { return sum }
        return sum + panel.part(from: panel.low, to: offset).weights.sum()
      }
    }
    return sum
  }
}
