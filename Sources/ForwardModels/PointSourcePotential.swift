public import CellMorphology
public import LinearAlgebra

/// Potentials of point currents at the compartments' midpoints in an infinite homogeneous medium:
///
///     M = 1 / (4 pi sigma max(|r - r_i|, d_i / 2))
///
/// (Holt & Koch 1999, J Comput Neurosci 6: 169; a contact is kept out of the compartment.)
public struct PointSourcePotential: ForwardModel, Equatable {
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

  public var unit: String { "mV" }
  public var positions: [SIMD3<Double>] { contacts }

  public func transformationMatrix(for compartments: Compartments) -> Matrix {
    let scale = 1 / (4 * Double.pi * sigma)
    return Matrix(rows: contacts.count, columns: compartments.count) { target in
      for i in 0..<compartments.count {
        let midpoint = compartments.midpoint(i)
        let radius = 0.5 * compartments.diameter[i]
        for (j, contact) in contacts.enumerated() {
          let d = contact - midpoint
          target[j * compartments.count + i] = scale / max((d * d).sum().squareRoot(), radius)
        }
      }
    }
  }
}
