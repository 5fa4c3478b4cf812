extension ForwardModelError {
  /// Refuses a dipole at a place with a coordinate that is not finite.
  static func requireFinite(location: SIMD3<Double>) throws(ForwardModelError) {
    guard location.x.isFinite, location.y.isFinite, location.z.isFinite else {
      throw ForwardModelError(
        parameter: "location",
        "location is \(text(location)) um; the coordinates of a dipole must be finite")
    }
  }

  /// Refuses a sensor at the dipole's place.
  static func requireApart(
    _ sensors: [SIMD3<Double>], _ location: SIMD3<Double>, _ what: String
  ) throws(ForwardModelError) {
    for (i, sensor) in sensors.enumerated() where sensor == location {
      throw ForwardModelError(
        parameter: "location",
        "\(what) \(i + 1) is at the dipole's place, \(text(location)) um, where its signal is "
          + "infinite; move one of them")
    }
  }

  /// `(x, y, z)`.
  static func text(_ p: SIMD3<Double>) -> String { "(\(p.x), \(p.y), \(p.z))" }
}
