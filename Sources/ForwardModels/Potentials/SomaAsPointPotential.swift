public import CellMorphology
public import LinearAlgebra

/// Potentials of compartments as lines, but of some, such as the soma, as points
/// (`LineSourcePotential`, `PointSourcePotential`; Lindén et al. 2014, Front Neuroinform 7: 41).
public struct SomaAsPointPotential: ForwardModel, Equatable {
  /// Contacts, um: the centres of their surfaces.
  public let contacts: [SIMD3<Double>]

  /// Surfaces that the potentials are averaged over: none for points, one for all contacts, or one
  /// for each.
  public let surfaces: [ContactSurface]

  public let conductivity: Conductivity

  /// Indices of the compartments that are points; the root, 0, unless told.
  public let pointCompartments: [Int]

  /// - Throws: `ForwardModelError` when there is no contact, a number is not finite, a conductivity is
  ///   not positive, or the number of surfaces is not that of the contacts.
  public init(
    contacts: [SIMD3<Double>], conductivity: Conductivity, surfaces: [ContactSurface] = [],
    pointCompartments: [Int] = [0]
  ) throws {
    try validate(contacts: contacts, surfaces: surfaces)
    try conductivity.validate()
    self.contacts = contacts
    self.surfaces = surfaces
    self.conductivity = conductivity
    self.pointCompartments = pointCompartments
  }

  /// With a conductivity in S/m that is the same in all directions.
  public init(
    contacts: [SIMD3<Double>], sigma: Double = 0.3, surfaces: [ContactSurface] = [],
    pointCompartments: [Int] = [0]
  ) throws {
    try self.init(
      contacts: contacts, conductivity: Conductivity(sigma), surfaces: surfaces,
      pointCompartments: pointCompartments)
  }

  public var unit: String { "mV" }
  public var positions: [SIMD3<Double>] { contacts }

  /// - Throws: `ForwardModelError` when a compartment that is to be a point does not exist.
  public func transformationMatrix(for compartments: Compartments) throws -> Matrix {
    try requirePointCompartments(pointCompartments, of: compartments.count)
    let kernel = MixedSources(
      lines: LineSources(
        compartments, conductivity: conductivity, surfaces: !surfaces.isEmpty),
      points: PointSources(compartments, conductivity: conductivity).selecting(pointCompartments),
      pointIndices: pointCompartments)
    return potentialMatrix(contacts: contacts, surfaces: surfaces, kernel: kernel)
  }
}
