public import LinearAlgebra

/// The response of a linear cable to synaptic events, exact in time: one tree solve per node of a
/// Laplace contour, then sums of exponentials.
///
/// The number of tree solves depends on the ratio of the last lag to the first and on the tolerance,
/// not on the number of lags. Every result is checked against contours of another shape at the ends
/// of the range of lags and where windows meet, where errors are largest; where the check fails, more
/// nodes are taken, and in the end an error is thrown.
public struct ExactSolver: Sendable {
  private let ensemble: EnsembleSweep
  private let groups: [Range<Int>]

  /// - Parameters:
  ///   - cable: the cell.
  ///   - outputs: transformation matrix, outputs × compartments, acting on membrane currents in nA.
  ///   - groups: rows that are judged together, against their largest value.
  public init(_ cable: LinearCable, outputs: Matrix, groups: [Range<Int>]) {
    self.init(CableEnsemble(cable, outputs: outputs), groups: groups)
  }

  /// - Parameters:
  ///   - ensemble: cells whose outputs add up.
  ///   - groups: rows that are judged together, against their largest value.
  public init(_ ensemble: CableEnsemble, groups: [Range<Int>]) {
    self.ensemble = EnsembleSweep(ensemble)
    self.groups = groups
  }

  private var outputCount: Int { ensemble.outputCount }

  /// Responses to each drive, without and with its delays.
  ///
  /// - Parameters:
  ///   - drives: events, each of one presynaptic population.
  ///   - grid: the lags of the responses.
  ///   - tolerance: allowed error over the largest value of each group, 1e-12 ... 1e-2.
  /// - Throws: `CableError.inaccurate` when the checks fail with ever more nodes.
  public func responses(
    to drives: [SynapticDrive], grid: LagGrid, tolerance: Double = 1e-9
  ) throws(CableError) -> [DrivenResponse] {
    try responses(to: drives.map(EnsembleDrive.init), grid: grid, tolerance: tolerance)
  }

  /// Responses of an ensemble.
  ///
  /// - Throws: `CableError.inaccurate` as above.
  public func responses(
    to drives: [EnsembleDrive], grid: LagGrid, tolerance: Double = 1e-9
  ) throws(CableError) -> [DrivenResponse] {
    var worst = 0.0
    // More nodes, and contours further away from poles, where the checks find too large an error.
    for (factor, margin) in [(1.0, 0.7), (0.1, 0.4), (0.01, 0.25)] {
      let result = try attempt(
        drives, grid, tolerance: max(tolerance * factor, 1e-13), margin: margin)
      worst = result.reduce(0) { largest($0, $1.worst) }
      if worst <= tolerance { return result.map(\.response) }
    }
    throw .inaccurate(estimate: worst, tolerance: tolerance)
  }

  /// A response, and its largest error beyond rounding.
  private struct Judged {
    let response: DrivenResponse
    let worst: Double
  }

  private func attempt(
    _ drives: [EnsembleDrive], _ grid: LagGrid, tolerance: Double, margin: Double
  ) throws(CableError) -> [Judged] {
    // Integrals over delays may need the response at fractions of a step.
    let perStep = drives.reduce(1) { max($0, $1.delay.panelsPerStep) }
    // A gamma density's cut is a stronger singularity than a pole: it needs some more nodes.
    let hasGamma = drives.contains { if case .gamma = $0.delay { true } else { false } }
    let aim = tolerance * (hasGamma ? 0.0025 : 0.25)
    let unit = grid.dt / Double(perStep)
    let lastLag =
      perStep * max(1, grid.steps - min(0, drives.map(\.delay.firstLag).min() ?? 0))
    let plan = ContourPlan(
      .init(
        lastLag: lastLag, nodes: ensemble.solvedNodeCount, outputs: outputCount,
        delays: drives.map { $0.delay.lags(unit: unit) }, steps: grid.steps * perStep,
        tolerance: aim))
    // A contour for one instant needs few nodes, and takes quite another way.
    let instants = lastLag > 1 ? [1.0, Double(lastLag)] : [1.0]
    let extras = drives.map { $0.delay.extraWindows(dt: grid.dt, unit: unit) }
    let contours = try contours(
      plan, instants, extras.flatMap { $0 }, unit, tolerance, margin)
    let shared = plan.windows.count + instants.count
    var results: [Judged] = []
    results.reserveCapacity(drives.count)
    var nextExtra = shared
    transfer(contours, drives) { index, sums in
      let own = Array(sums[nextExtra..<nextExtra + extras[index].count])
      nextExtra += extras[index].count
      let response = WindowedResponse(
        windows: plan.windows, sums: Array(sums[..<plan.windows.count]), dt: unit,
        lastLag: lastLag)
      let values = response.delayed(
        by: drives[index].delay, grid: grid, perStep: perStep, extras: own)
      let checks = Array(sums[plan.windows.count..<shared])
      let differences = response.differences(
        from: Array(zip(instants, checks)), delay: drives[index].delay)
      results.append(judge(values, differences, drives[index]))
    }
    return results
  }

  /// The contours of a plan's windows, of checks, and of what delays need besides.
  private func contours(
    _ plan: ContourPlan, _ instants: [Double], _ extras: [ClosedRange<Double>], _ unit: Double,
    _ tolerance: Double, _ margin: Double
  ) throws(CableError) -> [LaplaceContour] {
    let poles = ensemble.poles
    var result: [LaplaceContour] = []
    func add(_ first: Double, _ last: Double, _ nodeCount: Int) throws(CableError) {
      guard
        let contour = poles.contour(
          first: first, last: last, nodeCount: nodeCount, margin: margin)
      else {
        throw .resonant
      }
      result.append(contour)
    }
    for window in plan.windows {
      try add(window.lowerBound * unit, window.upperBound * unit, plan.nodeCount)
    }
    for instant in instants {
      // Good to 2e-12; a wider window amplifies rounding less, and opens wider for poles off the axis.
      if ensemble.hasRelaxations {
        try add(instant * unit / 20, instant * unit * 1.5, 38)
      } else if tolerance >= 1e-10 {
        try add(instant * unit, instant * unit, 12)
      } else {
        try add(instant * unit / 2, instant * unit * 3, 30)
      }
    }
    for window in extras {
      try add(
        window.lowerBound, window.upperBound, window.lowerBound == window.upperBound ? 16 : 18)
    }
    return result
  }

  /// Hands `body` for each drive one sum of exponentials per contour.
  private func transfer(
    _ contours: [LaplaceContour], _ drives: [EnsembleDrive],
    body: (_ drive: Int, [ExponentialSum]) -> Void
  ) {
    let transfers = ensemble.transfers(
      at: contours.flatMap(\.nodes), weights: drives.map(\.weights))
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

  /// Per group of outputs the largest difference over the largest value.
  private func judge(_ values: Matrix, _ differences: [Double], _ drive: EnsembleDrive) -> Judged {
    var estimates: [Double] = []
    var worst = 0.0
    for rows in groups {
      let difference = rows.reduce(0.0) { largest($0, differences[$1]) }
      let peak = rows.reduce(0.0) { values.largestMagnitude(row: $1, atLeast: $0) }
      // Where all but cancels (one compartment, lags that are short for the cell) rounding is all that
      // is left of an error: it is told, but no more nodes would help.
      let rounding = 1e-13 * ensemble.largestOutput(of: rows, weights: drive.weights)
      let relative = difference == 0 ? 0 : difference / peak
      estimates.append(relative)
      if !(difference <= rounding) || !peak.isFinite {
        worst = largest(worst, peak.isFinite ? relative : .nan)
      }
    }
    return Judged(
      response: DrivenResponse(values: values, errorEstimates: estimates), worst: worst)
  }
}

/// The larger of two numbers; NaN when either is.
func largest(_ a: Double, _ b: Double) -> Double { a.isNaN || b.isNaN ? .nan : max(a, b) }

extension Delay {
  fileprivate var panelsPerStep: Int {
    switch self {
    case .grid, .gamma: 1
    case .continuous(let delay): delay.panelsPerStep
    }
  }

  /// First and last lag, in units.
  fileprivate func lags(unit: Double) -> (first: Int, last: Int) {
    switch self {
    case .grid(let filter): (filter.firstLag, filter.lastLag)
    case .continuous(let delay): (0, Int((delay.end / unit).rounded(.up)))
    case .gamma: (0, 0)
    }
  }

  /// Windows of time (ms) in which an integral over delays needs the response besides its own.
  fileprivate func extraWindows(dt: Double, unit: Double) -> [ClosedRange<Double>] {
    switch self {
    case .grid: []
    case .continuous(let delay): delay.extraWindows(dt: dt, unit: unit)
    case .gamma(let delay): delay.extraWindows(dt: dt, unit: unit)
    }
  }
}

extension LaplaceContour {
  /// The sum of exponentials that inverts transfer × time course.
  ///
  /// - Parameter transfers: outputs × columns of `TreeSweep`.
  func sum(
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
            let value = Complex(source[column], source[column + TreeSweep.laneCount])
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
  func largestMagnitude(row index: Int, atLeast least: Double) -> Double {
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
