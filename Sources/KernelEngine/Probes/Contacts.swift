public import ForwardModels

/// The contacts of a probe: where they are, what they are called, and the surfaces that potentials are
/// averaged over.
public struct Contacts: Sendable, Equatable {
  /// The flat surface of a contact.
  public struct Surface: Sendable, Equatable {
    /// Its outline, um.
    public var shape: ContactSurface.Shape

    /// The direction in which it faces, of any length.
    public var normal: SIMD3<Double>

    /// The direction of its width; nil for across the normal and z.
    public var widthAxis: SIMD3<Double>?

    public init(
      _ shape: ContactSurface.Shape, normal: SIMD3<Double>, widthAxis: SIMD3<Double>? = nil
    ) {
      self.shape = shape
      self.normal = normal
      self.widthAxis = widthAxis
    }
  }

  /// Their centres, um.
  public var positions: [SIMD3<Double>]

  /// None for points, one for all contacts, or one for each.
  public var surfaces: [Surface]

  /// One for each contact; empty where positions tell them apart well enough.
  public var names: [String]

  public init(_ positions: [SIMD3<Double>], surfaces: [Surface] = [], names: [String] = []) {
    self.positions = positions
    self.surfaces = surfaces
    self.names = names
  }

  /// The surfaces as forward models take them.
  ///
  /// - Throws: `ForwardModelError` when a length is not positive or a direction is none.
  func contactSurfaces() throws -> [ContactSurface] {
    try surfaces.map { try ContactSurface($0.shape, normal: $0.normal, widthAxis: $0.widthAxis) }
  }

  /// A model of the potentials at these contacts, with their names.
  ///
  /// - Throws: `ForwardModelError` when there is not one name for each contact.
  func naming(_ model: any ForwardModel) throws -> any ForwardModel {
    if names.isEmpty { return model }
    guard names.count == positions.count else {
      throw ForwardModelError(
        parameter: "names",
        "there are \(names.count) names for \(positions.count) contacts; give one for each")
    }
    return NamedOutputs(model: model, outputNames: names)
  }
}
