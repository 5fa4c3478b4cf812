public import ForwardModels

/// Potentials of a population's dipole in concentric spheres about the origin, such as EEG on the scalp
/// over brain, cerebrospinal fluid and skull.
public struct EEGProbe: PopulationProbe, Equatable {
  /// um from the common centre.
  public var electrodes: Contacts

  /// Outer radii of the layers from the inside, um.
  public var radii: [Double]

  /// Conductivities of the layers, S/m.
  public var sigmas: [Double]
  public var dipole: DipoleSource

  /// mV or uV.
  public var unit: DipoleSignalUnit

  public init(
    electrodes: Contacts, dipole: DipoleSource,
    radii: [Double] = LayeredSphereModel.fourSphereRadii,
    sigmas: [Double] = LayeredSphereModel.fourSphereSigmas, unit: DipoleSignalUnit = .millivolt
  ) {
    self.electrodes = electrodes
    self.dipole = dipole
    self.radii = radii
    self.sigmas = sigmas
    self.unit = unit
  }

  public var kind: String { "eeg" }

  public func forwardModel(for somata: Somata) throws -> any ForwardModel {
    let model = try LayeredSphereModel(
      electrodes: electrodes.positions, radii: radii, sigmas: sigmas)
    return try electrodes.naming(dipole.signal(at: model, unit: unit))
  }
}
