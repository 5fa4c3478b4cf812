public import LinearAlgebra

/// Potentials at the 231 electrodes of the New York head for a dipole at one vertex of its cortex
/// (Huang et al. 2016, NeuroImage 140: 150; Haufe et al. 2015, IEEE EMBS Neural Eng: 5186).
///
/// The lead field holds for this vertex only, so that a dipole's location is not asked again.
public struct NewYorkHeadModel: DipoleModel, Equatable {
  /// Electrodes × 3, V per mA m, which is 1e-9 mV per nA um.
  public let leadField: Matrix

  /// Where the vertex is, um, in the head's coordinates.
  public let vertex: SIMD3<Double>

  /// The outward normal of the cortex there, of length 1.
  public let normal: SIMD3<Double>

  /// Electrodes, um, in the head's coordinates; empty where they are not known.
  public let electrodes: [SIMD3<Double>]

  /// - Parameters:
  ///   - leadField: electrodes × 3, V per mA m.
  ///   - vertex: um.
  ///   - normal: of any length.
  ///   - electrodes: um, as many as rows, or none.
  /// - Throws: `ForwardModelError` when shapes do not fit, a number is not finite, or the normal has no
  ///   direction.
  public init(
    leadField: Matrix, vertex: SIMD3<Double>, normal: SIMD3<Double>,
    electrodes: [SIMD3<Double>] = []
  ) throws {
    guard leadField.columns == 3, leadField.rows > 0 else {
      throw ForwardModelError(
        parameter: "leadField",
        "the lead field is \(leadField.rows) × \(leadField.columns); it must be electrodes × 3")
    }
    guard leadField.storage.allSatisfy(\.isFinite) else {
      throw ForwardModelError(
        parameter: "leadField", "the lead field has a number that is not finite")
    }
    guard electrodes.isEmpty || electrodes.count == leadField.rows else {
      throw ForwardModelError(
        parameter: "electrodes",
        "there are \(electrodes.count) electrodes for \(leadField.rows) rows of the lead field")
    }
    if !electrodes.isEmpty { try ForwardModelError.requireFinite(electrodes) }
    try ForwardModelError.requireFinite(location: vertex)
    self.leadField = leadField
    self.vertex = vertex
    self.normal = try unitVector(normal, "normal")
    self.electrodes = electrodes
  }

  public var quantity: DipoleQuantity { .potential }
  public var positions: [SIMD3<Double>] { electrodes }

  /// The lead field in mV per nA um.
  ///
  /// - Throws: `ForwardModelError` when the location is not that of the vertex (within 1 um).
  public func dipoleMatrix(at location: SIMD3<Double>) throws -> Matrix {
    guard norm(location - vertex) <= 1 else {
      throw ForwardModelError(
        parameter: "location",
        "the dipole is at \(ForwardModelError.text(location)) um but the lead field is for the vertex "
          + "at \(ForwardModelError.text(vertex)) um; read the lead field of the vertex nearest to the "
          + "dipole")
    }
    return 1e-9 * leadField
  }

  /// The rotation that turns a population's axis, from white matter to the surface, to the normal.
  public func orientation(of axis: SIMD3<Double> = SIMD3(0, 0, 1)) throws -> RotationMatrix {
    try RotationMatrix(turning: axis, to: normal)
  }
}
