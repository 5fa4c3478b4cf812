public import LinearAlgebra

/// The cable equation in backward Euler steps, as NEURON takes them with synaptic currents at the old
/// time (survey 2.8): first order in dt, for comparison with simulations of that kind.
///
///     (C/dt + g + G) V[n+1] = (C/dt) V[n] + I[n]
///
/// The matrix is constant: it is eliminated once, and every step substitutes for all drives at once.
public struct BackwardEulerSolver: Sendable {
  private let cable: LinearCable
  private let outputs: Matrix

  /// - Parameters:
  ///   - cable: the cell.
  ///   - outputs: transformation matrix, outputs × compartments.
  public init(_ cable: LinearCable, outputs: Matrix) {
    precondition(outputs.columns == cable.compartmentCount, "a column per compartment")
    self.cable = cable
    self.outputs = outputs
  }

  /// Responses to each drive with its delays, which must be weights on the grid.
  public func responses(to drives: [SynapticDrive], grid: LagGrid) -> [DrivenResponse] {
    precondition(
      drives.allSatisfy { if case .grid = $0.delay { true } else { false } },
      "backward Euler steps know the response on the grid alone")
    let lastLag = grid.steps - min(0, drives.map(\.delay.firstLag).min() ?? 0)
    let extended = LagGrid(dt: grid.dt, steps: lastLag)
    return zip(drives, membraneCurrents(drives, grid: extended)).map { drive, currents in
      let count = lastLag + 1
      var raw = Matrix(rows: outputs.rows, columns: count)
      raw.withUnsafeMutableEntries { target in
        outputs.withUnsafeEntries { matrix in
          currents.withUnsafeEntries { source in
            guard let a = matrix.baseAddress, let b = source.baseAddress,
              let c = target.baseAddress
            else { return }
            matrixProduct(
              m: outputs.rows, n: count, k: outputs.columns, a, rowStride: outputs.columns, b,
              rowStride: count, into: c, rowStride: count)
          }
        }
      }
      let values = Matrix(rows: outputs.rows, columns: grid.steps + 1) { target in
        raw.withUnsafeEntries { source in
          guard let response = source.baseAddress, let base = target.baseAddress else { return }
          guard case .grid(let filter) = drive.delay else { return }
          filter.convolve(
            response, outputs: outputs.rows, responseCount: count, rowStride: count,
            count: grid.steps + 1, into: base, targetStride: grid.steps + 1)
        }
      }
      return DrivenResponse(values: values, errorEstimates: nil)
    }
  }

  /// Membrane currents without delays, outward positive, nA: compartments × lags 0 ... steps, for
  /// each drive.
  public func membraneCurrents(_ drives: [SynapticDrive], grid: LagGrid) -> [Matrix] {
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
