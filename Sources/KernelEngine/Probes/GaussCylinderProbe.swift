public import ForwardModels

/// The potential of a population as a Gaussian stack of discs, on the z axis.
public struct GaussCylinderProbe: PopulationProbe, Equatable {
  /// Depths of the contacts, um.
  public var z: [Double]

  /// Extracellular conductivity, S/m.
  public var sigma: Double

  /// Radius of the discs, um; nil for that of the population's somata.
  public var radius: Double?

  /// Standard deviation of a Gaussian in depth, um, whatever the somata's depths are; nil for the
  /// distribution of these.
  public var scale: Double?

  public init(z: [Double], sigma: Double = 0.3, radius: Double? = nil, scale: Double? = nil) {
    self.z = z
    self.sigma = sigma
    self.radius = radius
    self.scale = scale
  }

  public var kind: String { "gauss_cylinder" }

  public func forwardModel(for somata: Somata) throws -> any ForwardModel {
    var depths = GaussCylinderPotential.Depths.somata(somata.depth)
    // A Gaussian that is the somata's own is no other one.
    let isOwn = somata.depth.name == "norm" && scale == somata.depth.standardDeviation
    if let scale, !isOwn { depths = .gaussian(scale: scale) }
    return try GaussCylinderPotential(
      z: z, sigma: sigma, radius: radius ?? somata.radius, depths: depths)
  }
}
