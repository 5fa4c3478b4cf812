#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The flat surface of a contact: a contact measures the mean of the potential over it.
public struct ContactSurface: Sendable, Equatable {
  /// Its outline, lengths in um.
  public enum Shape: Sendable, Equatable {
    case disc(radius: Double)
    /// A square with sides of this full length. (LFPykit's `r` of a `square` is half of it.)
    case square(side: Double)
    /// A rectangle with sides of these full lengths, `width` along the surface's width axis and
    /// `height` across it. (LFPykit's two numbers of a `rect` are halves of its sides.)
    case rectangle(width: Double, height: Double)
  }

  public let shape: Shape

  /// Unit vector at right angles to the surface.
  public let normal: SIMD3<Double>

  /// Unit vector in the surface, along the width.
  public let widthAxis: SIMD3<Double>

  /// A surface with the given outline and orientation.
  ///
  /// - Parameters:
  ///   - normal: At right angles to the surface; of any length but 0.
  ///   - widthAxis: Direction of the width: its part in the surface counts. Without it, the height is
  ///     as far along z as the normal lets it be (along y where the normal is z).
  /// - Throws: `ForwardModelError` when a length is not positive, the normal is 0 or not finite, or the
  ///   width axis is parallel to the normal.
  public init(
    _ shape: Shape, normal: SIMD3<Double>, widthAxis: SIMD3<Double>? = nil
  ) throws {
    switch shape {
    case .disc(let radius): try ForwardModelError.requirePositive(radius, "radius", unit: "um")
    case .square(let side): try ForwardModelError.requirePositive(side, "side", unit: "um")
    case .rectangle(let width, let height):
      try ForwardModelError.requirePositive(width, "width", unit: "um")
      try ForwardModelError.requirePositive(height, "height", unit: "um")
    }
    guard let unit = normalized(normal) else {
      throw ForwardModelError(
        parameter: "normal", "the normal of a contact is \(normal); it needs a direction")
    }
    var axis = widthAxis ?? cross(unit, SIMD3(0, 0, 1))
    if widthAxis == nil, (axis * axis).sum() < 1e-18 { axis = cross(unit, SIMD3(0, 1, 0)) }
    guard let direction = normalized(axis),
      let width = normalized(direction - (direction * unit).sum() * unit, minimum: 1e-9)
    else {
      throw ForwardModelError(
        parameter: "widthAxis",
        "the width axis of a contact is \(axis), its normal \(normal); they must not be parallel")
    }
    self.shape = shape
    self.normal = unit
    self.widthAxis = width
  }

  /// Unit vector in the surface, along the height.
  public var heightAxis: SIMD3<Double> { cross(normal, widthAxis) }

  /// How far the surface reaches from its centre along z, um.
  var reachInZ: Double {
    let (w, h) = (abs(widthAxis.z), abs(heightAxis.z))
    switch shape {
    case .disc(let radius): return radius * (w * w + h * h).squareRoot()
    case .square(let side): return 0.5 * side * (w + h)
    case .rectangle(let width, let height): return 0.5 * (width * w + height * h)
    }
  }
}

/// A vector of length 1; nil for one that is too short or not finite.
private func normalized(_ v: SIMD3<Double>, minimum: Double = 0) -> SIMD3<Double>? {
  let largest = max(abs(v.x), abs(v.y), abs(v.z))
  guard v.x.isFinite, v.y.isFinite, v.z.isFinite, largest > minimum else { return nil }
  let scaled = v / largest
  return scaled / (scaled * scaled).sum().squareRoot()
}

/// Throws where contacts are none or not finite, or surfaces do not match them.
func validate(contacts: [SIMD3<Double>], surfaces: [ContactSurface]) throws(ForwardModelError) {
  try ForwardModelError.requireFinite(contacts)
  guard surfaces.count <= 1 || surfaces.count == contacts.count else {
    throw ForwardModelError(
      parameter: "surfaces",
      "there are \(surfaces.count) surfaces for \(contacts.count) contacts; give none, one, or one each"
    )
  }
}
