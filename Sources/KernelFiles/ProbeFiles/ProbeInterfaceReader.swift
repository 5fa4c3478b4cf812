/// Reads the JSON format of probeinterface, as its schema describes it.
struct ProbeInterfaceReader {
  let root: ForeignMap
  let plane: ProbePlane

  private static let units = ["um": 1.0, "mm": 1e3, "m": 1e6]

  /// What a file holds beside the probes' contacts, and what is not used of a probe.
  private static let rootKeys = ["specification", "version", "probes"]
  private static let probeKeys = [
    "ndim", "si_units", "annotations", "contact_annotations", "contact_positions",
    "contact_plane_axes", "contact_shapes", "contact_shape_params", "contact_ids", "contact_sides",
    "shank_ids", "device_channel_indices", "probe_planar_contour", "electrode_positions",
    "electrode_plane_axes", "electrode_shapes", "electrode_shape_params", "electrode_ids",
  ]

  /// The contacts of all probes, one probe after the other.
  func read() -> ProbeGeometry? {
    root.check(known: Self.rootKeys)
    if let field = root.optional("specification"), field.scalar != "probeinterface" {
      field.report("\(field.node.found) is not 'probeinterface', the format that is read here")
    }
    guard let list = root.required("probes", what: "a list of probes"),
      let fields = list.list(of: "probes")
    else { return nil }
    guard !fields.isEmpty else {
      return list.fail("is an empty list; at least one probe is needed")
    }
    let probes = fields.map { field in
      ForeignMap(field, warnings: root.warnings).flatMap(probe)
    }
    guard !probes.contains(nil) else { return nil }
    return joined(probes.compactMap { $0 })
  }

  /// Several probes as one; where their contacts have like names, those get the probe's number.
  private func joined(_ probes: [ProbeGeometry]) -> ProbeGeometry {
    let names = probes.flatMap(\.names)
    let unique = Set(names).count == names.count
    let numbered = probes.enumerated().flatMap { index, probe in
      probe.names.map { "\(index):\($0)" }
    }
    return ProbeGeometry(
      contacts: probes.flatMap(\.contacts), frames: probes.flatMap { $0.frames ?? [] },
      shapes: probes.flatMap(\.shapes), names: unique ? names : numbered)
  }

  private func probe(_ map: ForeignMap) -> ProbeGeometry? {
    map.check(known: Self.probeKeys)
    let dimensions = self.dimensions(map)
    let scale = unit(map)
    guard
      let positions = map.required(
        "contact_positions", "electrode_positions", what: "the contacts' coordinates, [[x, y], ...]"
      ),
      let dimensions, let scale, let rows = positions.list(of: "contacts")
    else { return nil }
    guard !rows.isEmpty else {
      return positions.fail("is an empty list; at least one contact is needed")
    }
    let coordinates = rows.map { $0.coordinates(dimensions) }
    let frames = self.frames(map, count: rows.count, dimensions: dimensions)
    let shapes = ContactShapeReader(map: map, count: rows.count, scale: scale).read()
    let names = self.names(map, count: rows.count)
    guard !coordinates.contains(nil), let frames, let shapes, let names else { return nil }
    let contacts = coordinates.compactMap { $0 }.map { scale * space($0) }
    return ProbeGeometry(contacts: contacts, frames: frames, shapes: shapes, names: names)
  }

  private func dimensions(_ map: ForeignMap) -> Int? {
    guard let field = map.required("ndim", what: "the number of coordinates, 2 or 3"),
      let count = field.count()
    else { return nil }
    guard (2...3).contains(count) else { return field.fail("\(count) is neither 2 nor 3") }
    return count
  }

  private func unit(_ map: ForeignMap) -> Double? {
    guard let field = map.required("si_units", what: "um, mm or m") else { return nil }
    if let scale = Self.units[field.scalar ?? ""] { return scale }
    return field.fail("\(field.node.found) is not a unit of length that is known; use um, mm or m")
  }

  /// A vector with two coordinates lies in the plane.
  private func space(_ values: [Double]) -> SIMD3<Double> {
    values.count == 2
      ? plane.point(values[0], values[1]) : SIMD3(values[0], values[1], values[2])
  }

  private func names(_ map: ForeignMap, count: Int) -> [String]? {
    guard let field = map.optional("contact_ids", "electrode_ids") else {
      return (0..<count).map(String.init)
    }
    guard let list = field.list(of: "names"), agree(list.count, count, field) else { return nil }
    let names = list.map { $0.isList || $0.isMapping ? nil : $0.scalar ?? "" }
    guard !names.contains(nil) else { return field.fail("holds something that is not a name") }
    let known = names.compactMap { $0 }
    guard Set(known).count == count else {
      map.warn("names contacts alike or not at all; they are called by their numbers", about: field)
      return (0..<count).map(String.init)
    }
    return known
  }

  private func agree(_ found: Int, _ count: Int, _ field: Field) -> Bool {
    if found == count { return true }
    field.report("has \(found) elements for \(count) contacts; give one for each")
    return false
  }

  /// How the contacts lie; those on the back of a probe face the other way.
  private func frames(
    _ map: ForeignMap, count: Int, dimensions: Int
  ) -> [ProbeGeometry.Frame]? {
    var frames = Array(repeating: plane.frame, count: count)
    if let field = map.optional("contact_plane_axes", "electrode_plane_axes") {
      guard let list = field.list(of: "pairs of axes"), agree(list.count, count, field) else {
        return nil
      }
      let read = list.map { frame($0, dimensions: dimensions) }
      guard !read.contains(nil) else { return nil }
      frames = read.compactMap { $0 }
    } else if dimensions == 3 {
      return map.field.fail(
        "has no contact_plane_axes; with three coordinates they are needed, two axes per contact")
    }
    if let field = map.optional("contact_sides") {
      guard let list = field.list(of: "sides"), agree(list.count, count, field) else { return nil }
      for (index, side) in list.enumerated() {
        switch side.scalar {
        case "front": break
        case "back": frames[index].first *= -1
        default: return side.fail("\(side.node.found) is neither 'front' nor 'back'")
        }
      }
    }
    return frames
  }

  /// A pair of axes, which must be at right angles; their lengths do not matter.
  private func frame(_ field: Field, dimensions: Int) -> ProbeGeometry.Frame? {
    guard let axes = field.list(of: "two axes") else { return nil }
    guard axes.count == 2 else { return field.fail("has \(axes.count) axes; two are needed") }
    guard let a = axes[0].coordinates(dimensions).map(space),
      let b = axes[1].coordinates(dimensions).map(space)
    else { return nil }
    let (first, second) = ((a * a).sum().squareRoot(), (b * b).sum().squareRoot())
    guard first > 0, second > 0, first.isFinite, second.isFinite else {
      return field.fail("has an axis without direction; give two axes at right angles")
    }
    let cosine = ((a / first) * (b / second)).sum()
    guard abs(cosine) < 1e-3 else {
      return field.fail("has axes that are not at right angles; their cosine is \(cosine)")
    }
    let unit = a / first
    let rest = b / second - cosine * unit
    return ProbeGeometry.Frame(first: unit, second: rest / (rest * rest).sum().squareRoot())
  }
}
