import LFPKernels

/// Reads the contacts of a probe: `x`, `y` and `z`, or a `file`; placed by `position` and `rotation`;
/// with the surfaces that `contact`, `normal` and `width_axis` or the file give.
struct ContactsReader {
  let map: FieldMap
  let baseDirectory: String

  /// Whether contacts may have surfaces.
  var allowsSurfaces = true

  static let placeKeys = [
    "x", "y", "z", "file", "format", "plane", "position", "rotation", "names",
  ]
  static let surfaceKeys = ["contact", "normal", "width_axis"]
  static let keys = placeKeys + surfaceKeys

  func read() -> Contacts? {
    guard let geometry = geometry(), let placement = PlacedProbe(map) else { return nil }
    let surfaces =
      allowsSurfaces
      ? ContactSurfaceReader(map: map, geometry: geometry, placement: placement).read() : []
    guard let surfaces, let names = names(geometry) else { return nil }
    return Contacts(
      geometry.contacts.map(placement.place), surfaces: surfaces, names: names)
  }

  private func geometry() -> ProbeGeometry? {
    guard let file = map.optional("file") else {
      for key in ["format", "plane"] {
        map.optional(key)?.report("has no meaning without a file of contacts")
      }
      return Field.contacts(map).map { ProbeGeometry(contacts: $0) }
    }
    for key in ["x", "y", "z"] {
      map.optional(key)?.report("cannot be given beside file, which has the contacts")
    }
    return ProbeGeometry.read(file, map, baseDirectory: baseDirectory)
  }

  private func names(_ geometry: ProbeGeometry) -> [String]? {
    guard let field = map.optional("names") else { return geometry.givenNames }
    return field.names("one name")?.map(\.name)
  }
}

extension ProbeGeometry {
  /// Reads the file that a description names, in the `format` and `plane` that it says.
  static func read(_ file: Field, _ map: FieldMap, baseDirectory: String) -> ProbeGeometry? {
    guard let path = file.path("a probe file", baseDirectory: baseDirectory),
      let format = map.given("format", { $0.option(ProbeFileFormat.self) }),
      let plane = map.optional("plane").map({ $0.option(ProbePlane.self) }) ?? .xz
    else { return nil }
    do throws(DescriptionError) {
      let geometry = try ProbeGeometry.read(path: path, format: format, plane: plane)
      for warning in geometry.warnings {
        file.diagnostics.warn(file.about(warning), path: file.path, at: file.place)
      }
      return geometry
    } catch {
      for problem in error.diagnostics { file.report(file.about(problem)) }
      return nil
    }
  }

  /// The names of contacts; none where they are only counted.
  var givenNames: [String] {
    names == (0..<contacts.count).map(String.init) ? [] : names
  }
}

extension Field {
  /// A problem of a file that this field names.
  fileprivate func about(_ problem: Diagnostic) -> String {
    let line = problem.line.map { ":\($0)" } ?? ""
    let path = problem.path.isEmpty ? "" : "\(problem.path): "
    return "\(shown)\(line): \(path)\(problem.message)"
  }

  /// Contacts from `x`, `y` and `z`: each a number, which all contacts share, a list or a range.
  fileprivate static func contacts(_ map: FieldMap) -> [SIMD3<Double>]? {
    let axes = ["x", "y", "z"].map { axis in
      map.required(axis, "coordinates in um: a number, a list, or {from, to, count}")?
        .numbers(.length)
    }
    guard let x = axes[0], let y = axes[1], let z = axes[2] else { return nil }
    let count = max(x.count, y.count, z.count)
    guard [x, y, z].allSatisfy({ $0.count == count || $0.count == 1 }) else {
      return map.field.fail(
        "x, y and z have \(x.count), \(y.count) and \(z.count) values; "
          + "those with more than one must have equally many")
    }
    func value(_ axis: [Double], _ index: Int) -> Double { axis[axis.count == 1 ? 0 : index] }
    return (0..<count).map { SIMD3(value(x, $0), value(y, $0), value(z, $0)) }
  }
}

extension Contacts {
  /// The contacts as `x`, `y` and `z`, with what else is known of them.
  var canonical: CanonicalEntries {
    [
      ("x", .numbers(positions.map(\.x))), ("y", .numbers(positions.map(\.y))),
      ("z", .numbers(positions.map(\.z))),
      ("names", names.isEmpty ? nil : .texts(names)),
    ] + surfaces.canonical
  }
}
