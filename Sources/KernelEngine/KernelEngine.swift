package import CableTheory
internal import CellMorphology
internal import LinearAlgebra

/// Computes the kernels of all pathways and probes of a network.
///
/// What can be shared is shared: a postsynaptic cell is cut and its leak summed once, each probe's
/// matrix is made once per cell, and one sweep over the tree serves all presynaptic populations.
public struct KernelEngine: Sendable {
  private let settings: KernelSettings
  let probes: [Probe]
  let cells: [PostsynapticCell]

  /// Validates a network and builds its cells.
  ///
  /// - Throws: `NetworkError` for the first thing that makes its kernels impossible.
  public init(_ network: Network) throws(NetworkError) {
    var stages = KernelStages()
    try self.init(network, stages: &stages)
  }

  /// - Parameter stages: what is known from earlier networks.
  init(_ network: Network, stages: inout KernelStages) throws(NetworkError) {
    try network.validate()
    settings = network.settings
    probes = network.probes
    var cells: [PostsynapticCell] = []
    for population in network.populations {
      guard network.connections.contains(where: { $0.post == population.name }) else { continue }
      guard let model = population.postsynaptic else {
        throw NetworkError(
          .population(population.name), key: "cell",
          "\(population.name) receives synapses, but has no cell and somata")
      }
      cells.append(try PostsynapticCell(population, model, in: network, stages: &stages))
    }
    self.cells = cells
  }

  init(settings: KernelSettings, probes: [Probe], cells: [PostsynapticCell]) {
    self.settings = settings
    self.probes = probes
    self.cells = cells
  }

  /// The statistics of all connections, by postsynaptic population.
  public var connections: [ConnectionStatistics] { cells.flatMap(\.statistics) }

  /// The model cells of all postsynaptic populations.
  public var cellSummaries: [CellSummary] { cells.map(\.summary) }

  /// All kernels: by postsynaptic population, then presynaptic population, then probe.
  ///
  /// - Parameters:
  ///   - pre: the presynaptic populations whose kernels are wanted, nil for all. The others add to
  ///     the effective leak all the same.
  ///   - threads: cells that are computed side by side; BLAS runs on one thread within.
  /// - Throws: `NetworkError` when a probe does not fit a population or the solver cannot reach the
  ///   tolerance.
  public func kernels(
    from pre: Set<String>? = nil, threads: Int = 1
  ) throws(NetworkError) -> [Kernel] {
    let wanted = cells.map { $0.keeping(drivesFrom: pre) }
    let results = BLASThreads.single {
      parallelMap(wanted, threads: threads) { (cell) -> Result<[Kernel], NetworkError> in
        do throws(NetworkError) {
          return .success(try kernels(of: cell, ProbeStack(probes, on: cell)))
        } catch {
          return .failure(error)
        }
      }
    }
    var all: [Kernel] = []
    for result in results { all.append(contentsOf: try result.get()) }
    return all
  }

  /// How much the exact solver has to do for each postsynaptic cell.
  ///
  /// - Parameter pre: as of `kernels`.
  /// - Throws: `NetworkError` when a probe does not fit a population.
  package func work(from pre: Set<String>? = nil) throws(NetworkError) -> [SolverWork] {
    var result: [SolverWork] = []
    for cell in cells.map({ $0.keeping(drivesFrom: pre) }) {
      let stack = try ProbeStack(probes, on: cell)
      result.append(
        SolverWork(
          cell.cable, outputs: stack.matrix.rows, drives: cell.drives.map(\.drive),
          grid: LagGrid(dt: settings.dt, steps: settings.steps), tolerance: settings.tolerance))
    }
    return result
  }

  /// All kernels, one cell after the other, with what is known from earlier networks.
  func kernels(
    from pre: Set<String>?, stages: inout KernelStages
  ) throws(NetworkError) -> [Kernel] {
    var all: [Kernel] = []
    for cell in cells {
      let stack = try stages.withCell(of: cell.population.name) { (own) throws(NetworkError) in
        try own.matrices(probes, on: cell)
      }
      all += try kernels(of: cell.keeping(drivesFrom: pre), stack)
    }
    return all
  }

  private func kernels(
    of cell: PostsynapticCell, _ stack: ProbeStack
  ) throws(NetworkError) -> [Kernel] {
    let grid = LagGrid(dt: settings.dt, steps: settings.steps)
    let drives = cell.drives.map(\.drive)
    let responses: [DrivenResponse]
    switch settings.solver {
    case .backwardEuler:
      responses = BackwardEulerSolver(cell.cable, outputs: stack.matrix)
        .responses(to: drives, grid: grid)
      guard responses.allSatisfy({ $0.values.maximumMagnitude.isFinite }) else {
        throw NetworkError(
          .population(cell.population.name),
          "kernels onto \(cell.population.name) are not finite; are weights and sizes in their "
            + "units?")
      }
    case .exact:
      do {
        responses = try ExactSolver(cell.cable, outputs: stack.matrix, groups: stack.rows)
          .responses(to: drives, grid: grid, tolerance: settings.tolerance)
      } catch {
        throw NetworkError(
          .population(cell.population.name), "kernels onto \(cell.population.name): \(error)")
      }
    }
    return assemble(cell, stack, responses)
  }

  /// Kernels from responses: connections of one pathway summed, lags laid out as asked.
  private func assemble(
    _ cell: PostsynapticCell, _ stack: ProbeStack, _ responses: [DrivenResponse]
  ) -> [Kernel] {
    var pathways: [String] = []
    for (_, pre, _) in cell.drives where !pathways.contains(pre) { pathways.append(pre) }
    var result: [Kernel] = []
    result.reserveCapacity(pathways.count * probes.count)
    for pre in pathways {
      let members = cell.drives.indices.filter { cell.drives[$0].pre == pre }
      for (p, probe) in probes.enumerated() {
        result.append(
          Kernel(
            pre: pre, post: cell.population.name, probe: probe.name,
            values: settings.lagLayout(members.map { responses[$0].values }, rows: stack.rows[p]),
            dt: settings.dt, firstLag: settings.firstLag, unit: stack.units[p],
            errorEstimate: members.compactMap { responses[$0].errorEstimates?[p] }.max()))
      }
    }
    return result
  }
}

extension KernelSettings {
  /// ms.
  var firstLag: Double { lags == .full ? -Double(steps) * dt : dt }

  /// The sum of some rows of responses (lags 0 ... steps), with their value at lag 0 taken off, in the
  /// columns that kernels have.
  fileprivate func lagLayout(_ responses: [Matrix], rows: Range<Int>) -> Matrix {
    let lead = lags == .full ? steps + 1 : 0
    let columns = lead + steps
    return Matrix(rows: rows.count, columns: columns) { target in
      for (e, row) in rows.enumerated() {
        let start = e * columns
        for k in 0..<lead { target[start + k] = 0 }
        for (m, response) in responses.enumerated() {
          response.withUnsafeEntries { source in
            let from = row * (steps + 1)
            let base = source[from]
            for k in 0..<steps {
              let value = source[from + 1 + k] - base
              if m == 0 {
                target[start + lead + k] = value
              } else {
                target[start + lead + k] += value
              }
            }
          }
        }
      }
    }
  }
}
