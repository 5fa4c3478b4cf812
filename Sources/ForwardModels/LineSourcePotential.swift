public import CellMorphology
public import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Potentials of currents spread evenly along straight compartments in an infinite homogeneous medium
/// (Holt 1998, PhD thesis, appendix C; Lindén et al. 2014, Front Neuroinform 7: 41).
///
/// With h and l the distances of the contact along the axis from the compartment's end and start, and
/// rho that from the axis, at least the radius:
///
///     M = (asinh(l / rho) - asinh(h / rho)) / (4 pi sigma L)
///
/// Accurate to 1e-13 of each entry, also far away and next to long compartments, where differences of
/// logarithms cancel.
public struct LineSourcePotential: ForwardModel, Equatable {
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
        let line = LineSource(
          start: compartments.start(i), end: compartments.end(i),
          radius: 0.5 * compartments.diameter[i])
        for (j, contact) in contacts.enumerated() {
          target[j * compartments.count + i] = scale * line.meanInverseDistance(to: contact)
        }
      }
    }
  }
}

/// A straight piece of current.
struct LineSource {
  let end: SIMD3<Double>
  let direction: SIMD3<Double>
  let length: Double
  let radius: Double

  init(start: SIMD3<Double>, end: SIMD3<Double>, radius: Double) {
    let d = end - start
    length = (d * d).sum().squareRoot()
    direction = length > 0 ? d / length : .zero
    self.end = end
    self.radius = radius
  }

  /// The mean over the line of 1 / distance, 1/um; of a line without length, a point's.
  func meanInverseDistance(to contact: SIMD3<Double>) -> Double {
    let v = contact - end
    let squared = (v * v).sum()
    guard length > 0 else { return 1 / max(squared.squareRoot(), radius) }
    let h = (v * direction).sum()
    let l = h + length
    let across = v - h * direction
    let rho2 = max((across * across).sum(), radius * radius)
    let (rh, rl) = ((h * h + rho2).squareRoot(), (l * l + rho2).squareRoot())
    // With r_start = rl and r_end = rh the logarithm is ln((rl + rh + L) / (rl + rh - L)), whose
    // denominator (rl - l) + (rh + h) is a sum of two positive numbers without cancellation.
    let startExcess = l > 0 ? rho2 / (rl + l) : rl - l
    let endExcess = h < 0 ? rho2 / (rh - h) : rh + h
    return log1p(2 * length / (startExcess + endExcess)) / length
  }
}
