public import ForwardModels

/// Current source density in the boxes of a grid.
public struct VolumetricCSDProbe: AveragedProbe, Equatable {
  /// Edges of the boxes along the axes, um, rising.
  public var x, y, z: [Double]
  public var average: ProbeAverage

  public init(x: [Double], y: [Double], z: [Double], average: ProbeAverage = .standard) {
    self.x = x
    self.y = y
    self.z = z
    self.average = average
  }

  public var kind: String { "volumetric_csd" }

  public func cellModel(for somata: Somata) throws -> any ForwardModel {
    try VolumetricCurrentSourceDensity(x: x, y: y, z: z)
  }
}
