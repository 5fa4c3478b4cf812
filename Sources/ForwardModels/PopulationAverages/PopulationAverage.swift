public import CellMorphology
public import LinearAlgebra

/// The mean of a forward model's matrix over the cells of a population.
///
/// Somata are spread evenly over a disc about the z axis and in depth by a distribution, and each cell
/// may be rotated by any angle about the vertical through its own soma. The compartments that a matrix
/// is asked for are those of the model cell: with its soma on the z axis, at the mean depth. So the cell
/// is moved by what the depths differ from their mean.
///
/// Nothing is random: potentials of points and lines in homogeneous media and in slices of tissue are
/// means over one smooth function of distance and depth (`SpreadDiscPotential`; `EllipsePotential` where
/// conductivities along x and y differ), current source densities means over exact overlaps of discs and volumes. In a
/// sphere, what its surface adds is summed over cells, and the rest is as in an infinite medium.
/// Other models are summed over cells by a lattice rule, and say where that is not enough.
public struct PopulationAverage: ForwardModel {
  /// The model of one cell.
  public let model: any ForwardModel

  public let population: SomaDistribution

  /// Allowed error, relative to the largest entry of the matrix.
  public let tolerance: Double

  /// The most cells that a lattice rule may take.
  public let mostCells: Int

  /// - Throws: `ForwardModelError` when the tolerance is not between 1e-9 and 1 or there are fewer than
  ///   256 cells.
  public init(
    of model: any ForwardModel, over population: SomaDistribution, tolerance: Double = 1e-6,
    mostCells: Int = 1 << 17
  ) throws {
    guard tolerance >= 1e-9, tolerance < 1 else {
      throw ForwardModelError(
        parameter: "tolerance",
        "tolerance is \(tolerance); it is relative to the largest entry, from 1e-9 to below 1")
    }
    guard mostCells >= 256 else {
      throw ForwardModelError(
        parameter: "mostCells", "mostCells is \(mostCells); it must be at least 256")
    }
    self.model = model
    self.population = population
    self.tolerance = tolerance
    self.mostCells = mostCells
  }

  public var unit: String { model.unit }
  public var positions: [SIMD3<Double>] { model.positions }
  public var outputNames: [String] { model.outputNames }

  /// The mean matrix.
  ///
  /// - Throws: what the model throws, and `ForwardModelError` as `mean(for:)`.
  public func transformationMatrix(for compartments: Compartments) throws -> Matrix {
    try mean(for: compartments).matrix
  }

  /// The mean matrix and its estimated error.
  ///
  /// - Throws: what the model throws for the cell at the mean depth (for some models, anywhere in the
  ///   population), and `ForwardModelError` where the tolerance is not reached.
  public func mean(for compartments: Compartments) throws -> PopulationMatrix {
    try requireFinite(compartments)
    let spread = try population.depthSpread(accuracy: 1e-3 * tolerance)
    let single = population.radius == 0 && spread.isSingle && !population.rotation
    if single || compartments.count == 0 {
      let matrix = try model.transformationMatrix(for: compartments)
      return PopulationMatrix(matrix: matrix, relativeError: 0)
    }
    var result: PopulationMatrix?
    if let model = model as? any AveragedModel {
      // The errors of several terms add up: where they exceed the tolerance, each has to be smaller.
      for effort in [1, 0.3, 0.05] {
        result = try model.average(
          over: population, spread, compartments, tolerance: effort * tolerance)
        guard let found = result, found.relativeError > tolerance else { break }
      }
    }
    let mean = try result ?? lattice(compartments).mean(tolerance: tolerance)
    guard mean.relativeError <= tolerance else {
      throw ForwardModelError(
        parameter: "tolerance",
        "the mean over the population is known to \(mean.relativeError) of the largest entry, not "
          + "to \(tolerance); allow a larger tolerance")
    }
    return mean
  }

  /// The standard deviation over the cells of each entry, and its estimated error relative to the
  /// largest: how far the matrix of one cell is from the mean.
  ///
  /// By a lattice rule over cells. Squares are large where a contact is close to a thin compartment; for
  /// points and lines in an isotropic medium and contacts that are points, what they are larger by than
  /// for thick compartments is integrated on its own. With rotations that takes long, and is done for
  /// matrices of up to 1000 entries.
  /// - Throws: what the model throws for any cell, and `ForwardModelError` where the tolerance is not
  ///   reached with `mostCells` cells.
  public func standardDeviation(
    for compartments: Compartments, tolerance: Double = 1e-3
  ) throws -> PopulationMatrix {
    try requireFinite(compartments)
    let spread = try population.depthSpread(accuracy: 1e-3 * tolerance)
    if population.radius == 0 && spread.isSingle && !population.rotation {
      let matrix = try model.transformationMatrix(for: compartments)
      return PopulationMatrix(
        matrix: Matrix(rows: matrix.rows, columns: matrix.columns), relativeError: 0)
    }
    if let model = model as? any AveragedModel, compartments.count > 0,
      let split = try model.splitSquares(
        over: population, spread, compartments, tolerance: tolerance)
    {
      return try lattice(split.smooth).standardDeviation(tolerance: tolerance, split)
    }
    return try lattice(compartments).standardDeviation(tolerance: tolerance)
  }

  private func lattice(_ compartments: Compartments) throws -> LatticeAverage {
    try LatticeAverage(model, population, compartments, mostCells: mostCells)
  }

  private func requireFinite(_ compartments: Compartments) throws(ForwardModelError) {
    for i in 0..<compartments.count {
      let sum = compartments.start(i).sum() + compartments.end(i).sum() + compartments.diameter[i]
      guard sum.isFinite else {
        throw ForwardModelError(
          parameter: "compartments", "compartment \(i) has a number that is not finite")
      }
    }
  }
}

/// A matrix over a population and how well it is known.
public struct PopulationMatrix: Sendable, Equatable {
  /// Outputs × compartments, in the model's unit per nA.
  public var matrix: Matrix

  /// The estimated error of any entry, relative to the largest.
  public var relativeError: Double
}

/// A model whose mean over a population needs no sum over cells.
protocol AveragedModel: ForwardModel {
  /// The mean; nil where this model, as it is, has no such form.
  func average(
    over population: SomaDistribution, _ spread: DepthSpread, _ compartments: Compartments,
    tolerance: Double
  ) throws -> PopulationMatrix?

  /// Means of squares in two parts; nil where this model, as it is, has no such form.
  func splitSquares(
    over population: SomaDistribution, _ spread: DepthSpread, _ compartments: Compartments,
    tolerance: Double
  ) throws -> SplitSquares?
}

extension AveragedModel {
  func splitSquares(
    over population: SomaDistribution, _ spread: DepthSpread, _ compartments: Compartments,
    tolerance: Double
  ) throws -> SplitSquares? { nil }
}
