public import CellMorphology
public import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Potentials on the axis of a population: each compartment's current is spread over a disc of the
/// given radius and, in depth, as a Gaussian about the compartment's midpoint (Hagen et al. 2022):
///
///     M = F(z_contact - z_i) / (2 pi sigma R^2),
///     F(a) = E[ sqrt((a - u)^2 + R^2) - |a - u| ],  u normal with mean 0 and the given scale.
///
/// Accurate to 1e-12 of the largest entry.
public struct GaussCylinderPotential: ForwardModel, Equatable {
  /// Depths of the contacts, um.
  public let z: [Double]

  /// Conductivity, S/m.
  public let sigma: Double

  /// Radius of the discs, um.
  public let radius: Double

  /// Standard deviation of depth, um; 0 for discs without spread.
  public let scale: Double

  /// - Throws: `ForwardModelError` when there is no contact, a number is not finite, sigma or radius
  ///   are not positive or the scale is negative.
  public init(z: [Double], sigma: Double = 0.3, radius: Double, scale: Double) throws {
    try ForwardModelError.requireFinite(z.map { SIMD3(0, 0, $0) })
    try ForwardModelError.requirePositive(sigma, "sigma", unit: "S/m")
    try ForwardModelError.requirePositive(radius, "radius", unit: "um")
    guard scale >= 0, scale.isFinite else {
      throw ForwardModelError(
        parameter: "scale", "scale is \(scale) um; it must be finite and not negative")
    }
    self.z = z
    self.sigma = sigma
    self.radius = radius
    self.scale = scale
  }

  public var unit: String { "mV" }
  public var positions: [SIMD3<Double>] { z.map { SIMD3(0, 0, $0) } }

  public func transformationMatrix(for compartments: Compartments) -> Matrix {
    let count = compartments.count
    let depths = (0..<count).map { compartments.midpointZ($0) }
    let profile = GaussianDiscProfile(radius: radius, scale: scale)
    let factor = 1 / (2 * Double.pi * sigma * radius * radius)
    return Matrix(rows: z.count, columns: count) { target in
      for (j, contact) in z.enumerated() {
        for i in 0..<count { target[j * count + i] = contact - depths[i] }
      }
      profile.evaluate(target, factor: factor)
    }
  }
}
