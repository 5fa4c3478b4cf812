public import CellMorphology
public import LinearAlgebra

/// Potentials of point currents at the compartments' midpoints in an infinite homogeneous medium:
///
///     M = 1 / (4 pi sigma max(|r - r_i|, d_i / 2))
///
/// (Holt & Koch 1999, J Comput Neurosci 6: 169; a contact is kept out of the compartment), and with a
/// conductivity that differs along the axes (Ness et al. 2015, Neuroinformatics 13: 403)
///
///     M = 1 / (4 pi sqrt(sy sz dx^2 + sx sz dy^2 + sx sy dz^2)),
///
/// where a contact within the radius is pushed out, away from the midpoint.
public struct PointSourcePotential: ForwardModel, Equatable {
  /// Contacts, um: the centres of their surfaces.
  public let contacts: [SIMD3<Double>]

  /// Surfaces that the potentials are averaged over: none for points, one for all contacts, or one
  /// for each.
  public let surfaces: [ContactSurface]

  public let conductivity: Conductivity

  /// - Throws: `ForwardModelError` when there is no contact, a number is not finite, a conductivity is
  ///   not positive, or the number of surfaces is not that of the contacts.
  public init(
    contacts: [SIMD3<Double>], conductivity: Conductivity, surfaces: [ContactSurface] = []
  ) throws {
    try validate(contacts: contacts, surfaces: surfaces)
    try conductivity.validate()
    self.contacts = contacts
    self.surfaces = surfaces
    self.conductivity = conductivity
  }

  /// With a conductivity in S/m that is the same in all directions.
  public init(
    contacts: [SIMD3<Double>], sigma: Double = 0.3, surfaces: [ContactSurface] = []
  ) throws {
    try self.init(contacts: contacts, conductivity: Conductivity(sigma), surfaces: surfaces)
  }

  public var unit: String { "mV" }
  public var positions: [SIMD3<Double>] { contacts }

  public func transformationMatrix(for compartments: Compartments) -> Matrix {
    let kernel = PointSources(compartments, conductivity: conductivity)
    return potentialMatrix(contacts: contacts, surfaces: surfaces, kernel: kernel)
  }
}
