internal import CableTheory
internal import CellMorphology
internal import Distributions
internal import LinearAlgebra

/// A postsynaptic population's model cell, cut and placed, with the synapses of every population that
/// projects to it, at each depth of its somata: all that its kernels share.
struct PostsynapticCell {
  let population: Population
  let model: PostsynapticModel
  let cell: Cell

  /// With the soma at the mean depth.
  let compartments: Compartments
  let depths: SomaDepths

  /// At each depth.
  let cables: [LinearCable]
  let summary: CellSummary
  let statistics: [ConnectionStatistics]
  private(set) var drives: [(connection: Int, pre: String, drive: EnsembleDrive)]

  /// Other numbers for other compartments and depths.
  let version: Version
  let effort: Int
  private let network: Network
  private let placed: PlacedCell

  struct Version: Equatable {
    var compartments: Int
    var depths: Int
  }

  var settings: KernelSettings { network.settings }

  /// - Parameter effort: how much more than expected is done for the average over depths.
  /// - Throws: `NetworkError` for whatever makes the cell or its synapses impossible.
  init(
    _ population: Population, _ model: PostsynapticModel, in network: Network, effort: Int = 0,
    stages: inout KernelStages
  ) throws(NetworkError) {
    guard let cell = network.cells[model.cell] else {
      throw NetworkError(
        .population(population.name), key: "cell", "there is no cell '\(model.cell)'")
    }
    let placed = try stages.withCell(of: population.name) { (own) throws(NetworkError) in
      try own.placed(cell, model)
    }
    try self.init(
      population, model, cell: cell, placed: placed, in: network, effort: effort, stages: &stages)
  }

  /// - Parameter placed: the cell's compartments where they lie with the soma at the mean depth.
  init(
    _ population: Population, _ model: PostsynapticModel, cell: Cell, placed: PlacedCell,
    in network: Network, effort: Int = 0, stages: inout KernelStages
  ) throws(NetworkError) {
    self.population = population
    self.model = model
    self.cell = cell
    self.placed = placed
    self.effort = effort
    self.network = network
    let compartments = placed.cell.compartments
    self.compartments = compartments
    let input = DepthsInput(
      population, model, in: network, effort: effort, version: placed.version)
    let placedDepths = try stages.withCell(of: population.name) { (own) throws(NetworkError) in
      try own.depths(input, on: compartments)
    }
    depths = placedDepths.depths
    version = Version(compartments: placed.version, depths: placedDepths.version)
    let projections = try Projection.onto(
      population, placedDepths, in: network, stages: &stages)
    statistics = projections.map(\.statistics)

    let (potentials, membrane) = try stages.withCell(of: population.name) {
      (own) throws(NetworkError) in try own.membrane(cell, placed, name: model.cell)
    }
    let leaks = try PostsynapticCell.leaks(
      EffectiveLeak(population, model, compartments: compartments, projections: projections),
      membrane.leak, projections, count: depths.offsets.count)
    var cables: [LinearCable] = []
    for leak in leaks {
      cables.append(
        try cell.cable(
          placed.cell.tree, compartments, membrane: membrane, leak: leak, potentials: potentials,
          name: model.cell))
    }
    self.cables = cables
    drives = projections.map {
      ($0.index, $0.connection.pre, $0.drive(potentials: potentials))
    }
    summary = CellSummary(
      population, model, cell, compartments, leak: membrane.leak, leaks, cables,
      shares: depths.weights)
  }

  /// The leak of each compartment at each depth, S/cm2.
  private static func leaks(
    _ effective: EffectiveLeak, _ leak: [Double], _ projections: [Projection], count: Int
  ) -> [[Double]] {
    (0..<count).map { k in
      // A placement that is the same at all depths stands once.
      effective.added(
        to: leak, placements: projections.map { $0.placements[min(k, $0.placements.count - 1)] })
    }
  }

  /// The same cell with more depths.
  func refined(stages: inout KernelStages) throws(NetworkError) -> PostsynapticCell {
    try PostsynapticCell(
      population, model, cell: cell, placed: placed, in: network, effort: effort + 1,
      stages: &stages)
  }
}

extension PostsynapticCell {
  /// The cell with the drives of some presynaptic populations only; nil for all.
  func keeping(drivesFrom pre: Set<String>?) -> PostsynapticCell {
    guard let pre else { return self }
    var result = self
    result.drives.removeAll { !pre.contains($0.pre) }
    return result
  }

  /// The cells at all depths with the matrices of probes.
  func ensemble(_ matrices: [Matrix]) -> CableEnsemble {
    CableEnsemble(zip(cables, matrices).map { CableEnsemble.Member($0, outputs: $1) })
  }
}

extension CellSummary {
  /// - Parameters:
  ///   - leaks: by depth, with what synapses add.
  ///   - shares: of the population at each depth.
  fileprivate init(
    _ population: Population, _ model: PostsynapticModel, _ cell: Cell,
    _ compartments: Compartments, leak: [Double], _ leaks: [[Double]], _ cables: [LinearCable],
    shares: [Double]
  ) {
    let total = shares.reduce(0, +)
    var effective = [Double](repeating: 0, count: leak.count)
    var timeConstant = 0.0
    for (k, share) in shares.enumerated() {
      for i in effective.indices { effective[i] += share / total * leaks[k][i] }
      timeConstant +=
        share / total * cables[k].capacitance.reduce(0, +) / cables[k].conductance.reduce(0, +)
    }
    self.init(
      population: population.name, cell: model.cell, sections: cell.morphology.sections.count,
      compartments: compartments.count, area: compartments.area.reduce(0, +),
      depthRange: compartments.depthRange, leak: leak, effectiveLeak: effective,
      effectiveTimeConstant: timeConstant)
  }
}

extension Compartments {
  fileprivate var depthRange: ClosedRange<Double> {
    var (low, high) = (Double.infinity, -Double.infinity)
    for i in 0..<count {
      low = min(low, startZ[i], endZ[i])
      high = max(high, startZ[i], endZ[i])
    }
    return low...max(low, high)
  }
}
