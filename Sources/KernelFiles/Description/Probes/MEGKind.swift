import LFPKernels

extension ProbeKind {
  /// `meg: {sensors, normals, conductor, location, axis, moment, unit}`.
  static let meg = ProbeKind(
    name: "meg",
    read: { field, baseDirectory in
      guard let map = field.mapping(["sensors", "normals", "conductor"] + DipoleSource.keys)
      else { return nil }
      let places = map.required(
        "sensors", "a list of [x, y, z] in um, {file}, or a grid {theta, phi, radius}"
      ).flatMap { SensorPlaces.read($0, radius: nil, baseDirectory: baseDirectory) }
      let normals = places.flatMap { SensorNormals.read(map, $0) }
      let conductor =
        map.optional("conductor").map { $0.option(MEGProbe.Conductor.self) } ?? .sphere
      // A radial dipole in a sphere has no field: no axis is a good guess.
      let axis = map.required("axis", "the direction of the population's z axis, [x, y, z]")
      let dipole = DipoleSource.read(map)
      let unit = DipoleSignalUnit.read(map, of: .magneticField)
      guard let places, let normals, let conductor, axis != nil, let dipole, let unit else {
        return nil
      }
      return map.checked(
        MEGProbe(
          sensors: places.positions, normals: normals.directions, conductor: conductor,
          dipole: dipole, unit: unit))
    },
    write: { probe in
      guard let probe = probe as? MEGProbe else { return nil }
      return .mapping(
        [
          ("sensors", .vectors(probe.sensors)),
          ("normals", probe.normals.map { .vectors($0) }),
          ("conductor", .text(probe.conductor.rawValue)),
        ] + probe.dipole.canonical + [("unit", .text(probe.unit.rawValue))])
    })
}

/// Along which directions sensors measure a field: `none` for all three components, `radial`, one
/// direction for all, or one for each; unless given, what the sensors' file says.
private struct SensorNormals {
  /// Nil for all three components.
  var directions: [SIMD3<Double>]?

  static func read(_ map: FieldMap, _ places: SensorPlaces) -> SensorNormals? {
    guard let field = map.optional("normals") else {
      return SensorNormals(directions: places.normals)
    }
    switch field.scalar {
    case "none": return SensorNormals(directions: nil)
    case "radial": return SensorNormals(directions: places.positions)
    case .some:
      return field.fail(
        "\(field.node.found) is not known; give none, radial, [x, y, z], or a list of such")
    case nil: break
    }
    guard let normals = field.vectors({ $0.direction() }) else { return nil }
    guard normals.count == 1, let normal = normals.first else {
      return SensorNormals(directions: normals)
    }
    return SensorNormals(directions: places.positions.map { _ in normal })
  }
}
