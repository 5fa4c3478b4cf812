public import ForwardModels

/// Potentials of a population's dipole in an infinite homogeneous medium: what is left of its potential
/// far away.
public struct DipolePotentialProbe: PopulationProbe, Equatable {
  public var contacts: Contacts

  /// Conductivity, S/m.
  public var sigma: Double
  public var dipole: DipoleSource

  /// mV or uV.
  public var unit: DipoleSignalUnit

  public init(
    contacts: Contacts,
    dipole: DipoleSource = DipoleSource(location: .zero, axis: SIMD3(0, 0, 1)),
    sigma: Double = 0.3, unit: DipoleSignalUnit = .millivolt
  ) {
    self.contacts = contacts
    self.dipole = dipole
    self.sigma = sigma
    self.unit = unit
  }

  public var kind: String { "dipole_potential" }

  public func forwardModel(for somata: Somata) throws -> any ForwardModel {
    let model = try InfiniteMediumModel(contacts: contacts.positions, sigma: sigma)
    return try contacts.naming(dipole.signal(at: model, unit: unit))
  }
}
