internal import CellMorphology
package import LinearAlgebra

/// Moments over depth of any matrix that is known at each depth, by Gauss and Kronrod rules on pieces
/// of the range that are halved until both agree.
///
/// - Parameters:
///   - tolerance: relative to the largest entry.
///   - matrix: at an offset from the mean depth, um.
/// - Throws: what `matrix` throws, and `ForwardModelError` where the matrix changes so fast with depth
///   that the tolerance is not reached.
package func adaptiveDepthMoments(
  _ weighting: DepthWeighting, tolerance: Double, _ matrix: (Double) throws -> Matrix
) throws -> [Matrix] {
  var sums = DepthMomentSums(weighting)
  for atom in weighting.spread.atoms {
    sums.add(try matrix(atom.offset), at: atom.offset, share: atom.probability)
  }
  var pieces = weighting.spread.panels
  var (count, largest) = (0, 0.0)
  while let panel = pieces.popLast() {
    let halves = panel.halves
    let coarse = try DepthMomentSums(weighting, panel, matrix)
    var fine = try DepthMomentSums(weighting, halves.0, matrix)
    fine.add(try DepthMomentSums(weighting, halves.1, matrix))
    largest = max(largest, fine.largest)
    count += 24
    if fine.difference(from: coarse) <= 0.1 * tolerance * largest
      * weighting.spread.mass.squareRoot()
    {
      sums.add(fine)
      continue
    }
    guard count < 20_000, panel.high - panel.low > 1e-6 * weighting.spread.standardDeviation else {
      throw ForwardModelError(
        parameter: "tolerance",
        "the matrix changes too fast with the depth of the soma for a mean to \(tolerance) of the "
          + "largest entry; average over the population's disc, or allow a larger tolerance")
    }
    pieces.append(halves.0)
    pieces.append(halves.1)
  }
  return sums.matrices
}

extension DepthSpread.Panel {
  fileprivate var halves: (DepthSpread.Panel, DepthSpread.Panel) {
    let middle = 0.5 * (low + high)
    return (part(from: low, to: middle), part(from: middle, to: high))
  }
}

/// Sums over depths of matrix × polynomials.
private struct DepthMomentSums {
  private let weighting: DepthWeighting
  private(set) var matrices: [Matrix] = []

  /// The largest entry of any matrix that was added.
  private(set) var largest = 0.0

  init(_ weighting: DepthWeighting) { self.weighting = weighting }

  /// Over one panel by its eight points.
  init(
    _ weighting: DepthWeighting, _ panel: DepthSpread.Panel, _ matrix: (Double) throws -> Matrix
  ) throws {
    self.init(weighting)
    for k in 0..<8 {
      add(try matrix(panel.nodes[k]), at: panel.nodes[k], share: panel.weights[k])
    }
  }

  mutating func add(_ matrix: Matrix, at offset: Double, share: Double) {
    if matrices.isEmpty {
      matrices = Array(
        repeating: Matrix(rows: matrix.rows, columns: matrix.columns), count: weighting.count)
    }
    largest = max(largest, matrix.maximumMagnitude)
    for (j, value) in weighting.polynomials(at: offset).enumerated() {
      matrices[j].add(matrix, times: share * value)
    }
  }

  mutating func add(_ other: DepthMomentSums) {
    largest = max(largest, other.largest)
    if matrices.isEmpty {
      matrices = other.matrices
    } else {
      for j in matrices.indices { matrices[j].add(other.matrices[j], times: 1) }
    }
  }

  func difference(from other: DepthMomentSums) -> Double {
    zip(matrices, other.matrices).reduce(0) { max($0, ($1.0 - $1.1).maximumMagnitude) }
  }
}

extension Matrix {
  /// Adds a multiple of another matrix.
  package mutating func add(_ other: Matrix, times factor: Double) {
    withUnsafeMutableEntries { target in
      other.withUnsafeEntries { source in
        guard let x = source.baseAddress, let y = target.baseAddress else { return }
        addScaled(count: target.count, factor, x, to: y)
      }
    }
  }
}
