public import LinearAlgebra

/// The cable equation in backward Euler steps, as NEURON takes them with synaptic currents at the old
/// time: first order in dt, for comparison with simulations of that kind.
///
///     (C/dt + g + G) V[n+1] = (C/dt) V[n] + I[n]
///
/// The matrix is constant: it is eliminated once, and every step substitutes for all drives at once.
public struct BackwardEulerSolver: Sendable {
  private let ensemble: CableEnsemble

  /// - Parameters:
  ///   - cable: the cell.
  ///   - outputs: transformation matrix, outputs × compartments.
  public init(_ cable: LinearCable, outputs: Matrix) {
    self.init(CableEnsemble(cable, outputs: outputs))
  }

  /// - Parameter ensemble: cells whose outputs add up.
  public init(_ ensemble: CableEnsemble) { self.ensemble = ensemble }

  /// Responses to each drive with its delays, which must be weights on the grid.
  public func responses(to drives: [SynapticDrive], grid: LagGrid) -> [DrivenResponse] {
    responses(to: drives.map(EnsembleDrive.init), grid: grid)
  }

  /// Responses of an ensemble to each drive with its delays, which must be weights on the grid.
  public func responses(to drives: [EnsembleDrive], grid: LagGrid) -> [DrivenResponse] {
    precondition(
      drives.allSatisfy { if case .grid = $0.delay { true } else { false } },
      "backward Euler steps know the response on the grid alone")
    let lastLag = grid.steps - min(0, drives.map(\.delay.firstLag).min() ?? 0)
    let extended = LagGrid(dt: grid.dt, steps: lastLag)
    let count = lastLag + 1
    let outputs = ensemble.members[0].outputs.rows
    var sums = drives.map { _ in Matrix(rows: outputs, columns: count) }
    for (m, member) in ensemble.members.enumerated() {
      let own = drives.map {
        SynapticDrive(weights: $0.weights[m], timeCourse: $0.timeCourse, delay: $0.delay)
      }
      let currents = BackwardEulerSolver.membraneCurrents(own, of: member.cable, grid: extended)
      for d in drives.indices { sums[d].add(member.outputs, times: currents[d]) }
    }
    return zip(drives, sums).map { drive, raw in
      let values = Matrix(rows: outputs, columns: grid.steps + 1) { target in
        raw.withUnsafeEntries { source in
          guard let response = source.baseAddress, let base = target.baseAddress else { return }
          guard case .grid(let filter) = drive.delay else { return }
          filter.convolve(
            response, outputs: outputs, responseCount: count, rowStride: count,
            count: grid.steps + 1, into: base, targetStride: grid.steps + 1)
        }
      }
      return DrivenResponse(values: values, errorEstimates: nil)
    }
  }

  /// Membrane currents without delays, outward positive, nA: compartments × lags 0 ... steps, for
  /// each drive.
  public func membraneCurrents(_ drives: [SynapticDrive], grid: LagGrid) -> [Matrix] {
    BackwardEulerSolver.membraneCurrents(drives, of: ensemble.members[0].cable, grid: grid)
  }

  private static func membraneCurrents(
    _ drives: [SynapticDrive], of cable: LinearCable, grid: LagGrid
  ) -> [Matrix] {
    let tree = cable.tree
    let (nodes, lanes, columns) = (tree.nodeCount, drives.count, grid.steps + 1)
    var stepper = EulerStepper(cable, dt: grid.dt, lanes: lanes)
    var result = drives.map { _ in Matrix(rows: cable.compartmentCount, columns: columns) }
    var potential = [Double](repeating: 0, count: nodes * lanes)
    var axial = potential
    var weights = potential
    for i in 0..<nodes where tree.compartment[i] >= 0 {
      for (lane, drive) in drives.enumerated() {
        weights[i * lanes + lane] = drive.weights[tree.compartment[i]]
      }
    }
    for n in 0..<grid.steps {
      let courses = drives.map { $0.timeCourse.value(at: Double(n) * grid.dt) }
      stepper.step(&potential, &axial, weights: weights, courses: courses)
      for lane in 0..<lanes {
        result[lane].withUnsafeMutableEntries { entries in
          for i in 0..<nodes {
            let current = axial[i * lanes + lane]
            let own = tree.compartment[i]
            if own >= 0 { entries[own * columns + n + 1] += current }
            // A junction has no membrane: what enters it leaves to its children.
            let above = i > 0 ? tree.compartment[tree.parent[i]] : -1
            if above >= 0 { entries[above * columns + n + 1] -= current }
          }
        }
      }
    }
    return result
  }
}

extension Matrix {
  /// Adds the product of two matrices.
  fileprivate mutating func add(_ left: Matrix, times right: Matrix) {
    withUnsafeMutableEntries { target in
      left.withUnsafeEntries { a in
        right.withUnsafeEntries { b in
          guard let a = a.baseAddress, let b = b.baseAddress, let c = target.baseAddress else {
            return
          }
          matrixProduct(
            m: left.rows, n: right.columns, k: left.columns, a, rowStride: left.columns, b,
            rowStride: right.columns, beta: 1, into: c, rowStride: right.columns)
        }
      }
    }
  }
}
