internal import CellMorphology
internal import Dispatch
internal import Distributions
internal import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Means and standard deviations over a population by sums over cells, for any model.
///
/// Cells are at the points of a rank-1 lattice in the unit cube that may be doubled (Cools, Kuo & Nuyens
/// 2006, SIAM J Sci Comput 28: 2162), in eight copies that are shifted differently: how much the copies
/// differ tells the error. Their number is doubled until that is small enough.
struct LatticeAverage {
  private let model: any ForwardModel
  private let population: SomaDistribution
  private let compartments: Compartments
  private let mostCells: Int
  private let depths: [DepthQuantiles]

  /// Offsets in depth, um, with their weights, at which each cell is taken; nil where depths are drawn.
  private let rule: [(offset: Double, weight: Double)]?

  /// The most cells unless told.
  static let standardCells = 1 << 17

  private static let copies = 8
  /// From a search, component by component, for what is good for all of 2^6 ... 2^17 points.
  private static let generator: [UInt64] = [1, 594583, 614777, 613533, 351147]

  init(
    _ model: any ForwardModel, _ population: SomaDistribution, _ compartments: Compartments,
    mostCells: Int, rule: [(offset: Double, weight: Double)]? = nil
  ) throws {
    self.rule = rule
    self.model = model
    self.population = population
    self.compartments = compartments
    self.mostCells = mostCells
    depths = ([population.depth] + (population.spread.map { [$0] } ?? [])).map(DepthQuantiles.init)
  }

  /// - Parameter scale: what the tolerance is relative to, if larger than the largest entry.
  func mean(tolerance: Double, atLeast scale: Double = 0) throws -> PopulationMatrix {
    try run(tolerance: tolerance, atLeast: scale, "mean") { $0.mean() }
  }

  /// - Parameter split: What to add to the squares of this cell, and its mean.
  func standardDeviation(
    tolerance: Double, _ split: SplitSquares? = nil
  ) throws -> PopulationMatrix {
    try run(tolerance: tolerance, "standard deviation") { $0.standardDeviation(split) }
  }

  /// Doubles the number of cells until an estimate is accurate.
  private func run(
    tolerance: Double, atLeast scale: Double = 0, _ name: String,
    _ estimate: (LatticeSums) -> PopulationMatrix
  ) throws -> PopulationMatrix {
    let shape = try model.transformationMatrix(for: compartments)
    var sums = LatticeSums(
      rows: shape.rows, columns: shape.columns, copies: LatticeAverage.copies)
    var perCopy = 32
    while true {
      try add(cells: sums.cells..<perCopy, to: &sums)
      let result = estimate(sums)
      let largest = result.matrix.maximumMagnitude
      if result.relativeError <= tolerance * max(1, largest > 0 ? scale / largest : 1) {
        return result
      }
      if 2 * perCopy * LatticeAverage.copies > mostCells {
        throw ForwardModelError(
          parameter: "tolerance",
          "the \(name) over \(perCopy * LatticeAverage.copies) cells is known to "
            + "\(result.relativeError) of the largest entry, not to \(tolerance); allow more than "
            + "\(mostCells) cells or a larger tolerance")
      }
      perCopy *= 2
    }
  }

  private func add(cells: Range<Int>, to sums: inout LatticeSums) throws {
    let copies = LatticeAverage.copies
    let entries = sums.rows * sums.columns
    let failures = sums.withCopies { base -> [(any Error)?] in
      let shared = SharedSums(base: base, stride: 2 * entries)
      return concurrently(copies) { copy in
        for cell in cells {
          let cell = moved(copy: copy, cell: cell)
          guard let rule else {
            shared.add(try model.transformationMatrix(for: cell), to: copy)
            continue
          }
          var sum: Matrix?
          for (offset, weight) in rule {
            let matrix = try model.transformationMatrix(
              for: cell.rotated(aboutZ: 0, movedBy: SIMD3(0, 0, offset)))
            if sum == nil { sum = Matrix(rows: matrix.rows, columns: matrix.columns) }
            sum?.add(matrix, times: weight)
          }
          if let sum { shared.add(sum, to: copy) }
        }
      }
    }
    for case .some(let failure) in failures ?? [] { throw failure }
    sums.cells = cells.upperBound
  }

  /// The model cell where a point of the lattice says.
  private func moved(copy: Int, cell: Int) -> Compartments {
    var dimension = 0
    // The bits of the cell's number reversed, as a fraction of 2^64: a doubled lattice holds the former.
    let fraction = reversed(UInt64(cell))
    func next() -> Double {
      let generator = LatticeAverage.generator[dimension]
      let shift = mixed(UInt64(copy * LatticeAverage.generator.count + dimension + 1))
      dimension += 1
      return Double((fraction &* generator &+ shift) >> 11) * 0x1p-53
    }
    /// Up and down again: a function of it is periodic.
    func folded() -> Double { 1 - abs(2 * next() - 1) }
    var (offset, angle) = (SIMD3(0.0, 0, 0), 0.0)
    if population.radius > 0 {
      let direction = 2 * Double.pi * next()
      let r = population.radius * folded().squareRoot()
      offset = SIMD3(r * cos(direction), r * sin(direction), 0)
    }
    for depth in depths where rule == nil && !depth.isConstant {
      offset.z += depth.offset(folded())
    }
    if population.rotation { angle = 2 * .pi * next() }
    return compartments.rotated(aboutZ: angle, movedBy: offset)
  }
}

/// The value below which a share of a distribution lies, less the mean.
private struct DepthQuantiles: Sendable {
  let distribution: Distribution
  let isConstant: Bool
  private let reach: (low: Double, high: Double)

  init(_ distribution: Distribution) {
    self.distribution = distribution
    isConstant = distribution.standardDeviation == 0
    let (mean, deviation) = (distribution.mean, distribution.standardDeviation)
    var reach = (low: mean - deviation, high: mean + deviation)
    for _ in 0..<60 where distribution.cumulative(at: reach.low) > 1e-14 {
      reach.low = max(distribution.support.lowerBound - 1, mean - 2 * (mean - reach.low))
    }
    for _ in 0..<60 where distribution.probability(from: reach.high, to: .infinity) > 1e-14 {
      reach.high = min(distribution.support.upperBound + 1, mean + 2 * (reach.high - mean))
    }
    self.reach = reach
  }

  func offset(_ share: Double) -> Double {
    var (low, high) = reach
    for _ in 0..<52 {
      let middle = 0.5 * (low + high)
      if distribution.cumulative(at: middle) < share { low = middle } else { high = middle }
    }
    return (distribution.isDiscrete ? high.rounded() : high) - distribution.mean
  }
}

/// Sums of matrices and of their squares that threads write, each copy its own.
private struct SharedSums: @unchecked Sendable {
  let base: UnsafeMutablePointer<Double>
  let stride: Int

  func add(_ matrix: Matrix, to copy: Int) {
    let sums = base + copy * stride
    let squares = sums + stride / 2
    matrix.withUnsafeEntries { entries in
      for (i, value) in entries.enumerated() {
        sums[i] += value
        squares[i] += value * value
      }
    }
  }
}

/// Calls `body` for 0..<count on several threads; what each threw.
private func concurrently(_ count: Int, _ body: (Int) throws -> Void) -> [(any Error)?] {
  struct Shared: @unchecked Sendable {
    let body: (Int) throws -> Void
    let failures: UnsafeMutablePointer<(any Error)?>
  }
  var failures = [(any Error)?](repeating: nil, count: count)
  withoutActuallyEscaping(body) { body in
    failures.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let shared = Shared(body: body, failures: base)
      DispatchQueue.concurrentPerform(iterations: count) { index in
        do { try shared.body(index) } catch { shared.failures[index] = error }
      }
    }
  }
  return failures
}

private func reversed(_ x: UInt64) -> UInt64 {
  var (rest, result) = (x, UInt64(0))
  for _ in 0..<64 {
    result = result << 1 | rest & 1
    rest >>= 1
  }
  return result
}

/// A well mixed number for each argument (SplitMix64: Steele et al. 2014).
private func mixed(_ x: UInt64) -> UInt64 {
  var z = x &* 0x9E37_79B9_7F4A_7C15
  z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
  return z ^ (z >> 31)
}
