public import Distributions

/// Where the somata of a population are, and how its cells are turned.
public struct SomaDistribution: Sendable, Equatable {
  /// Radius of the disc about the z axis over which somata are spread evenly, um; 0 for all on the
  /// axis.
  public let radius: Double

  /// The distribution of depths z, um. Its mean is where the model cell is.
  public let depth: Distribution

  /// A further spread in depth, um: depths are sums of both, for example of a uniform and a normal
  /// variable. Its mean does not matter.
  public let spread: Distribution?

  /// Whether each cell is rotated by any angle about the vertical through its soma. The axis of the
  /// model cell is the z axis.
  public let rotation: Bool

  /// - Throws: `ForwardModelError` when the radius is negative or not finite, or depths have no finite
  ///   mean and standard deviation.
  public init(
    radius: Double, depth: Distribution, spread: Distribution? = nil, rotation: Bool = false
  ) throws {
    guard radius >= 0, radius.isFinite else {
      throw ForwardModelError(
        parameter: "radius", "radius is \(radius) um; it must be finite and not negative")
    }
    for (distribution, name) in [(depth, "depth"), (spread ?? depth, "spread")] {
      guard distribution.mean.isFinite, distribution.standardDeviation.isFinite else {
        throw ForwardModelError(
          parameter: name,
          "\(name) is \(distribution), whose mean or standard deviation is not finite")
      }
    }
    self.radius = radius
    self.depth = depth
    self.spread = spread
    self.rotation = rotation
  }

  func depthSpread(accuracy: Double) throws -> DepthSpread {
    try DepthSpread(depth, and: spread, accuracy: accuracy)
  }
}
