public import ForwardModels

/// The magnetic field of a population's dipole: MEG.
public struct MEGProbe: PopulationProbe, Equatable {
  /// What surrounds the dipole, by its name in description files.
  public enum Conductor: String, Sendable, Equatable, CaseIterable {
    /// A spherically symmetric conductor about the origin, with the sensors outside.
    case sphere

    /// An infinite homogeneous medium.
    case infinite
  }

  /// um, in the conductor's coordinates.
  public var sensors: [SIMD3<Double>]

  /// The directions along which the field is measured, one for each sensor; nil for all three
  /// components.
  public var normals: [SIMD3<Double>]?
  public var conductor: Conductor
  public var dipole: DipoleSource

  /// nA/um of the field H, or T or fT of the flux density B.
  public var unit: DipoleSignalUnit

  public init(
    sensors: [SIMD3<Double>], normals: [SIMD3<Double>]? = nil, conductor: Conductor = .sphere,
    dipole: DipoleSource, unit: DipoleSignalUnit = .nanoamperePerMicrometre
  ) {
    self.sensors = sensors
    self.normals = normals
    self.conductor = conductor
    self.dipole = dipole
    self.unit = unit
  }

  public var kind: String { "meg" }

  public func forwardModel(for somata: Somata) throws -> any ForwardModel {
    let sensors = try MagneticSensors(positions: sensors, normals: normals)
    let model: any DipoleModel =
      switch conductor {
      case .sphere: SphericalConductorMagneticModel(sensors: sensors)
      case .infinite: InfiniteMediumMagneticModel(sensors: sensors)
      }
    return try dipole.signal(at: model, unit: unit)
  }
}
