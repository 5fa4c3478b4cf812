internal import ForwardModels

/// The dipole of a population in a volume conductor: whose moment it is, where it is and where it
/// points.
public struct DipoleSource: Sendable, Equatable {
  /// um, in the conductor's coordinates.
  public var location: SIMD3<Double>

  /// The direction that the population's z axis has in the conductor, of any length; nil for away
  /// from the origin, as seen from the location.
  public var axis: SIMD3<Double>?
  public var moment: DipoleMoment

  public init(
    location: SIMD3<Double>, axis: SIMD3<Double>? = nil, moment: DipoleMoment = .population
  ) {
    self.location = location
    self.axis = axis
    self.moment = moment
  }

  /// The signal that the dipole causes at the sensors of a conductor.
  ///
  /// - Throws: `ForwardModelError` when the dipole cannot be there, or has no direction.
  func signal(
    at model: any DipoleModel, unit: DipoleSignalUnit?
  ) throws -> any ForwardModel {
    guard axis != nil || location != .zero else {
      throw ForwardModelError(
        parameter: "axis",
        "the dipole is at the centre, from where no direction is outwards; give its axis")
    }
    return try DipoleSignal(
      moment: moment.forwardModel, model: model, location: location, axis: axis ?? location,
      outputUnit: unit)
  }
}
