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

/// The potential of a population as a Gaussian stack of discs, on the z axis.
public struct GaussCylinderProbe: PopulationProbe, Equatable {
  /// Depths of the contacts, um.
  public var z: [Double]

  /// Extracellular conductivity, S/m.
  public var sigma: Double

  /// Radius of the discs, um; nil for that of the population's somata.
  public var radius: Double?

  /// Standard deviation in depth, um; nil for that of the population's somata.
  public var scale: Double?

  public init(z: [Double], sigma: Double = 0.3, radius: Double? = nil, scale: Double? = nil) {
    self.z = z
    self.sigma = sigma
    self.radius = radius
    self.scale = scale
  }

  public var kind: String { "gauss_cylinder" }

  public func forwardModel(for somata: Somata) throws -> any ForwardModel {
    try GaussCylinderPotential(
      z: z, sigma: sigma, radius: radius ?? somata.radius,
      scale: scale ?? somata.depth.standardDeviation)
  }
}

/// The current dipole moment of a population, of which rotational symmetry leaves the z component.
public struct PopulationDipoleProbe: PopulationProbe, Equatable {
  public init() {}
  public var kind: String { "population_dipole" }

  public func forwardModel(for somata: Somata) throws -> any ForwardModel {
    PopulationDipoleMoment()
  }
}

/// The potential of one cell at the population's position, each compartment a point or a line.
public struct SingleCellPotentialProbe: PopulationProbe, Equatable {
  public enum Source: String, Sendable, Equatable {
    case point = "point_source"
    case line = "line_source"
  }

  public var source: Source

  /// Contacts, um.
  public var contacts: [SIMD3<Double>]

  /// Extracellular conductivity, S/m.
  public var sigma: Double

  public init(_ source: Source, contacts: [SIMD3<Double>], sigma: Double = 0.3) {
    self.source = source
    self.contacts = contacts
    self.sigma = sigma
  }

  public var kind: String { source.rawValue }

  public func forwardModel(for somata: Somata) throws -> any ForwardModel {
    switch source {
    case .point: try PointSourcePotential(contacts: contacts, sigma: sigma)
    case .line: try LineSourcePotential(contacts: contacts, sigma: sigma)
    }
  }
}
