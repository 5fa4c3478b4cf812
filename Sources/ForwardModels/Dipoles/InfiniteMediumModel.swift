public import LinearAlgebra

/// Potentials of a dipole in an infinite homogeneous medium: with r from the dipole to the contact,
///
///     V = p · r / (4 pi sigma |r|^3)
public struct InfiniteMediumModel: DipoleModel, Equatable {
  /// Contacts, um.
  public let contacts: [SIMD3<Double>]

  /// Conductivity, S/m.
  public let sigma: Double

  /// - Throws: `ForwardModelError` when there is no contact, a coordinate is not finite, or sigma is
  ///   not positive.
  public init(contacts: [SIMD3<Double>], sigma: Double = 0.3) throws {
    try ForwardModelError.requireFinite(contacts)
    try ForwardModelError.requirePositive(sigma, "sigma", unit: "S/m")
    self.contacts = contacts
    self.sigma = sigma
  }

  public var quantity: DipoleQuantity { .potential }
  public var positions: [SIMD3<Double>] { contacts }

  /// - Throws: `ForwardModelError` when the location is not finite or a contact is there.
  public func dipoleMatrix(at location: SIMD3<Double>) throws -> Matrix {
    try ForwardModelError.requireFinite(location: location)
    try ForwardModelError.requireApart(contacts, location, "contact")
    let factor = 1 / (4 * Double.pi * sigma)
    return Matrix(rows: contacts.count, columns: 3) { target in
      for (i, contact) in contacts.enumerated() {
        let row = factor * inverseSquare(contact - location)
        for axis in 0..<3 { target[3 * i + axis] = row[axis] }
      }
    }
  }
}

/// r / |r|^3.
func inverseSquare(_ r: SIMD3<Double>) -> SIMD3<Double> {
  let d = norm(r)
  return (r / d) / (d * d)
}
