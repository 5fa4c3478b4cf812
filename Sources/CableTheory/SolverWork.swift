/// How much the exact solver has to do for a cell, known before it is done.
package struct SolverWork: Sendable, Equatable {
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
}

extension ExactSolver {
  /// The work for drives with delays on the grid, unless checks ask for more nodes.
  package func work(
    for drives: [SynapticDrive], grid: LagGrid, tolerance: Double
  ) -> SolverWork {
    let (plan, perStep, lastLag) = plan(for: drives, grid, tolerance: tolerance)
    let unit = grid.dt / Double(perStep)
    let instants = lastLag > 1 ? 2 : 1
    let frequencies =
      plan.windows.count * plan.nodeCount + instants * LaplaceContour.nodesPerInstant
    let lastWindow = Int((plan.windows.last?.lowerBound ?? 1).rounded(.up))
    return SolverWork(
      nodes: cable.tree.nodeCount, outputs: outputs.rows, windows: plan.windows.count,
      nodesPerWindow: plan.nodeCount,
      frequencies: TreeSweep.columnCount(frequencies: frequencies) / 2,
      drives: drives.map { drive in
        let (first, last) = drive.delay.lags(unit: unit)
        let early = min(max(lastWindow + last, 0), grid.steps * perStep + 1)
        return .init(
          taps: last - first + 1, early: early, late: grid.steps * perStep + 1 - early)
      })
  }
}
