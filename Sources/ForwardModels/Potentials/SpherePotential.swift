public import CellMorphology
public import LinearAlgebra

/// Potentials in and around one conducting sphere in a medium of another conductivity, of point currents
/// inside the sphere (Deng 2008, J Phys D 41: 235101).
///
/// For a current at distance s from the centre, a contact at distance r, the angle g between them as
/// seen from the centre, and conductivities si inside the radius R and so outside:
///
///     r <= R: M = 1/(4 pi si) [ 1/distance + 1/R sum_n (si-so)(n+1) / (si n + so (n+1)) (r s/R^2)^n P_n(cos g) ]
///     r >  R: M = 1/(4 pi r)  sum_n (2n+1) / (si n + so (n+1)) (s/r)^n P_n(cos g)
///
/// The angle is that between the two directions in space. (LFPykit's sphere takes the difference of the
/// polar angles and so is right only for a contact in the half-plane of the current and the z axis.)
/// The sums are complete: their slowly converging parts are in closed form or integrals. A contact
/// within a compartment's radius from its midpoint counts as one at that distance.
public struct SpherePotential: ForwardModel, Equatable {
  /// Contacts, um: the centres of their surfaces.
  public let contacts: [SIMD3<Double>]

  /// Surfaces that the potentials are averaged over: none for points, one for all contacts, or one
  /// for each.
  public let surfaces: [ContactSurface]

  /// Centre of the sphere, um.
  public let center: SIMD3<Double>

  /// Radius of the sphere, um.
  public let radius: Double

  /// Conductivities, S/m.
  public let inside, outside: Double

  /// - Throws: `ForwardModelError` when there is no contact, a number is not finite, the radius or a
  ///   conductivity is not positive, or the number of surfaces is not that of the contacts.
  public init(
    contacts: [SIMD3<Double>], center: SIMD3<Double> = SIMD3(0, 0, 0), radius: Double = 10_000,
    inside: Double = 0.3, outside: Double = 0.03, surfaces: [ContactSurface] = []
  ) throws {
    try validate(contacts: contacts, surfaces: surfaces)
    guard center.x.isFinite, center.y.isFinite, center.z.isFinite else {
      throw ForwardModelError(parameter: "center", "center is \(center); it must be finite")
    }
    try ForwardModelError.requirePositive(radius, "radius", unit: "um")
    try ForwardModelError.requirePositive(inside, "inside", unit: "S/m")
    try ForwardModelError.requirePositive(outside, "outside", unit: "S/m")
    self.contacts = contacts
    self.surfaces = surfaces
    self.center = center
    self.radius = radius
    self.inside = inside
    self.outside = outside
  }

  public var unit: String { "mV" }
  public var positions: [SIMD3<Double>] { contacts }

  /// - Throws: `ForwardModelError` when a compartment's midpoint is not inside the sphere.
  public func transformationMatrix(for compartments: Compartments) throws -> Matrix {
    try requireInside(compartments)
    let kernel = SphereSources(compartments, sphere: self)
    return potentialMatrix(contacts: contacts, surfaces: surfaces, kernel: kernel)
  }

  func requireInside(_ compartments: Compartments) throws(ForwardModelError) {
    for i in 0..<compartments.count {
      let d = compartments.midpoint(i) - center
      let distance = (d * d).sum().squareRoot()
      guard distance < radius else {
        throw ForwardModelError(
          parameter: "radius",
          "compartment \(i) of section \(compartments.sectionNames[compartments.section[i]]) is "
            + "\(distance.inMessage) um from the centre, outside the sphere of \(radius) um")
      }
    }
  }
}
