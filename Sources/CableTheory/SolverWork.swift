/// How much the exact solver has to do for a cell whose drives have delays on the grid: what a cost is
/// counted from.
package struct SolverWork: Sendable, Equatable {
  /// Cells that are solved, such as those at several depths.
  package let members: Int

  /// Nodes of the cell's tree.
  package let nodes: Int
  package let outputs: Int

  /// Windows of lags, and frequencies in the contour of each.
  package let windows: Int
  package let nodesPerWindow: Int

  /// Frequencies at which the tree is solved, those of checks included, in whole vectors.
  package let frequencies: Int

  /// What is done for each drive.
  package let drives: [Drive]

  package struct Drive: Sendable, Equatable {
    /// Weights of its delays.
    package let taps: Int

    /// Lags that are convolved with the delays, and lags at which delays are factors.
    package let early: Int
    package let late: Int
  }

  /// The work of a first attempt, which all but badly conditioned cells are content with.
  package init(
    _ ensemble: CableEnsemble, drives: [EnsembleDrive], grid: LagGrid, tolerance: Double
  ) {
    let tree = ensemble.members[0].cable.tree
    let outputs = ensemble.members[0].outputs.rows
    let delays: [(first: Int, last: Int)] = drives.map {
      if case .grid(let filter) = $0.delay { return (filter.firstLag, filter.lastLag) }
      return (0, 0)
    }
    let lastLag = max(1, grid.steps - min(0, delays.map(\.first).min() ?? 0))
    let plan = ContourPlan(
      .init(
        lastLag: lastLag, nodes: tree.nodeCount, outputs: outputs, delays: delays,
        steps: grid.steps, tolerance: tolerance / 4))
    let checks = (lastLag > 1 ? 2 : 1) * (tolerance >= 1e-10 ? 12 : 30)
    nodes = tree.nodeCount
    members = ensemble.members.count
    self.outputs = outputs
    windows = plan.windows.count
    nodesPerWindow = plan.nodeCount
    frequencies =
      TreeSweep.columnCount(frequencies: plan.windows.count * plan.nodeCount + checks) / 2
    let lastWindow = Int((plan.windows.last?.lowerBound ?? 1).rounded(.up))
    self.drives = delays.map { first, last in
      let early = min(max(lastWindow + last, 0), grid.steps + 1)
      return Drive(taps: last - first + 1, early: early, late: grid.steps + 1 - early)
    }
  }
}
