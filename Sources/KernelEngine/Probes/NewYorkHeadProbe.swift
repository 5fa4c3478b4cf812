public import ForwardModels
public import LinearAlgebra

/// EEG of a population's dipole at one vertex of the cortex of the New York head.
public struct NewYorkHeadProbe: PopulationProbe, Equatable {
  /// Electrodes × 3, V per mA m.
  public var leadField: Matrix

  /// Where the vertex is, um, in the head's coordinates.
  public var vertex: SIMD3<Double>

  /// The outward normal of the cortex there, of any length.
  public var normal: SIMD3<Double>

  /// um, in the head's coordinates; empty where they are not known.
  public var electrodes: [SIMD3<Double>]

  /// The direction that the population's z axis has in the head; nil for that of the normal.
  public var axis: SIMD3<Double>?
  public var moment: DipoleMoment

  /// mV or uV.
  public var unit: DipoleSignalUnit

  public init(
    leadField: Matrix, vertex: SIMD3<Double>, normal: SIMD3<Double>,
    electrodes: [SIMD3<Double>] = [], axis: SIMD3<Double>? = nil,
    moment: DipoleMoment = .population, unit: DipoleSignalUnit = .millivolt
  ) {
    self.leadField = leadField
    self.vertex = vertex
    self.normal = normal
    self.electrodes = electrodes
    self.axis = axis
    self.moment = moment
    self.unit = unit
  }

  /// The lead field of one vertex, as the head's file gives it.
  public init(
    _ model: NewYorkHeadModel, axis: SIMD3<Double>? = nil, moment: DipoleMoment = .population,
    unit: DipoleSignalUnit = .millivolt
  ) {
    self.init(
      leadField: model.leadField, vertex: model.vertex, normal: model.normal,
      electrodes: model.electrodes, axis: axis, moment: moment, unit: unit)
  }

  public var kind: String { "new_york_head" }

  public func forwardModel(for somata: Somata) throws -> any ForwardModel {
    let model = try NewYorkHeadModel(
      leadField: leadField, vertex: vertex, normal: normal, electrodes: electrodes)
    let dipole = DipoleSource(location: vertex, axis: axis ?? normal, moment: moment)
    return try dipole.signal(at: model, unit: unit)
  }
}
