public import LinearAlgebra

/// The response of a linear cable to synaptic events, exact in time: one tree solve per node of a
/// Laplace contour, then sums of exponentials (physics.md, "Two solvers").
///
/// The number of tree solves depends on the ratio of the last lag to the first and on the tolerance,
/// not on the number of lags. Every result is checked against contours of another shape at the ends
/// of the range of lags and where windows meet, where errors are largest; where the check fails, more
/// nodes are taken, and in the end an error is thrown.
public struct ExactSolver: Sendable {
  private let cable: LinearCable
  private let sweep: TreeSweep

  /// Outputs × nodes, differences along the tree.
  private let outputs: Matrix
  private let groups: [Range<Int>]

  /// - Parameters:
  ///   - outputs: transformation matrix, outputs × compartments, acting on membrane currents in nA.
  ///   - groups: rows that are judged together, against their largest value.
  public init(_ cable: LinearCable, outputs: Matrix, groups: [Range<Int>]) {
    precondition(outputs.columns == cable.compartmentCount, "a column per compartment")
    self.cable = cable
    self.groups = groups
    self.outputs = cable.axialOutputs(of: outputs)
    sweep = TreeSweep(cable)
  }

  /// Responses to each drive, without and with its delays.
  ///
  /// - Parameter tolerance: allowed error over the largest value of each group, 1e-12 ... 1e-2.
  /// - Throws: `CableError.inaccurate` when the checks fail with ever more nodes.
  public func responses(
    to drives: [SynapticDrive], grid: LagGrid, tolerance: Double = 1e-9
  ) throws(CableError) -> [DrivenResponse] {
    var worst = 0.0
    // First more nodes; then wider contours, where resonances put poles off the axis.
    let attempts: [(tolerance: Double, widening: Double)] =
      [(tolerance, 1)]
      + (cable.relaxations.isEmpty
        ? [(tolerance * 1e-1, 1), (tolerance * 1e-2, 1)]
        : [2, 4, 8, 16, 32, 64].map { (tolerance, $0) })
    for (aim, widening) in attempts {
      let result = attempt(drives, grid, tolerance: max(aim, 1e-13), widening: widening)
      worst = result.reduce(0) { max($0, $1.errorEstimates?.max() ?? 0) }
      if worst <= tolerance { return result }
    }
    throw .inaccurate(estimate: worst, tolerance: tolerance)
  }

  private func attempt(
    _ drives: [SynapticDrive], _ grid: LagGrid, tolerance: Double, widening: Double
  ) -> [DrivenResponse] {
    // Integrals over delays may need the response at fractions of a step.
    let perStep = drives.reduce(1) { max($0, $1.delay.panelsPerStep) }
    let unit = grid.dt / Double(perStep)
    let lastLag =
      perStep * max(1, grid.steps - min(0, drives.map(\.delay.firstLag).min() ?? 0))
    let plan = ContourPlan(
      .init(
        lastLag: lastLag, nodes: cable.tree.nodeCount, outputs: outputs.rows,
        delays: drives.map { $0.delay.lags(unit: unit) }, steps: grid.steps * perStep,
        tolerance: tolerance / 4))
    var contours = plan.windows.map {
      LaplaceContour(
        first: $0.lowerBound * unit, last: $0.upperBound * unit, nodeCount: plan.nodeCount,
        widening: widening)
    }
    // A contour for one instant needs few nodes, and takes quite another way.
    let instants = lastLag > 1 ? [1.0, Double(lastLag)] : [1.0]
    contours += instants.map {
      LaplaceContour(checking: $0 * unit, tolerance: tolerance, widening: widening)
    }
    let shared = contours.count
    var extras: [Range<Int>] = []
    for drive in drives {
      let first = contours.count
      contours += drive.delay.extraContours(dt: grid.dt, unit: unit, widening: widening)
      extras.append(first..<contours.count)
    }
    var results: [DrivenResponse] = []
    results.reserveCapacity(drives.count)
    transfer(contours, drives) { index, sums in
      let drive = drives[index]
      let response = WindowedResponse(
        windows: plan.windows, sums: Array(sums[..<plan.windows.count]), dt: unit,
        lastLag: lastLag)
      let values =
        switch drive.delay {
        case .grid(let filter): response.delayed(by: filter, perStep: perStep, steps: grid.steps)
        case .continuous(let delay):
          response.delayed(
            by: delay, steps: grid.steps, dt: grid.dt, extras: Array(sums[extras[index]]))
        }
      let differences = response.differences(
        from: Array(zip(instants, sums[plan.windows.count..<shared])))
      results.append(
        DrivenResponse(
          values: values, errorEstimates: relativeErrors(differences, values, drive)))
    }
    return results
  }

  /// Hands `body` for each drive one sum of exponentials per contour.
  private func transfer(
    _ contours: [LaplaceContour], _ drives: [SynapticDrive],
    body: (_ drive: Int, [ExponentialSum]) -> Void
  ) {
    let frequencies = contours.flatMap(\.nodes)
    let columns = TreeSweep.columnCount(frequencies: frequencies.count)
    let (rows, nodes) = (outputs.rows, outputs.columns)
    var transfers = drives.map { _ in Matrix(rows: rows, columns: columns) }
    // Some frequencies at a time: all currents along the tree would not fit the cache.
    let perChunk = 64
    for first in stride(from: 0, to: frequencies.count, by: perChunk) {
      let chunk = Array(frequencies[first..<min(first + perChunk, frequencies.count)])
      let width = TreeSweep.columnCount(frequencies: chunk.count)
      sweep.axialCurrents(frequencies: chunk, sources: drives.map(\.weights)) {
        source, currents in
        guard nodes > 1 else { return }
        transfers[source].withUnsafeMutableEntries { target in
          outputs.withUnsafeEntries { entries in
            guard let base = target.baseAddress, let matrix = entries.baseAddress else { return }
            matrixProduct(
              m: rows, n: width, k: nodes - 1, matrix + 1, rowStride: nodes, currents + width,
              rowStride: width, into: base + 2 * first, rowStride: columns)
          }
        }
      }
    }
    for (index, drive) in drives.enumerated() {
      var first = 0
      let sums = contours.map { contour in
        defer { first += contour.nodes.count }
        return contour.sum(
          transfers[index], firstFrequency: first, timeCourse: drive.timeCourse)
      }
      body(index, sums)
    }
  }

  /// Per group the largest difference over the largest value.
  private func relativeErrors(
    _ differences: [Double], _ values: Matrix, _ drive: SynapticDrive
  ) -> [Double] {
    let injected = drive.weights.reduce(0) { $0 + abs($1) }
    return groups.map { rows in
      let difference = rows.reduce(0) { max($0, differences[$1]) }
      let largest = rows.reduce(0.0) { values.largestMagnitude(row: $1, atLeast: $0) }
      // Where all cancels (one compartment, a dipole of symmetry) rounding is all there is.
      let rounding =
        1e-13 * injected * rows.reduce(0) { outputs.largestMagnitude(row: $1, atLeast: $0) }
      if difference <= rounding { return largest > 0 ? min(1e-13, difference / largest) : 0 }
      return difference / largest
    }
  }
}

extension Delay {
  fileprivate var panelsPerStep: Int {
    switch self {
    case .grid: 1
    case .continuous(let delay): delay.panelsPerStep
    }
  }

  /// First and last lag, in units.
  fileprivate func lags(unit: Double) -> (first: Int, last: Int) {
    switch self {
    case .grid(let filter): (filter.firstLag, filter.lastLag)
    case .continuous(let delay): (0, Int((delay.end / unit).rounded(.up)))
    }
  }

  fileprivate func extraContours(dt: Double, unit: Double, widening: Double)
    -> [LaplaceContour]
  {
    guard case .continuous(let delay) = self else { return [] }
    return delay.extraWindows(dt: dt, unit: unit).map {
      LaplaceContour(
        first: $0.lowerBound, last: $0.upperBound,
        nodeCount: $0.lowerBound == $0.upperBound ? 16 : 18, widening: widening)
    }
  }
}

extension LaplaceContour {
  /// For a check at one instant, where few nodes are good to 2e-12; a wider window amplifies rounding
  /// less.
  fileprivate init(checking instant: Double, tolerance: Double, widening: Double) {
    if tolerance >= 1e-10 {
      self.init(first: instant, last: instant, nodeCount: 12, widening: widening)
    } else {
      self.init(first: instant / 2, last: instant * 3, nodeCount: 30, widening: widening)
    }
  }

  /// The sum of exponentials that inverts transfer × time course.
  ///
  /// - Parameter transfers: outputs × columns of `TreeSweep`.
  fileprivate func sum(
    _ transfers: Matrix, firstFrequency: Int, timeCourse: SynapticTimeCourse
  ) -> ExponentialSum {
    let n = nodes.count
    let factors = zip(nodes, weights).map { timeCourse.transform($0) * $1 }
    let coefficients = [Double](unsafeUninitializedCapacity: 2 * n * transfers.rows) {
      target, count in
      transfers.withUnsafeEntries { source in
        for e in 0..<transfers.rows {
          for k in 0..<n {
            let column = e * transfers.columns + TreeSweep.realColumn(firstFrequency + k)
            let value = Complex(source[column], source[column + TreeSweep.Lanes.scalarCount])
            let product = value * factors[k]
            target[2 * (e * n + k)] = product.re
            target[2 * (e * n + k) + 1] = product.im
          }
        }
      }
      count = 2 * n * transfers.rows
    }
    return ExponentialSum(
      exponents: nodes, coefficients: coefficients, outputs: transfers.rows)
  }
}

extension Matrix {
  fileprivate func largestMagnitude(row index: Int, atLeast least: Double) -> Double {
    withUnsafeEntries { entries in
      var lanes = SIMD4<Double>(repeating: least)
      let start = index * columns
      var j = 0
      while j + 4 <= columns {
        let v = SIMD4(
          entries[start + j], entries[start + j + 1], entries[start + j + 2],
          entries[start + j + 3])
        let magnitude = v.replacing(with: -v, where: v .< 0)
        lanes = lanes.replacing(with: magnitude, where: .!(magnitude .<= lanes))
        j += 4
      }
      var largest = lanes.max()
      if lanes[0].isNaN || lanes[1].isNaN || lanes[2].isNaN || lanes[3].isNaN { largest = .nan }
      while j < columns {
        let magnitude = abs(entries[start + j])
        if !(magnitude <= largest) { largest = magnitude }
        j += 1
      }
      return largest
    }
  }
}
