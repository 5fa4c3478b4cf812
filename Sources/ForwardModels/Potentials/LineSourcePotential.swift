public import CellMorphology
public import LinearAlgebra

/// Potentials of currents spread evenly along straight compartments in an infinite homogeneous medium
/// (Holt 1998, PhD thesis, appendix C; Lindén et al. 2014, Front Neuroinform 7: 41).
///
/// With h and l the distances of the contact along the axis from the compartment's end and start, and
/// rho that from the axis, at least the radius:
///
///     M = (asinh(l / rho) - asinh(h / rho)) / (4 pi sigma L)
///
/// In a medium whose conductivity differs along the axes (Ness et al. 2015, Neuroinformatics 13: 403)
/// the same holds in lengths stretched by sqrt(sy sz), sqrt(sx sz), sqrt(sx sy). There a contact closer
/// than the radius to the compartment, between its ends, is pushed out to its surface: beyond the ends,
/// on the axis, the two rules differ. A compartment without length is a point.
public struct LineSourcePotential: ForwardModel, Equatable {
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
    let kernel = LineSources(
      compartments, conductivity: conductivity, surfaces: !surfaces.isEmpty)
    return potentialMatrix(contacts: contacts, surfaces: surfaces, kernel: kernel)
  }
}
