internal import CellMorphology

/// The depths at which a population's cells are solved, with the synapses that lie on each of them.
struct PlacedDepths {
  let depths: SomaDepths

  /// Indices of the connections onto the population, in their order.
  let connections: [Int]

  /// For each of them and each depth the probability of each compartment.
  let placements: [[[Double]]]

  /// Another number for other depths.
  let version: Int

  /// The most of a population's somata for whose cells a connection may find no place.
  private static let largestGap = 0.01

  /// - Throws: `NetworkError` when sections are unknown, or there is no place for synapses on the cells,
  ///   or on too many of them.
  init(
    _ input: DepthsInput, on compartments: Compartments, version: Int
  ) throws(NetworkError) {
    let separate = input.average == .separate
    var synapses: [PlacedSynapses] = []
    for (index, placement) in zip(input.connections, input.placements) {
      synapses.append(
        try PlacedSynapses(
          placement, on: compartments, somata: input.somata, smeared: separate, connection: index))
    }
    let depths =
      separate
      ? SomaDepths.mean
      : try SomaDepths(
        input.somata, synapses, tolerance: input.tolerance, effort: input.effort,
        population: input.population)
    var placements: [[[Double]]] = []
    for synapses in synapses {
      let found = depths.offsets.map { synapses.probabilities(movedBy: $0) }
      if depths.isMean || !found.contains(where: { $0 != nil }) {
        guard let probabilities = found[0] else { throw synapses.noPlace }
        placements.append([probabilities])
        continue
      }
      if found.contains(where: { $0 == nil }) {
        try PlacedDepths.requirePlaces(synapses, input, depths)
      }
      placements.append(found.map { $0 ?? Array(repeating: 0, count: compartments.count) })
    }
    self.depths = depths
    connections = input.connections
    self.placements = placements
    self.version = version
  }

  private static func requirePlaces(
    _ synapses: PlacedSynapses, _ input: DepthsInput, _ depths: SomaDepths
  ) throws(NetworkError) {
    let gap = depths.pieces.reduce(0) { sum, piece in
      sum + piece.share { !synapses.hasPlace(movedBy: $0) }
    }
    guard gap <= largestGap else { throw synapses.noPlace(share: gap, input.somata) }
  }
}

/// What the depths of a population depend on.
struct DepthsInput: Equatable {
  let population: String
  let somata: Somata
  let connections: [Int]
  let placements: [SynapsePlacement]
  let average: SomaAverage
  let tolerance: Double
  let effort: Int

  /// Of the compartments.
  let version: Int

  init(
    _ population: Population, _ model: PostsynapticModel, in network: Network, effort: Int,
    version: Int
  ) {
    self.population = population.name
    somata = model.somata
    connections = network.connections.indices.filter {
      network.connections[$0].post == population.name
    }
    placements = connections.map { network.connections[$0].placement }
    average = network.settings.average
    tolerance = network.settings.averageTolerance
    self.effort = effort
    self.version = version
  }
}
