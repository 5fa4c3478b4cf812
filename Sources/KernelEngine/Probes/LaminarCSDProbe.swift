public import ForwardModels

/// Current source density in layers: cylinders about a vertical axis.
public struct LaminarCSDProbe: AveragedProbe, Equatable {
  /// A layer between two depths, um, in any order.
  public struct Layer: Sendable, Equatable {
    public var from, to: Double

    public init(from: Double, to: Double) {
      self.from = from
      self.to = to
    }
  }

  public var layers: [Layer]

  /// Radius of the cylinders, um; nil for that of the population's somata.
  public var radius: Double?

  /// x and y of the axis, um.
  public var axis: SIMD2<Double>
  public var average: ProbeAverage

  public init(
    layers: [Layer], radius: Double? = nil, axis: SIMD2<Double> = .zero,
    average: ProbeAverage = .standard
  ) {
    self.layers = layers
    self.radius = radius
    self.axis = axis
    self.average = average
  }

  /// Layers between neighbouring edges, um.
  public init(
    edges: [Double], radius: Double? = nil, axis: SIMD2<Double> = .zero,
    average: ProbeAverage = .standard
  ) {
    self.init(
      layers: zip(edges, edges.dropFirst()).map { Layer(from: $0, to: $1) }, radius: radius,
      axis: axis, average: average)
  }

  public var kind: String { "laminar_csd" }

  public func cellModel(for somata: Somata) throws -> any ForwardModel {
    try LaminarCurrentSourceDensity(
      cylinders: layers.map { layer in
        LaminarCurrentSourceDensity.Cylinder(
          from: min(layer.from, layer.to), to: max(layer.from, layer.to),
          radius: radius ?? somata.radius)
      }, axis: axis)
  }
}
