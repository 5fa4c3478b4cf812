public import ForwardModels

/// Something that measures: a forward model made for the population whose cells are measured.
public protocol PopulationProbe: Sendable {
  /// The name of its kind in description files, such as `gauss_cylinder`.
  var kind: String { get }

  /// The forward model of a population whose somata lie as given.
  func forwardModel(for somata: Somata) throws -> any ForwardModel
}

/// A named probe of a network.
public struct Probe: Sendable {
  public var name: String
  public var measures: any PopulationProbe

  public init(name: String, _ measures: any PopulationProbe) {
    self.name = name
    self.measures = measures
  }
}
