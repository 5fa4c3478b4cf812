internal import Distributions
internal import ForwardModels

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The depths of somata at which the cells of a postsynaptic population are solved.
struct SomaDepths {
  /// Pieces of the distribution of depths, each with its nodes; empty where one cell at the mean depth
  /// stands for all.
  let pieces: [DepthWeighting]

  /// Offsets from the mean depth, um.
  let offsets: [Double]

  /// The share of the population that each stands for.
  let weights: [Double]

  /// One cell at the mean depth.
  static let mean = SomaDepths()

  private init() {
    pieces = []
    offsets = [0]
    weights = [1]
  }

  private init(_ pieces: [DepthWeighting]) {
    self.pieces = pieces
    offsets = pieces.flatMap(\.nodes)
    weights = pieces.flatMap(\.weights)
  }

  var isMean: Bool { pieces.isEmpty }

  /// Depths that are enough for a mean to a tolerance.
  ///
  /// - Parameters:
  ///   - somata: the distribution of depths.
  ///   - synapses: those of all connections onto the population.
  ///   - effort: 0 for what probabilities of compartments ask for; more where that was not enough.
  /// - Throws: `NetworkError` when depths have no mean, or probabilities change too often with depth.
  init(
    _ somata: Somata, _ synapses: [PlacedSynapses], tolerance: Double, effort: Int,
    population: String
  ) throws(NetworkError) {
    let moving = synapses.filter(\.dependsOnDepth)
    let sketches = moving.map { $0.condensed(to: 48) }
    let spread = try SomaDepths.spread(somata.depth, tolerance: tolerance, population: population)
    if spread.isSingle || moving.isEmpty {
      self.init()
      return
    }
    let range = spread.range
    let width = range.upperBound - range.lowerBound
    var cuts = [range.lowerBound]
    for jump in moving.flatMap({ $0.jumps(in: range) }).sorted()
    where jump - cuts[cuts.count - 1] > 1e-9 * width && range.upperBound - jump > 1e-9 * width {
      cuts.append(jump)
    }
    cuts.append(range.upperBound)
    var pieces: [DepthWeighting] = []
    for (index, (low, high)) in zip(cuts, cuts.dropFirst()).enumerated() {
      let piece = width > 0 ? spread.piece(low...high, closed: index == cuts.count - 2) : spread
      SomaDepths.resolve(piece, sketches, tolerance: tolerance, effort: effort, level: 0, &pieces)
    }
    guard pieces.reduce(0, { $0 + $1.count }) <= 4096 else {
      throw NetworkError(
        .population(population), key: "somata.depth",
        "the placement of synapses changes so often with the depth of somata that more than 4096 "
          + "depths would have to be solved; use smoother densities, frame: soma, or average: separate"
      )
    }
    self.init(pieces)
  }

  /// The distribution of depths without tails that do not matter.
  static func spread(
    _ depth: Distribution, tolerance: Double, population: String
  ) throws(NetworkError) -> DepthSpread {
    do {
      let whole = try DepthSpread(depth, accuracy: min(1e-10, 1e-3 * tolerance))
      return whole.piece(whole.range(beyondWhich: 0.02 * tolerance)).normalized
    } catch {
      throw NetworkError(.population(population), key: "somata.depth", "\(error)")
    }
  }

  /// Finds the order for a piece, or halves it.
  private static func resolve(
    _ piece: DepthSpread, _ synapses: [PlacedSynapses], tolerance: Double, effort: Int, level: Int,
    _ pieces: inout [DepthWeighting]
  ) {
    let mass = piece.mass
    guard mass > 1e-13 else { return }
    let margin = 2 * effort
    if let (order, sizes) = order(piece, synapses, allowed: tolerance / mass.squareRoot()) {
      let weighting = DepthWeighting(
        piece, order: order == 1 ? 1 : order + margin, sizes: sizes)
      if weighting.isExact || order + margin <= 36 || level >= 12 {
        pieces.append(weighting)
        return
      }
    }
    let range = piece.range
    let middle = 0.5 * (range.lowerBound + range.upperBound)
    guard level < 12, middle > range.lowerBound, middle < range.upperBound else {
      pieces.append(DepthWeighting(piece, order: 32))
      return
    }
    for (half, closed) in [(range.lowerBound...middle, false), (middle...range.upperBound, true)] {
      resolve(
        piece.piece(half, closed: closed), synapses, tolerance: tolerance, effort: effort,
        level: level + 1, &pieces)
    }
  }

  /// The smallest order whose last coefficients of all probabilities are small, and the sizes of the
  /// coefficients; nil for none.
  private static func order(
    _ piece: DepthSpread, _ synapses: [PlacedSynapses], allowed: Double
  ) -> (order: Int, sizes: [Double])? {
    for most in [20, 32] {
      let weighting = DepthWeighting(piece, order: most)
      if weighting.isExact { return (weighting.count, []) }
      let sizes = coefficients(synapses, weighting)
      // All the same on the piece, as between the edges of uniform densities.
      if sizes.dropFirst().allSatisfy({ $0 < 1e-13 }) { return (1, []) }
      // The highest coefficients of a rule are not to be relied on.
      for order in 3...most - 2 {
        let tail = max(sizes[order - 1], sizes[order - 2])
        // Kernels converge faster than probabilities, as matrices are smooth over discs, too: by what
        // was found in networks of several kinds.
        if tail <= allowed * 8 * pow(Double(order) / 8, 3) {
          // Every other one may be small by chance.
          return (order, (0..<most).map { max(sizes[$0], $0 > 0 ? sizes[$0 - 1] : 0) })
        }
      }
    }
    return nil
  }

  /// The largest of all connections' coefficients of each order, over the first of each.
  private static func coefficients(
    _ synapses: [PlacedSynapses], _ weighting: DepthWeighting
  ) -> [Double] {
    let n = weighting.count
    var largest = [Double](repeating: 0, count: n)
    for synapses in synapses {
      var sums = [[Double]](repeating: [], count: n)
      for k in 0..<n {
        guard let p = synapses.probabilities(movedBy: weighting.nodes[k]) else { continue }
        for (j, factor) in weighting.factors(ofNode: k).all.enumerated() {
          if sums[j].isEmpty { sums[j] = Array(repeating: 0, count: p.count) }
          for i in p.indices { sums[j][i] += factor * p[i] }
        }
      }
      let norms = sums.map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
      guard norms[0] > 0 else { continue }
      for j in 0..<n { largest[j] = max(largest[j], norms[j] / norms[0]) }
    }
    return largest
  }
}
