public import ForwardModels

/// Whose signal a probe gives.
public enum ProbeAverage: Sendable, Equatable {
  /// That of the model cell, with its soma on the z axis at the mean depth.
  case cell

  /// The mean over the cells of the population, whose somata lie on a disc and in depth as the
  /// population says. With `rotations`, each cell is also turned by any angle about the vertical
  /// through its soma. The tolerance is relative to the largest entry of the matrix. With `spread`,
  /// `KernelEngine.spreads` gives the standard deviation over the cells, too, to that tolerance.
  case population(rotations: Bool = true, tolerance: Double = 1e-6, spread: Double? = nil)

  /// What potentials and current source densities give unless told.
  public static let standard = ProbeAverage.population()

  /// The tolerance of standard deviations unless told, relative to the largest.
  public static let standardSpread = 5e-2

  func forwardModel(
    of model: any ForwardModel, over somata: Somata
  ) throws -> any ForwardModel {
    try populationAverage(of: model, over: somata) ?? model
  }

  /// Nil for one cell.
  func populationAverage(
    of model: any ForwardModel, over somata: Somata
  ) throws -> PopulationAverage? {
    guard case .population(let rotations, let tolerance, _) = self else { return nil }
    let population = try SomaDistribution(
      radius: somata.radius, depth: somata.depth, rotation: rotations)
    return try PopulationAverage(of: model, over: population, tolerance: tolerance)
  }
}

/// A probe that measures where currents flow, for one cell or as the mean over the population.
public protocol AveragedProbe: PopulationProbe {
  var average: ProbeAverage { get }

  /// The forward model of one cell.
  func cellModel(for somata: Somata) throws -> any ForwardModel
}

extension AveragedProbe {
  public func forwardModel(for somata: Somata) throws -> any ForwardModel {
    try average.forwardModel(of: cellModel(for: somata), over: somata)
  }
}

/// A probe of potentials at contacts.
public protocol ContactProbe: AveragedProbe {
  var contacts: Contacts { get }
}

extension ContactProbe {
  public func forwardModel(for somata: Somata) throws -> any ForwardModel {
    try contacts.naming(average.forwardModel(of: cellModel(for: somata), over: somata))
  }
}
