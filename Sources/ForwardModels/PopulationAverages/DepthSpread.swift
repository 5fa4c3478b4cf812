package import Distributions

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The distribution of depths about their mean, as sums that integrate with it: separate values, or
/// panels of eight Gauss points on which the density is as good as a polynomial.
package struct DepthSpread: Sendable {
  /// A piece of the range, with its Gauss points and what of the probability stands for each.
  struct Panel: Sendable {
    var low, high: Double
    var nodes, weights: SIMD8<Double>
    /// The density at the nodes, 1/um.
    var density: SIMD8<Double>
    /// The largest magnitude of them.
    var peak: Double
    /// Whether the density may be negative, as that of a probability times a polynomial is.
    var isSigned = false
  }

  var panels: [Panel] = []

  /// Separate offsets, um, with their probabilities.
  var atoms: [(offset: Double, probability: Double)] = []

  /// Where the density jumps, um.
  var jumps: [Double] = []

  /// Offsets and weights of a rule for what is smooth in depth, for sums over cells; nil where depths
  /// are to be drawn from the probability.
  var rule: [(offset: Double, weight: Double)]?

  /// What discs at these panels' nodes were found to be, for spreads that differ in weights alone.
  var known: KnownDiscs?

  package let standardDeviation: Double

  static let mostAtoms = 100_000

  /// - Parameter accuracy: The probability that may be neglected.
  /// - Throws: `ForwardModelError` when the mean or the standard deviation is not finite, or there are
  ///   too many separate depths.
  package init(_ depth: Distribution, and spread: Distribution? = nil, accuracy: Double) throws {
    let deviations = [depth.standardDeviation, spread?.standardDeviation ?? 0]
    standardDeviation = deviations.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard depth.mean.isFinite, spread?.mean.isFinite ?? true, standardDeviation.isFinite else {
      throw ForwardModelError(
        parameter: "depth",
        "the depth \(depth) has a mean or a standard deviation that is not finite")
    }
    let atoms = [try DepthSpread.atoms(depth), try spread.map(DepthSpread.atoms) ?? [(0, 1)]]
    if let first = atoms[0], let second = atoms[1] {
      guard first.count * second.count <= DepthSpread.mostAtoms else {
        throw ForwardModelError(
          parameter: "depth",
          "the depth has \(first.count * second.count) separate values; at most "
            + "\(DepthSpread.mostAtoms) are averaged over")
      }
      self.atoms = first.flatMap { a in second.map { (a.0 + $0.0, a.1 * $0.1) } }
      if self.atoms.count <= 16 { jumps = self.atoms.map(\.offset) }
      return
    }
    try resolve(depth, spread, atoms: atoms, accuracy: accuracy)
  }

  /// The smallest interval with all offsets, um.
  package var range: ClosedRange<Double> {
    if let low = panels.first?.low, let high = panels.last?.high { return low...high }
    let offsets = atoms.map(\.offset)
    return (offsets.min() ?? 0)...(offsets.max() ?? 0)
  }

  /// Whether all depths are the same.
  package var isSingle: Bool { panels.isEmpty && atoms.count == 1 }

  /// Whether offsets are as probable as those of the other sign.
  var isEven: Bool {
    if panels.isEmpty { return isSingle }
    let highest = panels.reduce(0) { max($0, $1.peak) }
    return panels.allSatisfy { panel in
      (0..<8).allSatisfy {
        abs(density(at: -panel.nodes[$0]) - panel.density[$0]) <= 1e-8 * highest
      }
    }
  }

  /// The density at an offset, 1/um; 0 for separate depths.
  func density(at offset: Double) -> Double {
    var (low, high) = (0, panels.count)
    while low < high {
      let middle = (low + high) / 2
      if panels[middle].high < offset { low = middle + 1 } else { high = middle }
    }
    guard low < panels.count, offset >= panels[low].low else { return 0 }
    return panels[low].density(at: offset)
  }

  /// The largest density of any offset in an interval, at the nodes of the panels that meet it.
  func largestDensity(from low: Double, to high: Double) -> Double {
    panels.reduce(0) { $1.high < low || $1.low > high ? $0 : max($0, $1.peak) }
  }

  /// The shortest panel that meets an interval: the density changes over such lengths, um.
  func finestLength(from low: Double, to high: Double) -> Double {
    panels.reduce(.infinity) {
      $1.high < low || $1.low > high ? $0 : min($0, $1.high - $1.low)
    }
  }

  /// The same in lengths multiplied by a factor.
  func scaled(by factor: Double) -> DepthSpread {
    var result = DepthSpread(
      panels: panels.map {
        Panel(
          low: factor * $0.low, high: factor * $0.high, nodes: factor * $0.nodes,
          weights: $0.weights, density: $0.density / factor, peak: $0.peak / factor,
          isSigned: $0.isSigned)
      }, atoms: atoms.map { (factor * $0.offset, $0.probability) },
      jumps: jumps.map { factor * $0 }, standardDeviation: factor * standardDeviation)
    result.known = known
    return result
  }

  init(
    panels: [Panel], atoms: [(Double, Double)], jumps: [Double], standardDeviation: Double
  ) {
    self.panels = panels
    self.atoms = atoms.map { (offset: $0.0, probability: $0.1) }
    self.jumps = jumps
    self.standardDeviation = standardDeviation
  }
}

extension DepthSpread.Panel {
  /// Barycentric weights of the eight Gauss points.
  private static let barycentric = SIMD8<Double>(
    (0..<8).map { i in
      let x = rule.nodes
      return 1 / (0..<8).reduce(1.0) { $1 == i ? $0 : $0 * (x[i] - x[$1]) }
    })

  static let rule = GaussLegendre(8)
  static let unitNodes = SIMD8<Double>(rule.nodes)
  static let unitWeights = SIMD8<Double>(rule.weights)

  init(from low: Double, to high: Double, isSigned: Bool = false, _ density: (Double) -> Double) {
    self.isSigned = isSigned
    self.low = low
    self.high = high
    let half = 0.5 * (high - low)
    nodes = low + half + half * Self.unitNodes
    self.density = .zero
    for k in 0..<8 { self.density[k] = density(nodes[k]) }
    peak = max(self.density.max(), -self.density.min())
    weights = half * Self.unitWeights * self.density
  }

  /// The polynomial through the nodes; not below 0 unless it is signed.
  func density(at offset: Double) -> Double {
    let differences = offset - nodes
    if any(differences .== 0) {
      return SIMD8.zero.replacing(with: density, where: differences .== 0).sum()
    }
    let q = Self.barycentric / differences
    let value = (q * density).sum() / q.sum()
    return isSigned ? value : max(0, value)
  }

  /// The same density on a part of the panel.
  func part(from low: Double, to high: Double) -> DepthSpread.Panel {
    DepthSpread.Panel(from: low, to: high, isSigned: isSigned, density(at:))
  }
}

extension DepthSpread {
  private static func atoms(_ distribution: Distribution) throws -> [(Double, Double)]? {
    guard distribution.isDiscrete else { return nil }
    let atoms = distribution.atoms
    guard atoms.count <= mostAtoms else {
      throw ForwardModelError(
        parameter: "depth",
        "the depth \(distribution) has \(atoms.count) separate values; at most \(mostAtoms) are "
          + "averaged over")
    }
    return atoms.map { ($0.value - distribution.mean, $0.probability) }
  }

  /// Panels of the density of depth, or of the sum of depth and a further spread.
  private mutating func resolve(
    _ depth: Distribution, _ spread: Distribution?, atoms: [[(Double, Double)]?], accuracy: Double
  ) throws {
    let mean = depth.mean
    let density: (Double) -> Double
    if let spread {
      let smeared = try SmearedDensity(depth, smearedBy: spread)
      density = { smeared(mean + $0) }
    } else {
      density = { depth.density(at: mean + $0) }
    }
    let first = DepthSpread.reach(depth, accuracy)
    let second = spread.map { DepthSpread.reach($0, accuracy) } ?? (0, 0)
    let (low, high) = (first.0 + second.0, first.1 + second.1)
    if spread == nil {
      let ends = [depth.support.lowerBound - mean, depth.support.upperBound - mean]
      jumps = ends.filter { $0.isFinite && $0 >= low && $0 <= high }
    }
    var edges = [low, high] + (-6...6).map { Double($0) * standardDeviation }
    edges += [first.0, first.1, second.0, second.1]
    for list in atoms where (list?.count ?? 0) <= 2000 { edges += list?.map(\.0) ?? [] }
    edges = edges.filter { $0 >= low && $0 <= high }.sorted()
    for (a, b) in zip(edges, edges.dropFirst()) where b > a {
      refine(Panel(from: a, to: b, density), density, accuracy, depth: 0)
    }
    let total = panels.reduce(0) { $0 + $1.weights.sum() }
    for i in panels.indices {
      panels[i].weights /= total
      panels[i].density /= total
      panels[i].peak /= total
    }
  }

  /// Halves a panel until its polynomial is the density.
  private mutating func refine(
    _ panel: Panel, _ density: (Double) -> Double, _ accuracy: Double, depth: Int
  ) {
    let middle = 0.5 * (panel.low + panel.high)
    let left = Panel(from: panel.low, to: middle, density)
    let right = Panel(from: middle, to: panel.high, density)
    let mass = left.weights.sum() + right.weights.sum()
    var error = abs(panel.weights.sum() - mass)
    for k in [1, 6] {
      let deviation = abs(panel.density(at: left.nodes[k]) - left.density[k])
      error = max(error, 0.01 * deviation * (panel.high - panel.low))
    }
    if mass <= 0.1 * accuracy || error <= accuracy || depth >= 48 {
      if mass > 0 { panels.append(error <= accuracy ? panel : left) }
      if mass > 0 && error > accuracy { panels.append(right) }
      return
    }
    refine(left, density, accuracy, depth: depth + 1)
    refine(right, density, accuracy, depth: depth + 1)
  }

  /// Offsets from the mean beyond which less than the accuracy lies on either side.
  private static func reach(_ distribution: Distribution, _ accuracy: Double) -> (Double, Double) {
    let mean = distribution.mean
    func end(_ sign: Double, _ bound: Double, _ beyond: (Double) -> Double) -> Double {
      var far = 4 * distribution.standardDeviation
      while far < abs(bound - mean), beyond(mean + sign * far) > accuracy { far *= 2 }
      if far >= abs(bound - mean) { return bound - mean }
      var near = 0.0
      for _ in 0..<50 {
        let middle = 0.5 * (near + far)
        if beyond(mean + sign * middle) > accuracy { near = middle } else { far = middle }
      }
      return sign * far
    }
    let support = distribution.support
    return (
      end(-1, support.lowerBound) { distribution.cumulative(at: $0) },
      end(1, support.upperBound) { distribution.probability(from: $0, to: .infinity) }
    )
  }
}
