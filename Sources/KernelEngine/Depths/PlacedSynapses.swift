internal import CellMorphology
internal import Distributions

/// The compartments of a cell that may carry the synapses of one connection, and with what density of
/// depth: what a placement amounts to on a cell, for any depth of its soma.
struct PlacedSynapses {
  private struct Candidate {
    var compartment: Int
    var area: Double

    /// Depth of the midpoint, um, with the soma at the mean depth; relative to the soma where that is the
    /// placement's frame.
    var depth: Double
  }

  /// A density and its weight.
  fileprivate enum Density {
    case plain(Distribution)
    case smeared(SmearedDensity)

    func callAsFunction(_ z: Double) -> Double {
      switch self {
      case .plain(let distribution): distribution.density(at: z)
      case .smeared(let density): density(z)
      }
    }
  }

  private let placement: SynapsePlacement
  private let connection: Int
  private let count: Int
  private let candidates: [Candidate]
  private let densities: [(weight: Double, density: Density)]

  /// - Parameters:
  ///   - compartments: with the soma at the mean depth.
  ///   - smeared: whether densities are smeared by the somata's depths, for the separate average.
  /// - Throws: `NetworkError` when sections are unknown or a weight is none.
  init(
    _ placement: SynapsePlacement, on compartments: Compartments, somata: Somata, smeared: Bool,
    connection index: Int
  ) throws(NetworkError) {
    self.placement = placement
    connection = index
    count = compartments.count
    let (selected, unmatched) = compartments.selection(sections: placement.sections)
    if let name = unmatched.first {
      throw NetworkError(
        .connection(index), key: "placement.sections",
        "the cell has no section '\(name)'; it has "
          + sectionTypes(compartments).joined(separator: ", "))
    }
    let origin = placement.frame == .soma ? somata.depth.mean : 0
    candidates = (0..<compartments.count).filter { selected[$0] }.map {
      Candidate(
        compartment: $0, area: compartments.area[$0], depth: compartments.midpointZ($0) - origin)
    }
    densities = try placement.densities(
      smearedBy: smeared && placement.frame == .tissue ? somata.depth : nil, connection: index)
  }

  /// Whether probabilities change with the depth of the soma.
  var dependsOnDepth: Bool {
    placement.frame == .tissue
      && (!placement.depth.isEmpty || placement.zRange.lowerBound.isFinite
        || placement.zRange.upperBound.isFinite)
  }

  /// The probability of each compartment to carry a synapse when the soma is moved by an offset from
  /// the mean depth; their sum is 1. Nil where there is no place for one.
  ///
  /// It is proportional to area × sum of weight × density of depth at the midpoint.
  func probabilities(movedBy offset: Double) -> [Double]? {
    var result = [Double](repeating: 0, count: count)
    var sum = 0.0
    for candidate in candidates {
      let share = share(candidate, movedBy: offset)
      result[candidate.compartment] = share
      sum += share
    }
    guard sum > 0, sum.isFinite else { return nil }
    for i in result.indices { result[i] /= sum }
    return result
  }

  @inline(__always)
  private func share(_ candidate: Candidate, movedBy offset: Double) -> Double {
    let z = candidate.depth + offset
    guard placement.zRange.contains(z) else { return 0 }
    var density = densities.isEmpty ? 1.0 : 0
    for (weight, function) in densities { density += weight * function(z) }
    return candidate.area * density
  }

  /// The same on fewer compartments, each of which stands for neighbours in depth: enough to tell how
  /// smoothly probabilities change with depth.
  func condensed(to most: Int) -> PlacedSynapses {
    guard candidates.count > most else { return self }
    let sorted = candidates.sorted { $0.depth < $1.depth }
    var groups: [Candidate] = []
    for k in 0..<most {
      let members = sorted[k * sorted.count / most..<(k + 1) * sorted.count / most]
      let area = members.reduce(0) { $0 + $1.area }
      let depth = members.reduce(0) { $0 + $1.area * $1.depth } / area
      groups.append(Candidate(compartment: k, area: area, depth: depth))
    }
    return PlacedSynapses(self, candidates: groups)
  }

  private init(_ other: PlacedSynapses, candidates: [Candidate]) {
    placement = other.placement
    connection = other.connection
    densities = other.densities
    count = candidates.count
    self.candidates = candidates
  }

  /// Whether there is a place for a synapse when the soma is moved by an offset.
  func hasPlace(movedBy offset: Double) -> Bool {
    candidates.contains { share($0, movedBy: offset) > 0 }
  }

  /// Offsets of the soma at which probabilities jump, since a midpoint passes an end of a density or of
  /// the range.
  func jumps(in range: ClosedRange<Double>) -> [Double] {
    guard dependsOnDepth else { return [] }
    var ends = [placement.zRange.lowerBound, placement.zRange.upperBound].filter(\.isFinite)
    for component in placement.depth { ends += component.depth.edges }
    return candidates.flatMap { candidate in
      ends.map { $0 - candidate.depth }.filter { $0 > range.lowerBound && $0 < range.upperBound }
    }
  }

  /// That there is no place for a synapse on a share of the population's cells.
  func noPlace(share: Double, _ somata: Somata) -> NetworkError {
    let depths = candidates.map(\.depth)
    return NetworkError(
      .connection(connection), key: "placement",
      "on \((1000 * share).rounded() / 10) % of the cells no compartment of the sections lies where "
        + "synapses may be: with the soma at its mean depth (\(somata.depth.mean) um) they reach from "
        + "\(depths.min() ?? .nan) to \(depths.max() ?? .nan) um, and somata are spread by "
        + "\(somata.depth.standardDeviation) um; widen the density or the range, or measure depths from "
        + "the soma with frame: soma")
  }

  /// Why there is no place for a synapse on a cell that is not moved.
  var noPlace: NetworkError {
    let depths = candidates.map(\.depth)
    guard depths.contains(where: { placement.zRange.contains($0) }) else {
      return NetworkError(
        .connection(connection), key: "placement",
        "no compartment of the sections lies between z = \(placement.zRange.lowerBound) and "
          + "\(placement.zRange.upperBound) um")
    }
    let inRange = depths.filter { placement.zRange.contains($0) }
    return NetworkError(
      .connection(connection), key: "placement.depth",
      "the density of depth is 0 at all \(inRange.count) compartments of the sections; their depths "
        + "reach from \(depths.min() ?? .nan) to \(depths.max() ?? .nan) um")
  }
}

extension SynapsePlacement {
  fileprivate func densities(
    smearedBy depths: Distribution?, connection index: Int
  ) throws(NetworkError) -> [(Double, PlacedSynapses.Density)] {
    var densities: [(Double, PlacedSynapses.Density)] = []
    for component in depth {
      guard component.weight >= 0, component.weight.isFinite else {
        throw NetworkError(
          .connection(index), key: "placement.depth",
          "weight is \(component.weight); it must be finite and not negative")
      }
      guard let depths else {
        densities.append((component.weight, .plain(component.depth)))
        continue
      }
      do {
        densities.append(
          (component.weight, .smeared(try SmearedDensity(component.depth, smearedBy: depths))))
      } catch {
        throw NetworkError(.connection(index), key: "placement.depth", error.description)
      }
    }
    return densities
  }
}

extension Distribution {
  /// Finite ends of the support at which the density does not fade away smoothly.
  fileprivate var edges: [Double] {
    let step = 1e-3 * standardDeviation
    let peak = max(density(at: mean), 1e-3 / standardDeviation)
    return [(support.lowerBound, step), (support.upperBound, -step)].compactMap { end, step in
      end.isFinite && density(at: end + step) > 1e-9 * peak ? end : nil
    }
  }
}

private func sectionTypes(_ compartments: Compartments) -> [String] {
  var types: [String] = []
  for name in compartments.sectionNames {
    let type = Section.type(ofName: name)
    if !types.contains(type) { types.append(type) }
  }
  return types
}
