public import ForwardModels

/// Whose current dipole moment is measured, by the names of the kinds of probe that measure it.
public enum DipoleMoment: String, Sendable, Equatable, CaseIterable {
  /// That of a population with rotational symmetry: its z component alone.
  case population = "population_dipole"

  /// That of the model cell: all three components.
  case cell = "dipole"

  /// The moment as a forward model, 3 × compartments.
  public var forwardModel: any ForwardModel {
    switch self {
    case .population: PopulationDipoleMoment()
    case .cell: CurrentDipoleMoment()
    }
  }
}

/// The current dipole moment of a population, of which rotational symmetry leaves the z component.
public struct PopulationDipoleProbe: PopulationProbe, Equatable {
  public init() {}
  public var kind: String { DipoleMoment.population.rawValue }

  public func forwardModel(for somata: Somata) throws -> any ForwardModel {
    DipoleMoment.population.forwardModel
  }
}

/// The current dipole moment of the model cell: its three components.
public struct DipoleProbe: PopulationProbe, Equatable {
  public init() {}
  public var kind: String { DipoleMoment.cell.rawValue }

  public func forwardModel(for somata: Somata) throws -> any ForwardModel {
    DipoleMoment.cell.forwardModel
  }
}
