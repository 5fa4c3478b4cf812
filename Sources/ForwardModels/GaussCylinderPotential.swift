public import CellMorphology
public import Distributions
public import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Potentials on the axis of a population: each compartment's current is spread over a disc of the
/// given radius and, in depth, as the population's somata are (Hagen et al. 2022, with a Gaussian):
///
///     M = F(z_contact - z_i) / (2 pi sigma R^2),
///     F(a) = E[ sqrt((a - u)^2 + R^2) - |a - u| ],  u the depth of a soma less the mean depth.
///
/// Accurate to 1e-12 of the largest entry for a Gaussian, and to 1e-10 for other distributions.
public struct GaussCylinderPotential: ForwardModel, Equatable {
  /// How currents are spread in depth.
  public enum Depths: Sendable, Equatable {
    /// As a Gaussian with this standard deviation (um), whatever the depths of the somata are; 0 for
    /// discs without spread.
    case gaussian(scale: Double)

    /// As the depths of the somata (um).
    case somata(Distribution)
  }

  /// Depths of the contacts, um.
  public let z: [Double]

  /// Conductivity, S/m.
  public let sigma: Double

  /// Radius of the discs, um.
  public let radius: Double
  public let depths: Depths

  /// - Throws: `ForwardModelError` when there is no contact, a number is not finite, sigma or radius
  ///   are not positive or the scale is negative.
  public init(z: [Double], sigma: Double = 0.3, radius: Double, depths: Depths) throws {
    try ForwardModelError.requireFinite(z.map { SIMD3(0, 0, $0) })
    try ForwardModelError.requirePositive(sigma, "sigma", unit: "S/m")
    try ForwardModelError.requirePositive(radius, "radius", unit: "um")
    if case .gaussian(let scale) = depths, !(scale >= 0 && scale.isFinite) {
      throw ForwardModelError(
        parameter: "scale", "scale is \(scale) um; it must be finite and not negative")
    }
    self.z = z
    self.sigma = sigma
    self.radius = radius
    self.depths = depths
  }

  /// Discs that are spread as a Gaussian.
  ///
  /// - Parameter scale: standard deviation of depth, um; 0 for discs without spread.
  /// - Throws: `ForwardModelError` as above.
  public init(z: [Double], sigma: Double = 0.3, radius: Double, scale: Double) throws {
    try self.init(z: z, sigma: sigma, radius: radius, depths: .gaussian(scale: scale))
  }

  public var unit: String { "mV" }
  public var positions: [SIMD3<Double>] { z.map { SIMD3(0, 0, $0) } }

  /// - Throws: `ForwardModelError` when the depths have no finite mean or standard deviation.
  public func transformationMatrix(for compartments: Compartments) throws -> Matrix {
    if let scale = gaussianScale() { return gaussianMatrix(compartments, scale: scale) }
    let spread = try depthSpread()
    return moments(compartments, DepthWeighting(spread, order: 1))[0]
  }

  /// The standard deviation of depths that are a Gaussian or all the same; nil for others.
  private func gaussianScale() -> Double? {
    switch depths {
    case .gaussian(let scale): return scale
    case .somata(let depth):
      return depth.name == "norm" || depth.standardDeviation == 0 ? depth.standardDeviation : nil
    }
  }

  private func depthSpread() throws -> DepthSpread {
    guard case .somata(let depth) = depths else {
      return try DepthSpread(.constant(0), accuracy: 1e-13)
    }
    return try DepthSpread(depth, accuracy: 1e-13).normalized
  }

  private func gaussianMatrix(_ compartments: Compartments, scale: Double) -> Matrix {
    let count = compartments.count
    let depths = (0..<count).map { compartments.midpointZ($0) }
    let profile = GaussianDiscProfile(radius: radius, scale: scale)
    return Matrix(rows: z.count, columns: count) { target in
      for (j, contact) in z.enumerated() {
        for i in 0..<count { target[j * count + i] = contact - depths[i] }
      }
      profile.evaluate(target, factor: factor)
    }
  }

  private var factor: Double { 1 / (2 * Double.pi * sigma * radius * radius) }

  private func moments(_ compartments: Compartments, _ weighting: DepthWeighting) -> [Matrix] {
    let count = compartments.count
    let depths = (0..<count).map { compartments.midpointZ($0) }
    let distances = z.flatMap { contact in depths.map { contact - $0 } }
    let values = DiscProfileMoments(radius: radius, weighting).interpolated(at: distances)
    return (0..<weighting.count).map { j in
      Matrix(rows: z.count, columns: count) { target in
        for i in distances.indices { target[i] = factor * values[i, j] }
      }
    }
  }
}

extension GaussCylinderPotential: DepthMomentsModel {
  package var isDepthIndependent: Bool {
    if case .gaussian = depths { true } else { false }
  }

  /// Where the spread is not that of the somata, the matrix is the same for all of them.
  package func depthMoments(
    for compartments: Compartments, _ weighting: DepthWeighting
  ) throws -> [Matrix] {
    guard case .gaussian = depths else { return moments(compartments, weighting) }
    let matrix = try transformationMatrix(for: compartments)
    return (0..<weighting.count).map { j in
      (j == 0 ? weighting.spread.mass.squareRoot() : 0) * matrix
    }
  }
}
