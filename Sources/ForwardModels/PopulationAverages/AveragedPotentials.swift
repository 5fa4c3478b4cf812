internal import CellMorphology
internal import LinearAlgebra

/// A model of potentials whose mean over a population is a sum of means of 1 / distance.
protocol AveragedPotential: AveragedModel {
  var contacts: [SIMD3<Double>] { get }
  var surfaces: [ContactSurface] { get }

  /// Plans for groups of compartments, which together are all.
  func averagingPlans(
    _ compartments: Compartments
  ) throws -> [(columns: [Int], plan: AveragingPlan)]
}

extension AveragedPotential {
  func average(
    over population: SomaDistribution, _ spread: DepthSpread, _ compartments: Compartments,
    tolerance: Double
  ) throws -> PopulationMatrix? {
    guard population.radius > 0 else { return nil }
    let plans = try averagingPlans(compartments)
    var result = Matrix(rows: contacts.count, columns: compartments.count)
    var largestError = 0.0
    for (columns, plan) in plans where !columns.isEmpty {
      let block = averagedRows(plan, population, spread, tolerance: tolerance)
      largestError = max(largestError, plan.factor * (block.errors.max() ?? 0))
      for j in contacts.indices {
        for (k, i) in columns.enumerated() {
          result[j, i] = plan.factor * block.values[j * columns.count + k]
        }
      }
    }
    return PopulationMatrix(
      matrix: result, relativeError: largestError / result.maximumMagnitude)
  }

  /// Means of 1 / distance, contacts × the plan's sources.
  private func averagedRows(
    _ plan: AveragingPlan, _ population: SomaDistribution, _ spread: DepthSpread, tolerance: Double
  ) -> (values: [Double], errors: [Double]) {
    let rules = contacts.indices.map { j in
      ContactRules(
        surface: surfaces.isEmpty ? nil : surfaces[surfaces.count == 1 ? 0 : j],
        center: contacts[j], rotation: population.rotation, isRound: plan.widthScale == 1)
    }
    let radial = contacts.map { ($0.x * $0.x + $0.y * $0.y).squareRoot() }.max() ?? 0
    let reach = (surfaces.map(\.reach).max() ?? 0) + (population.rotation ? radial : 0)
    // With surfaces, the errors of centres and of differences from them add up.
    let share = surfaces.isEmpty ? 1 : 1.0 / 3
    let mean = MeanPotential(
      plan, radius: population.radius, spread: spread, contacts: contacts, reach: reach,
      tolerance: share * tolerance)
    let count = plan.sources.count
    if rules.allSatisfy(\.isPoint) {
      return mean.rows(
        contacts.map { ContactNode(offset: $0, weight: 1) }, columns: Array(0..<count))
    }
    var (values, errors) = ([Double](), [Double]())
    for j in contacts.indices {
      let row =
        rules[j].isPoint
        ? mean.rows([ContactNode(offset: contacts[j], weight: 1)], columns: Array(0..<count))
        : mean.row(
          contact: contacts[j], rules: rules[j], columns: count,
          tolerance: (surfaces.isEmpty ? 0.3 : 0.15) * tolerance * mean.scale)
      values += row.values
      errors += row.errors
    }
    return (values, errors)
  }
}

extension ContactSurface {
  /// How far the surface reaches from its centre, um.
  var reach: Double {
    switch shape {
    case .disc(let radius): radius
    case .square(let side): side
    case .rectangle(let width, let height): width + height
    }
  }
}

extension PointSourcePotential: AveragedPotential {
  func averagingPlans(_ cell: Compartments) -> [(columns: [Int], plan: AveragingPlan)] {
    let all = Array(0..<cell.count)
    return [(all, AveragingPlan(cell, points: Set(all), conductivity: conductivity))]
  }
}

extension LineSourcePotential: AveragedPotential {
  func averagingPlans(_ cell: Compartments) -> [(columns: [Int], plan: AveragingPlan)] {
    [(Array(0..<cell.count), AveragingPlan(cell, points: [], conductivity: conductivity))]
  }
}

extension SomaAsPointPotential: AveragedPotential {
  func averagingPlans(_ cell: Compartments) throws -> [(columns: [Int], plan: AveragingPlan)] {
    try requirePointCompartments(pointCompartments, of: cell.count)
    let plan = AveragingPlan(cell, points: Set(pointCompartments), conductivity: conductivity)
    return [(Array(0..<cell.count), plan)]
  }
}

/// Cells that the spread in depth puts out of the slice count as if the sums of images held there.
extension SlicePotential: AveragedPotential {
  func averagingPlans(
    _ compartments: Compartments
  ) throws -> [(columns: [Int], plan: AveragingPlan)] {
    var cell = compartments
    if let squeeze { cell = try slice.squeezed(cell, by: squeeze) }
    try slice.requireInside(cell)
    var points = Set<Int>()
    switch source {
    case .points: points = Set(0..<cell.count)
    case .lines: break
    case .linesAndPoints(let indices):
      try requirePointCompartments(indices, of: cell.count)
      points = Set(indices)
    }
    let groups = [points.sorted(), (0..<cell.count).filter { !points.contains($0) }]
    return zip(groups, [points, []]).map { columns, points in
      (columns, AveragingPlan(cell, columns, points: points, slice: slice))
    }
  }
}

extension ECoGPotential: AveragedModel {
  func average(
    over population: SomaDistribution, _ spread: DepthSpread, _ compartments: Compartments,
    tolerance: Double
  ) throws -> PopulationMatrix? {
    try potential.average(over: population, spread, compartments, tolerance: tolerance)
  }
}
