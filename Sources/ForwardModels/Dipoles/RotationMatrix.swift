public import CellMorphology

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// A proper rotation of space about the origin.
public struct RotationMatrix: Sendable, Equatable {
  /// What the unit vectors along x, y and z become.
  public let columns: (x: SIMD3<Double>, y: SIMD3<Double>, z: SIMD3<Double>)

  private init(_ x: SIMD3<Double>, _ y: SIMD3<Double>, _ z: SIMD3<Double>) {
    columns = (x, y, z)
  }

  public static let identity = RotationMatrix(
    SIMD3(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1))

  /// Successive right-handed rotations about the fixed axes x, y, z, in this order.
  public init(_ angles: Rotation) {
    let (cx, sx) = (cos(angles.x), sin(angles.x))
    let (cy, sy) = (cos(angles.y), sin(angles.y))
    let (cz, sz) = (cos(angles.z), sin(angles.z))
    self.init(
      SIMD3(cz * cy, sz * cy, -sy),
      SIMD3(cz * sy * sx - sz * cx, sz * sy * sx + cz * cx, cy * sx),
      SIMD3(cz * sy * cx + sz * sx, sz * sy * cx - cz * sx, cy * cx))
  }

  /// The rotation by the smallest angle that turns one direction into another.
  ///
  /// Opposite directions have many: the half turn is then about the axis that is orthogonal to
  /// `direction` and to that of x, y, z along which `direction` is smallest.
  ///
  /// - Parameters:
  ///   - direction: of any length but zero.
  ///   - target: of any length but zero.
  /// - Throws: `ForwardModelError` when one of them has no direction.
  public init(turning direction: SIMD3<Double>, to target: SIMD3<Double>) throws {
    let a = try unitVector(direction, "axis")
    let b = try unitVector(target, "normal")
    let c = dot(a, b)
    if c >= 0 {
      self = RotationMatrix.turn(a, b)
    } else {
      // First the half turn to -a, then the small one that is left.
      let (x, y, z) = (abs(a.x), abs(a.y), abs(a.z))
      let e: SIMD3<Double> =
        x <= y && x <= z ? SIMD3(1, 0, 0) : y <= z ? SIMD3(0, 1, 0) : SIMD3(0, 0, 1)
      let sine = cross(a, b)
      let squared = dot(sine, sine)
      let other = squared > 1e-24 ? sine : cross(a, e)
      let half = RotationMatrix.halfTurn(about: try unitVector(other - dot(a, other) * a, "axis"))
      self = RotationMatrix.turn(-a, b) * half
    }
  }

  /// R = I + [v] + [v]^2 / (1 + c) with v = a × b and c = a · b >= 0 (Möller & Hughes 1999).
  private static func turn(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> RotationMatrix {
    let v = cross(a, b)
    let c = dot(a, b)
    let k = 1 / (1 + c)
    func image(_ e: SIMD3<Double>) -> SIMD3<Double> { c * e + cross(v, e) + k * dot(v, e) * v }
    return RotationMatrix(
      image(SIMD3(1, 0, 0)), image(SIMD3(0, 1, 0)), image(SIMD3(0, 0, 1)))
  }

  private static func halfTurn(about axis: SIMD3<Double>) -> RotationMatrix {
    func image(_ e: SIMD3<Double>) -> SIMD3<Double> { 2 * dot(axis, e) * axis - e }
    return RotationMatrix(
      image(SIMD3(1, 0, 0)), image(SIMD3(0, 1, 0)), image(SIMD3(0, 0, 1)))
  }

  public func callAsFunction(_ p: SIMD3<Double>) -> SIMD3<Double> {
    p.x * columns.x + p.y * columns.y + p.z * columns.z
  }

  /// The rotation that does `right` first.
  public static func * (left: RotationMatrix, right: RotationMatrix) -> RotationMatrix {
    RotationMatrix(left(right.columns.x), left(right.columns.y), left(right.columns.z))
  }

  /// The rotation back.
  public var inverse: RotationMatrix {
    let (x, y, z) = columns
    return RotationMatrix(SIMD3(x.x, y.x, z.x), SIMD3(x.y, y.y, z.y), SIMD3(x.z, y.z, z.z))
  }

  public static func == (left: RotationMatrix, right: RotationMatrix) -> Bool {
    left.columns == right.columns
  }
}

/// A vector's direction.
func unitVector(_ vector: SIMD3<Double>, _ parameter: String) throws -> SIMD3<Double> {
  let largest = max(abs(vector.x), abs(vector.y), abs(vector.z))
  guard largest > 0, largest.isFinite, !(vector.x + vector.y + vector.z).isNaN else {
    throw ForwardModelError(
      parameter: parameter,
      "\(parameter) is (\(vector.x), \(vector.y), \(vector.z)); it must have a direction: finite "
        + "numbers, not all zero")
  }
  let scaled = vector / largest
  return scaled / norm(scaled)
}
