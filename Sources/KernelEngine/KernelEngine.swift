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
          var stages = KernelStages()
          return .success(
            try kernels(of: cell, stages: &stages, from: pre) { (cell, _) throws(NetworkError) in
              try ProbeStack(probes, on: cell)
            })
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
          cell.ensemble(stack.matrices), drives: cell.drives.map(\.drive),
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
      all += try kernels(of: cell.keeping(drivesFrom: pre), stages: &stages, from: pre) {
        (cell, stages) throws(NetworkError) in
        try stages.withCell(of: cell.population.name) { (own) throws(NetworkError) in
          try own.matrices(probes, on: cell)
        }
      }
    }
    return all
  }

  /// The kernels onto one population, with as many depths of somata as the tolerance needs.
  ///
  /// - Parameter stack: makes the matrices of all probes on a cell.
  private func kernels(
    of cell: PostsynapticCell, stages: inout KernelStages, from pre: Set<String>?,
    _ stack: (PostsynapticCell, inout KernelStages) throws(NetworkError) -> ProbeStack
  ) throws(NetworkError) -> [Kernel] {
    var cell = cell
    while true {
      let kernels = try kernels(of: cell, stack(cell, &stages))
      let worst = kernels.reduce(0) { max($0, $1.averageError ?? 0) }
      if worst <= settings.averageTolerance { return kernels }
      guard cell.effort < KernelEngine.mostEffort else {
        throw NetworkError(
          .population(cell.population.name), key: "somata.depth",
          "the mean over depths of somata is known to \(worst) of a kernel's maximum, not to "
            + "\(settings.averageTolerance); allow a larger time.average_tolerance")
      }
      cell = try cell.refined(stages: &stages).keeping(drivesFrom: pre)
    }
  }

  private static let mostEffort = 5

  private func kernels(
    of cell: PostsynapticCell, _ stack: ProbeStack
  ) throws(NetworkError) -> [Kernel] {
    let grid = LagGrid(dt: settings.dt, steps: settings.steps)
    let drives = cell.drives.map(\.drive)
    let ensemble = cell.ensemble(stack.matrices)
    let responses: [DrivenResponse]
    var averageErrors: [[Double]]?
    switch settings.solver {
    case .backwardEuler:
      let solver = BackwardEulerSolver(ensemble)
      responses = solver.responses(to: drives, grid: grid)
      guard responses.allSatisfy({ $0.values.maximumMagnitude.isFinite }) else {
        throw NetworkError(
          .population(cell.population.name),
          "kernels onto \(cell.population.name) are not finite; are weights and sizes in their "
            + "units?")
      }
      if !stack.last.isEmpty {
        let last = BackwardEulerSolver(cell.ensemble(stack.last))
          .responses(to: drives, grid: grid)
        averageErrors = zip(responses, last).map { response, last in
          stack.averageErrors(
            fromLast: stack.rows.map {
              last.values.largest(in: $0) / response.values.largest(in: $0)
            })
        }
      }
    case .exact:
      do {
        responses = try ExactSolver(ensemble, groups: stack.rows)
          .responses(to: drives, grid: grid, tolerance: settings.tolerance)
        if !stack.last.isEmpty {
          averageErrors = try AverageErrors(
            cell.cables, outputs: stack.matrices, last: stack.last, groups: stack.rows
          ).estimates(drives, grid: grid).map { stack.averageErrors(fromLast: $0) }
        }
      } catch {
        throw NetworkError(
          .population(cell.population.name), "kernels onto \(cell.population.name): \(error)")
      }
    }
    if settings.average == .joint && averageErrors == nil {
      averageErrors = drives.map { _ in stack.rows.map { _ in 0 } }
    }
    return assemble(cell, stack, responses, averageErrors)
  }

  /// Kernels from responses: connections of one pathway summed, lags laid out as asked.
  private func assemble(
    _ cell: PostsynapticCell, _ stack: ProbeStack, _ responses: [DrivenResponse],
    _ averageErrors: [[Double]]?
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
            errorEstimate: members.compactMap { responses[$0].errorEstimates?[p] }.max(),
            averageError: averageErrors.map { errors in members.map { errors[$0][p] }.max() ?? 0 }))
      }
    }
    return result
  }
}

extension Matrix {
  /// The largest magnitude in some rows.
  fileprivate func largest(in rows: Range<Int>) -> Double {
    rows.reduce(0) { row($1).reduce($0) { max($0, abs($1)) } }
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
