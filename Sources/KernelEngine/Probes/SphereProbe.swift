public import ForwardModels

/// Potentials in and around one conducting sphere in a medium of another conductivity.
public struct SphereProbe: ContactProbe, Equatable {
  public var contacts: Contacts

  /// um
  public var center: SIMD3<Double>

  /// um
  public var radius: Double

  /// Conductivity inside the sphere, S/m.
  public var inside: Double

  /// Conductivity outside the sphere, S/m.
  public var outside: Double
  public var average: ProbeAverage

  public init(
    contacts: Contacts, center: SIMD3<Double> = .zero, radius: Double = 10_000,
    inside: Double = 0.3, outside: Double = 0.03, average: ProbeAverage = .standard
  ) {
    self.contacts = contacts
    self.center = center
    self.radius = radius
    self.inside = inside
    self.outside = outside
    self.average = average
  }

  public var kind: String { "sphere" }

  public func cellModel(for somata: Somata) throws -> any ForwardModel {
    try SpherePotential(
      contacts: contacts.positions, center: center, radius: radius, inside: inside,
      outside: outside, surfaces: contacts.contactSurfaces())
  }
}
