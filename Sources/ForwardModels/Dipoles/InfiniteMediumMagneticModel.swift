public import LinearAlgebra

/// The magnetic field of a dipole in an infinite homogeneous conductor: with r from the dipole to the
/// sensor,
///
///     H = p × r / (4 pi |r|^3)
///
/// in nA/um for p in nA um (Hämäläinen et al. 1993, Rev Mod Phys 65: 413). By symmetry the currents in
/// the medium add nothing.
public struct InfiniteMediumMagneticModel: DipoleModel, Equatable {
  public let sensors: MagneticSensors

  public init(sensors: MagneticSensors) { self.sensors = sensors }

  public var quantity: DipoleQuantity { .magneticField }
  public var positions: [SIMD3<Double>] { sensors.outputPositions }
  public var outputNames: [String] { sensors.outputNames }

  /// - Throws: `ForwardModelError` when the location is not finite or a sensor is there.
  public func dipoleMatrix(at location: SIMD3<Double>) throws -> Matrix {
    try ForwardModelError.requireFinite(location: location)
    try ForwardModelError.requireApart(sensors.positions, location, "sensor")
    return sensors.matrix { sensor, moment in
      cross(moment, inverseSquare(sensor - location)) / (4 * .pi)
    }
  }
}
