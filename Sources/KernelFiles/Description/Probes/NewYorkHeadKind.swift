import LFPKernels

extension ProbeKind {
  /// `new_york_head: {file, location, axis, moment, unit}`; canonically with what the file says of
  /// one vertex in place of file and location: `lead_field`, `vertex`, `normal` and `electrodes`.
  static let newYorkHead = ProbeKind(
    name: "new_york_head",
    read: { field, baseDirectory in
      let own = ["file", "location", "lead_field", "vertex", "normal", "electrodes"]
      guard let map = field.mapping(own + ["axis", "moment", "unit"]),
        let (key, source) = map.exactlyOne(of: ["file", "lead_field"], what: "the head")
      else { return nil }
      let foreign = key == "file" ? ["vertex", "normal", "electrodes"] : ["location"]
      for name in foreign { map.optional(name)?.report("cannot be given beside \(key)") }
      let head =
        key == "file"
        ? NewYorkHeadProbe.readFile(source, map, baseDirectory: baseDirectory)
        : NewYorkHeadProbe.readInline(source, map)
      let axis = map.given("axis") { $0.direction() }
      let moment = DipoleSource.readMoment(map)
      let unit = DipoleSignalUnit.read(map, of: .potential)
      guard var head, let axis, let moment, let unit else { return nil }
      (head.axis, head.moment, head.unit) = (axis, moment, unit)
      return map.checked(head)
    },
    write: { probe in
      guard let probe = probe as? NewYorkHeadProbe else { return nil }
      let rows = (0..<probe.leadField.rows).map { row in
        CanonicalValue.numbers(Array(probe.leadField.row(row)))
      }
      return .mapping([
        ("lead_field", .list(rows)), ("vertex", .vector(probe.vertex)),
        ("normal", .vector(probe.normal)),
        ("electrodes", probe.electrodes.isEmpty ? nil : .vectors(probe.electrodes)),
        ("axis", probe.axis.map { .vector($0) }), ("moment", .text(probe.moment.rawValue)),
        ("unit", .text(probe.unit.rawValue)),
      ])
    })
}

extension NewYorkHeadProbe {
  /// Places on the cortex by name, in mm of the head's coordinates: those that LFPykit knows.
  private static let places: [String: SIMD3<Double>] = [
    "calcarine_sulcus": SIMD3(5, -86, 2), "motorsensory_cortex": SIMD3(18, 8, 71),
    "occipital_lobe": SIMD3(-24.7, -103.3, -1.46), "parietal_lobe": SIMD3(54, -48, 55.9),
  ]

  /// The lead field of the vertex nearest to `location`.
  fileprivate static func readFile(
    _ file: Field, _ map: FieldMap, baseDirectory: String
  ) -> NewYorkHeadProbe? {
    let path = file.path("the New York head's file", baseDirectory: baseDirectory)
    let field = map.required(
      "location", "the name of a place on the cortex, or [x, y, z] in mm of the head's coordinates")
    guard let path, let field, let place = place(field) else { return nil }
    let head: NewYorkHeadFile
    do {
      head = try NewYorkHeadFile(path: path)
    } catch {
      return file.fail("\(error)")
    }
    do {
      return NewYorkHeadProbe(try head.model(near: 1e3 * place))
    } catch {
      return field.fail("\(error)")
    }
  }

  /// mm
  private static func place(_ field: Field) -> SIMD3<Double>? {
    guard let name = field.scalar else { return field.vector(.lengthInMillimetres) }
    if let place = places[name] { return place }
    return field.fail(
      "there is no place '\(name)'\(advice(for: name, among: places.keys.sorted())); or give "
        + "[x, y, z] in mm")
  }

  fileprivate static func readInline(_ field: Field, _ map: FieldMap) -> NewYorkHeadProbe? {
    let rows = field.vectors { $0.vector(.number) }
    let vertex = map.required("vertex", "where the vertex is, [x, y, z] in um")?.vector(.length)
    let normal = map.required("normal", "the normal of the cortex, [x, y, z]")?.direction()
    let electrodes = map.optional("electrodes").map { $0.vectors { $0.vector(.length) } } ?? []
    guard let rows, let vertex, let normal, let electrodes else { return nil }
    let leadField = Matrix(
      rows: rows.count, columns: 3, storage: rows.flatMap { [$0.x, $0.y, $0.z] })
    return NewYorkHeadProbe(
      leadField: leadField, vertex: vertex, normal: normal, electrodes: electrodes)
  }
}

extension Dimension {
  /// A length that is in mm unless it has a unit, as head models have it.
  fileprivate static let lengthInMillimetres = Dimension(
    name: "a length",
    units: [Unit("mm", 0), Unit("um", -3), Unit("nm", -6), Unit("cm", 1), Unit("m", 3)])
}
