internal import CableTheory
internal import CellMorphology
internal import Distributions

/// One connection as it acts on a postsynaptic cell.
struct Projection {
  let index: Int
  let connection: Connection
  let presynaptic: Population
  let statistics: ConnectionStatistics

  /// For each depth of the somata the probability of each compartment; 0 where there is no place.
  let placements: [[Double]]
  let delay: Delay

  /// All connections of a network onto a population, in their order.
  static func onto(
    _ population: Population, _ depths: PlacedDepths, in network: Network,
    stages: inout KernelStages
  ) throws(NetworkError) -> [Projection] {
    var result: [Projection] = []
    for (position, index) in depths.connections.enumerated() {
      let connection = network.connections[index]
      guard let pre = network.populations.first(where: { $0.name == connection.pre }) else {
        throw NetworkError(
          .connection(index), key: "pre", "there is no population '\(connection.pre)'")
      }
      try connection.synapse.validate(.connection(index), key: "synapse")
      result.append(
        try stages.withConnection(index) { (own) throws(NetworkError) in
          Projection(
            index: index, connection: connection, presynaptic: pre,
            statistics: try own.statistics(
              of: connection, preSize: pre.size, postSize: population.size, index: index),
            placements: depths.placements[position],
            delay: try own.delay(of: connection, settings: network.settings, index: index))
        })
    }
    return result
  }

  /// The currents that one presynaptic spike drives into the compartments.
  ///
  /// - Parameter potentials: of each compartment, mV.
  func drive(potentials: [Double]) -> EnsembleDrive {
    let outdegree = statistics.outdegree
    let weights = placements.map { placement in
      switch connection.synapse.strength {
      case .conductance(let weight, let reversal):
        placement.indices.map {
          outdegree * placement[$0] * weight * (reversal - potentials[$0])
        }
      case .current(let weight): placement.map { outdegree * $0 * weight }
      }
    }
    return EnsembleDrive(
      weights: weights, timeCourse: connection.synapse.timeCourse, delay: delay)
  }
}

extension Synapse {
  /// Whether it is a current, whatever the membrane's potential.
  var isCurrentBased: Bool {
    if case .current = strength { true } else { false }
  }

  func validate(_ subject: NetworkError.Subject, key: String) throws(NetworkError) {
    func fail(_ message: String) -> NetworkError { NetworkError(subject, key: key, message) }
    func requirePositive(_ value: Double, _ name: String) throws(NetworkError) {
      guard value > 0, value.isFinite else {
        throw fail("\(name) is \(value) ms; it must be positive and finite")
      }
    }
    switch timeCourse {
    case .exp2(let tau1, let tau2):
      try requirePositive(tau1, "tau1")
      try requirePositive(tau2, "tau2")
      guard tau1 <= tau2 else {
        throw fail(
          "tau1 (rise, \(tau1) ms) is longer than tau2 (decay, \(tau2) ms); exchange them")
      }
    case .exp(let tau), .alpha(let tau): try requirePositive(tau, "tau")
    }
    switch strength {
    case .conductance(let weight, let reversal):
      guard weight.isFinite, reversal.isFinite else { throw fail("weight and e must be finite") }
    case .current(let weight):
      guard weight.isFinite else { throw fail("weight must be finite") }
    }
  }
}
