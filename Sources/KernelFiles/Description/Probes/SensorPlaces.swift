import Foundation
import LFPKernels

/// Reads where electrodes or sensors are about a head: `[[x, y, z], ...]`, the contacts of a file,
/// `{file, format, plane, position, rotation}`, or a grid on a sphere, `{theta, phi, radius}`.
struct SensorPlaces {
  var positions: [SIMD3<Double>]

  /// Empty where a file gives none.
  var names: [String] = []

  /// The directions in which a file says that they face; nil where it does not.
  var normals: [SIMD3<Double>]?

  /// The most places of a grid.
  private static let limit = 1_000_000

  /// - Parameter radius: that of a grid's sphere unless given, um; nil where it must be given.
  static func read(
    _ field: Field, radius: Double?, baseDirectory: String
  ) -> SensorPlaces? {
    guard case .mapping = field.node.content else {
      return field.vectors { $0.vector(.length) }.map { SensorPlaces(positions: $0) }
    }
    if field.node.entry("file") != nil { return readFile(field, baseDirectory: baseDirectory) }
    return readGrid(field, radius: radius)
  }

  private static func readFile(_ field: Field, baseDirectory: String) -> SensorPlaces? {
    guard let map = field.mapping(["file", "format", "plane", "position", "rotation"]),
      let file = map.optional("file"),
      let geometry = ProbeGeometry.read(file, map, baseDirectory: baseDirectory),
      let placement = PlacedProbe(map)
    else { return nil }
    return SensorPlaces(
      positions: geometry.contacts.map(placement.place), names: geometry.givenNames,
      normals: geometry.normals?.map(placement.turned))
  }

  /// All pairs of angles, the pole once; theta is that from the z axis, phi about it from the x axis.
  private static func readGrid(_ field: Field, radius standard: Double?) -> SensorPlaces? {
    guard let map = field.mapping(["theta", "phi", "radius", "file"]) else { return nil }
    let theta = map.required("theta", "angles from the z axis in rad")?.numbers(.angle)
    let phi = map.required("phi", "angles about the z axis in rad")?.numbers(.angle)
    let radius =
      standard != nil && map.optional("radius") == nil
      ? standard
      : map.required("radius", "the radius of the sensors' sphere in um")?
        .number(.length, .positive)
    guard let theta, let phi, let radius else { return nil }
    guard theta.count * phi.count <= limit else {
      return field.fail("has \(theta.count * phi.count) places; at most \(limit) are possible")
    }
    var positions: [SIMD3<Double>] = []
    for polar in theta {
      let isPole = abs(sin(polar)) < 1e-12
      for azimuth in isPole ? Array(phi.prefix(1)) : phi {
        let across = isPole ? 0 : sin(polar)
        positions.append(
          radius * SIMD3(across * cos(azimuth), across * sin(azimuth), cos(polar)))
      }
    }
    return SensorPlaces(positions: positions)
  }
}
