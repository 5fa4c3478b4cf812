public import LinearAlgebra

/// The magnetic field of a dipole outside a spherically symmetric conductor about the origin (Sarvas
/// 1987, Phys Med Biol 32: 11, equation 25). With r_p the dipole, r the sensor and a = r - r_p:
///
///     H = (F p × r_p - (p × r_p · r) grad F) / (4 pi F^2),   F = |a| (|r| |a| + a · r)
///
/// in nA/um for p in nA um. Neither radii nor conductivities matter; a radial dipole gives no field.
public struct SphericalConductorMagneticModel: DipoleModel, Equatable {
  public let sensors: MagneticSensors

  public init(sensors: MagneticSensors) { self.sensors = sensors }

  public var quantity: DipoleQuantity { .magneticField }
  public var positions: [SIMD3<Double>] { sensors.outputPositions }
  public var outputNames: [String] { sensors.outputNames }

  /// - Throws: `ForwardModelError` when the location is not finite or a sensor is not farther from the
  ///   centre than the dipole.
  public func dipoleMatrix(at location: SIMD3<Double>) throws -> Matrix {
    try ForwardModelError.requireFinite(location: location)
    let depth = norm(location)
    for (i, sensor) in sensors.positions.enumerated() where norm(sensor) <= depth {
      throw ForwardModelError(
        parameter: "location",
        "sensor \(i + 1) is \(norm(sensor).inMessage) um from the centre and the dipole "
          + "\(depth.inMessage) um; sensors "
          + "must be outside the conductor, farther from its centre than the dipole")
    }
    return sensors.matrix { sensor, moment in sarvas(moment, location, sensor) }
  }

  private func sarvas(
    _ moment: SIMD3<Double>, _ location: SIMD3<Double>, _ r: SIMD3<Double>
  ) -> SIMD3<Double> {
    let a = r - location
    let (distance, radius) = (norm(a), norm(r))
    let along = dot(a, r) / distance
    let f = radius + along
    // grad F / |a|.
    let gradient =
      (distance / radius + along / distance + 2 + 2 * radius / distance) * r
      - (1 + 2 * radius / distance + along / distance) * location
    let turned = cross(moment, location)
    let second = (dot(turned, r) / (f * distance)) * (gradient / f)
    return (turned / f - second) / (4 * .pi * distance * distance)
  }
}
