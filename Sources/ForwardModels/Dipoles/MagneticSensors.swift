import LinearAlgebra

/// Places where a magnetic field is measured: all three components, or the one along a normal.
///
/// Without normals there are three outputs per sensor, those of one sensor together: sensor 1 x, y, z,
/// sensor 2 x, y, z, ... With normals there is one output per sensor.
public struct MagneticSensors: Sendable, Equatable {
  /// um.
  public let positions: [SIMD3<Double>]

  /// Of length 1; nil where all components are measured.
  public let normals: [SIMD3<Double>]?

  /// - Parameters:
  ///   - positions: um.
  ///   - normals: of any length, one per sensor; nil for all components.
  /// - Throws: `ForwardModelError` when there is no sensor, a coordinate is not finite, or normals are
  ///   not as many as sensors or without direction.
  public init(positions: [SIMD3<Double>], normals: [SIMD3<Double>]? = nil) throws {
    guard !positions.isEmpty else {
      throw ForwardModelError(
        parameter: "sensors", "there are no sensors; give at least one")
    }
    for (i, p) in positions.enumerated() where !(p.x.isFinite && p.y.isFinite && p.z.isFinite) {
      throw ForwardModelError(
        parameter: "sensors", "sensor \(i + 1) has a coordinate that is not finite")
    }
    if let normals, normals.count != positions.count {
      throw ForwardModelError(
        parameter: "normals",
        "there are \(normals.count) normals for \(positions.count) sensors; give one for each")
    }
    self.positions = positions
    self.normals = try normals?.map { try unitVector($0, "normals") }
  }

  /// The position of each output.
  var outputPositions: [SIMD3<Double>] {
    normals == nil ? positions.flatMap { [$0, $0, $0] } : positions
  }

  /// `sensor 1 x` and so on; empty with normals.
  var outputNames: [String] {
    if normals != nil { return [] }
    return (1...positions.count).flatMap { i in ["x", "y", "z"].map { "sensor \(i) \($0)" } }
  }

  /// The matrix of the outputs, from the field at each sensor that moments of 1 along x, y and z
  /// cause.
  func matrix(
    _ field: (_ sensor: SIMD3<Double>, _ moment: SIMD3<Double>) -> SIMD3<Double>
  ) -> Matrix {
    let axes = [SIMD3<Double>(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1)]
    let perSensor = normals == nil ? 3 : 1
    return Matrix(rows: perSensor * positions.count, columns: 3) { target in
      for (i, sensor) in positions.enumerated() {
        for (column, axis) in axes.enumerated() {
          let h = field(sensor, axis)
          if let normals {
            target[3 * i + column] = dot(h, normals[i])
          } else {
            for row in 0..<3 { target[3 * (3 * i + row) + column] = h[row] }
          }
        }
      }
    }
  }
}
