internal import CableTheory
internal import CellMorphology
internal import Distributions

/// A postsynaptic population's model cell, cut and placed, with the synapses of every population that
/// projects to it: all that its kernels share.
struct PostsynapticCell {
  let population: Population
  let model: PostsynapticModel
  let cell: Cell
  let compartments: Compartments
  let cable: LinearCable
  let summary: CellSummary
  let statistics: [ConnectionStatistics]
  private(set) var drives: [(connection: Int, pre: String, drive: SynapticDrive)]

  /// Another number for other compartments.
  let version: Int

  /// - Throws: `NetworkError` for whatever makes the cell or its synapses impossible.
  init(
    _ population: Population, _ model: PostsynapticModel, in network: Network,
    stages: inout KernelStages
  ) throws(NetworkError) {
    guard let cell = network.cells[model.cell] else {
      throw NetworkError(
        .population(population.name), key: "cell", "there is no cell '\(model.cell)'")
    }
    let placed = try stages.withCell(of: population.name) { (own) throws(NetworkError) in
      try own.placed(cell, model)
    }
    try self.init(population, model, cell: cell, placed: placed, in: network, stages: &stages)
  }

  /// - Parameter placed: the cell's compartments where they lie.
  init(
    _ population: Population, _ model: PostsynapticModel, cell: Cell, placed: PlacedCell,
    in network: Network, stages: inout KernelStages
  ) throws(NetworkError) {
    self.population = population
    self.model = model
    self.cell = cell
    version = placed.version
    compartments = placed.cell.compartments
    let projections = try Projection.onto(
      population, placed, somata: model.somata, in: network, stages: &stages)
    statistics = projections.map(\.statistics)

    let (potentials, membrane) = try stages.withCell(of: population.name) {
      (own) throws(NetworkError) in try own.membrane(cell, placed, name: model.cell)
    }
    let effective = try EffectiveLeak(
      population, model, compartments: compartments, projections: projections
    ).added(to: membrane.leak)
    cable = try cell.cable(
      placed.cell.tree, compartments, membrane: membrane, leak: effective,
      potentials: potentials, name: model.cell)

    var drives: [(Int, String, SynapticDrive)] = []
    for projection in projections {
      drives.append(
        (
          projection.index, projection.connection.pre,
          projection.drive(potentials: potentials)
        ))
    }
    self.drives = drives
    summary = CellSummary(
      population: population.name, cell: model.cell, sections: cell.morphology.sections.count,
      compartments: compartments.count, area: compartments.area.reduce(0, +),
      depthRange: compartments.depthRange, leak: membrane.leak, effectiveLeak: effective,
      effectiveTimeConstant: cable.capacitance.reduce(0, +) / cable.conductance.reduce(0, +))
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
