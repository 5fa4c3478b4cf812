internal import CableTheory
internal import CellMorphology
internal import Distributions

/// The stages on the way to kernels that outlast one network: each is made anew when what it depends
/// on has changed, and only then. A stage is a function of its inputs, so results are the same bits
/// with and without memory.
struct KernelStages {
  private var cells: [String: CellStages] = [:]
  private var connections: [Int: ConnectionStages] = [:]

  /// The stages of a postsynaptic population.
  mutating func withCell<Result, Failure: Error>(
    of population: String, _ body: (inout CellStages) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(&cells[population, default: CellStages()])
  }

  /// The stages of a connection, by its index.
  mutating func withConnection<Result, Failure: Error>(
    _ index: Int, _ body: (inout ConnectionStages) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(&connections[index, default: ConnectionStages()])
  }
}

/// A cell that is cut into compartments and placed.
struct PlacedCell {
  var cell: DiscretizedCell

  /// Another number for other compartments.
  var version: Int
}

/// What depends on a postsynaptic population alone.
struct CellStages {
  private var placed = Remembered<PlacedInput, PlacedCell>()
  private var membrane = Remembered<MembraneInput, (potentials: [Double], LinearMembrane)>()
  private var version = 0

  /// By effort, so that a point of a sweep that needs more does not displace what others need.
  private var depths: [Int: Remembered<DepthsInput, PlacedDepths>] = [:]
  private var matrices: [Int: Remembered<MatrixInput, ProbeStack>] = [:]

  /// The compartments of a cell with its soma at the mean depth.
  mutating func placed(
    _ cell: Cell, _ model: PostsynapticModel
  ) throws(NetworkError) -> PlacedCell {
    let depth = model.somata.depth.mean
    let input = PlacedInput(
      morphology: cell.morphology, discretization: cell.discretization,
      resistivity: cell.axialResistivity, capacitance: cell.capacitance, rotation: cell.rotation,
      depth: depth)
    return try placed.value(for: input) { () throws(NetworkError) in
      var discretized = try cell.discretized(name: model.cell)
      discretized.compartments = discretized.compartments.placed(
        rotation: cell.rotation, at: SIMD3(0, 0, depth))
      version += 1
      return PlacedCell(cell: discretized, version: version)
    }
  }

  /// The depths of somata at which cells are solved, and the synapses on them.
  mutating func depths(
    _ input: DepthsInput, on compartments: Compartments
  ) throws(NetworkError) -> PlacedDepths {
    try depths[input.effort, default: Remembered()].value(for: input) {
      () throws(NetworkError) in
      version += 1
      return try PlacedDepths(input, on: compartments, version: version)
    }
  }

  /// Resting potentials and the membrane that is linearised about them.
  mutating func membrane(
    _ cell: Cell, _ placed: PlacedCell, name: String
  ) throws(NetworkError) -> (potentials: [Double], LinearMembrane) {
    let input = MembraneInput(
      entries: cell.membrane, restingPotential: cell.restingPotential, version: placed.version,
      name: name)
    return try membrane.value(for: input) { () throws(NetworkError) in
      let compartments = placed.cell.compartments
      let potentials = try cell.potentials(compartments, name: name)
      let membrane = try LinearMembrane(cell, compartments, potentials: potentials, name: name)
      return (potentials, membrane)
    }
  }

  /// The matrices of all probes.
  mutating func matrices(
    _ probes: [Probe], on cell: PostsynapticCell
  ) throws(NetworkError) -> ProbeStack {
    let input = MatrixInput(probes: probes, somata: cell.model.somata, version: cell.version)
    return try matrices[cell.effort, default: Remembered()].value(for: input) {
      () throws(NetworkError) in
      try ProbeStack(probes, on: cell)
    }
  }
}

private struct PlacedInput: Equatable {
  let morphology: NeuronMorphology
  let discretization: Discretization
  let resistivity: SectionValues
  let capacitance: SectionValues
  let rotation: Rotation
  let depth: Double
}

private struct MembraneInput: Equatable {
  let entries: [MembraneEntry]
  let restingPotential: RestingPotential
  let version: Int
  let name: String
}

private struct MatrixInput: Equatable {
  let probes: [Probe]
  let somata: Somata
  let version: PostsynapticCell.Version

  static func == (a: MatrixInput, b: MatrixInput) -> Bool {
    a.version == b.version && a.somata == b.somata
      && a.probes.count == b.probes.count
      && zip(a.probes, b.probes).allSatisfy { $0.measuresSame(as: $1) }
  }
}

extension Probe {
  /// Whether two probes are known to be the same: those that are not Equatable never are.
  fileprivate func measuresSame(as other: Probe) -> Bool {
    guard name == other.name, let own = measures as? any Equatable else { return false }
    return isSame(own, other.measures)
  }
}

private func isSame<Value: Equatable>(_ value: Value, _ other: any PopulationProbe) -> Bool {
  (other as? Value) == value
}

/// What depends on one connection alone.
struct ConnectionStages {
  private var statistics = Remembered<StatisticsInput, ConnectionStatistics>()
  private var delay = Remembered<DelayInput, Delay>()

  mutating func statistics(
    of connection: Connection, preSize: Int, postSize: Int, index: Int
  ) throws(NetworkError) -> ConnectionStatistics {
    let input = StatisticsInput(
      pre: connection.pre, post: connection.post, connectivity: connection.connectivity,
      delay: connection.delay, preSize: preSize, postSize: postSize)
    return try statistics.value(for: input) { () throws(NetworkError) in
      try connection.statistics(preSize: preSize, postSize: postSize, index: index)
    }
  }

  mutating func delay(
    of connection: Connection, settings: KernelSettings, index: Int
  ) throws(NetworkError) -> Delay {
    let input = DelayInput(
      delay: connection.delay, method: settings.delays, dt: settings.dt, tau: settings.tau)
    return try delay.value(for: input) { () throws(NetworkError) in
      try Delay(connection.delay, settings: settings, connection: index)
    }
  }
}

private struct StatisticsInput: Equatable {
  let pre: String
  let post: String
  let connectivity: Connectivity
  let delay: Distribution
  let preSize: Int
  let postSize: Int
}

private struct DelayInput: Equatable {
  let delay: Distribution
  let method: DelayMethod
  let dt: Double
  let tau: Double
}
