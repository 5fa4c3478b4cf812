import LFPKernels

/// Reads the surfaces of contacts: `contact` is `point`, `{disc: radius}`, `{square: side}` or
/// `{rectangle: [width, height]}`, one for all or a list with one for each; so are `normal` and
/// `width_axis`. What is not given is what the probe's file says.
struct ContactSurfaceReader {
  let map: FieldMap
  let geometry: ProbeGeometry
  let placement: PlacedProbe

  private var count: Int { geometry.contacts.count }

  /// One for all, one for each, or none.
  func read() -> [Contacts.Surface]? {
    guard let shapes = shapes() else { return nil }
    if shapes.isEmpty {
      for key in ["normal", "width_axis"] {
        map.optional(key)?.report("has no meaning for contacts that are points; give contact")
      }
      return []
    }
    guard let normals = normals(), let axes = widthAxes() else { return nil }
    let surfaces = (0..<count).map { index in
      Contacts.Surface(
        shapes.cycled(index), normal: placement.turned(normals.cycled(index)),
        widthAxis: axes.isEmpty ? nil : placement.turned(axes.cycled(index)))
    }
    guard let first = surfaces.first else { return [] }
    return surfaces.allSatisfy { $0 == first } ? [first] : surfaces
  }

  /// Empty for points.
  private func shapes() -> [ContactSurface.Shape]? {
    guard let field = map.optional("contact") else { return shapesOfFile() }
    if field.scalar == "point" { return [] }
    let shapes = field.listOrSelf.map(ContactSurface.Shape.read)
    guard !shapes.contains(nil) else { return nil }
    return checked(shapes.compactMap { $0 }, field, "shapes")
  }

  private func shapesOfFile() -> [ContactSurface.Shape]? {
    let shapes = geometry.shapes.compactMap { $0 }.map(ContactSurface.Shape.init)
    guard shapes.isEmpty || shapes.count == count else {
      return (map.optional("file") ?? map.field).fail(
        "gives the surfaces of \(shapes.count) of its \(count) contacts; give contact for all, "
          + "or contact: point")
    }
    return shapes
  }

  private func normals() -> [SIMD3<Double>]? {
    if let normals = geometry.normals, map.optional("normal") == nil { return normals }
    guard
      let field = map.required("normal", "the direction in which contacts face, [x, y, z]"),
      let normals = field.vectors({ $0.direction() })
    else { return nil }
    return checked(normals, field, "normals")
  }

  /// Empty where none are known.
  private func widthAxes() -> [SIMD3<Double>]? {
    guard let field = map.optional("width_axis") else {
      return map.optional("normal") == nil ? geometry.frames?.map(\.first) ?? [] : []
    }
    guard let axes = field.vectors({ $0.direction() }) else { return nil }
    return checked(axes, field, "axes")
  }

  private func checked<Value>(_ values: [Value], _ field: Field, _ what: String) -> [Value]? {
    guard values.count == 1 || values.count == count else {
      return field.fail(
        "there are \(values.count) \(what) for \(count) contacts; give one, or one for each")
    }
    return values
  }
}

extension Array {
  /// The element for one of several things that may share a single one.
  fileprivate func cycled(_ index: Int) -> Element { self[count == 1 ? 0 : index] }
}

extension ContactSurface.Shape {
  fileprivate init(_ shape: ProbeGeometry.Shape) {
    switch shape {
    case .circle(let radius): self = .disc(radius: radius)
    case .square(let side): self = .square(side: side)
    case .rect(let width, let height): self = .rectangle(width: width, height: height)
    }
  }

  fileprivate static func read(_ field: Field) -> ContactSurface.Shape? {
    guard
      let (kind, value) = field.choice(of: "contact", among: ["disc", "square", "rectangle"])
    else { return nil }
    switch kind {
    case "disc": return value.number(.length, .positive).map { .disc(radius: $0) }
    case "square": return value.number(.length, .positive).map { .square(side: $0) }
    default:
      guard let sides = value.list(of: "two lengths") else { return nil }
      guard sides.count == 2 else {
        return value.fail("has \(sides.count) elements; [width, height] is needed")
      }
      guard let width = sides[0].number(.length, .positive),
        let height = sides[1].number(.length, .positive)
      else { return nil }
      return .rectangle(width: width, height: height)
    }
  }

  fileprivate var canonical: CanonicalValue {
    switch self {
    case .disc(let radius): .mapping([("disc", .number(radius))])
    case .square(let side): .mapping([("square", .number(side))])
    case .rectangle(let width, let height): .mapping([("rectangle", .numbers([width, height]))])
    }
  }
}

extension [Contacts.Surface] {
  var canonical: CanonicalEntries {
    if isEmpty { return [] }
    let axes = map { $0.widthAxis.map { CanonicalValue.vector($0) } ?? .list([]) }
    return [
      ("contact", .list(map(\.shape.canonical))), ("normal", .vectors(map(\.normal))),
      ("width_axis", allSatisfy { $0.widthAxis == nil } ? nil : .list(axes)),
    ]
  }
}
