public import ForwardModels

/// Potentials in an infinite homogeneous medium.
public struct PotentialProbe: ContactProbe, Equatable {
  /// How currents are spread, by the name of the kind of probe.
  public enum Source: String, Sendable, Equatable, CaseIterable {
    /// Each compartment is a point at its midpoint.
    case point = "point_source"

    /// Each compartment is a line from its start to its end.
    case line = "line_source"

    /// The root compartment is a point, the others are lines.
    case somaAsPoint = "soma_as_point"
  }

  public var source: Source
  public var contacts: Contacts
  public var conductivity: Conductivity
  public var average: ProbeAverage

  public init(
    _ source: Source, contacts: Contacts, conductivity: Conductivity = 0.3,
    average: ProbeAverage = .standard
  ) {
    self.source = source
    self.contacts = contacts
    self.conductivity = conductivity
    self.average = average
  }

  /// Contacts that are points, in a medium that is the same in all directions.
  ///
  /// - Parameters:
  ///   - contacts: um.
  ///   - sigma: S/m.
  public init(
    _ source: Source, contacts: [SIMD3<Double>], sigma: Double = 0.3,
    average: ProbeAverage = .standard
  ) {
    self.init(
      source, contacts: Contacts(contacts), conductivity: Conductivity(sigma), average: average)
  }

  public var kind: String { source.rawValue }

  public func cellModel(for somata: Somata) throws -> any ForwardModel {
    let (positions, surfaces) = (contacts.positions, try contacts.contactSurfaces())
    return switch source {
    case .point:
      try PointSourcePotential(
        contacts: positions, conductivity: conductivity, surfaces: surfaces)
    case .line:
      try LineSourcePotential(contacts: positions, conductivity: conductivity, surfaces: surfaces)
    case .somaAsPoint:
      try SomaAsPointPotential(
        contacts: positions, conductivity: conductivity, surfaces: surfaces)
    }
  }
}
