/// Conductivity of a homogeneous medium, S/m: the same in all directions, or different along x, y, z.
public struct Conductivity: Sendable, Equatable, ExpressibleByFloatLiteral {
  /// The diagonal of the tensor, S/m.
  public let x, y, z: Double

  /// The same in all directions.
  public init(_ sigma: Double) {
    x = sigma
    y = sigma
    z = sigma
  }

  /// Different along the axes.
  public init(x: Double, y: Double, z: Double) {
    self.x = x
    self.y = y
    self.z = z
  }

  public init(floatLiteral value: Double) { self.init(value) }

  public var isIsotropic: Bool { x == y && y == z }

  func validate() throws(ForwardModelError) {
    if isIsotropic || x.isNaN && y.isNaN && z.isNaN {
      try ForwardModelError.requirePositive(x, "sigma", unit: "S/m")
    }
    try ForwardModelError.requirePositive(x, "sigma_x", unit: "S/m")
    try ForwardModelError.requirePositive(y, "sigma_y", unit: "S/m")
    try ForwardModelError.requirePositive(z, "sigma_z", unit: "S/m")
  }

  /// Lengths times these become those of an isotropic medium: the potential of a point current is
  /// I / (4 pi |stretch d|) with stretch = (sqrt(sy sz), sqrt(sx sz), sqrt(sx sy)).
  var stretch: SIMD3<Double> {
    SIMD3((y * z).squareRoot(), (x * z).squareRoot(), (x * y).squareRoot())
  }
}
