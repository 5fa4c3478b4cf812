/// Reads `contact_shapes` and `contact_shape_params` of probeinterface.
struct ContactShapeReader {
  let map: ForeignMap
  let count: Int

  /// How many um the file's unit is.
  let scale: Double

  /// The shape of each contact: one for all, or one for each.
  func read() -> [ProbeGeometry.Shape?]? {
    let shapes = map.optional("contact_shapes", "electrode_shapes")
    let parameters = map.optional("contact_shape_params", "electrode_shape_params")
    guard let shapes else {
      if let parameters {
        return parameters.fail("has no use without contact_shapes; give circle, square or rect")
      }
      return Array(repeating: nil, count: count)
    }
    guard let parameters else {
      return shapes.fail("has no contact_shape_params; give radius, or width and height")
    }
    guard let kinds = each(shapes, "shapes"), let sizes = each(parameters, "sizes") else {
      return nil
    }
    let read = zip(kinds, sizes).map { shape($0, $1) }
    return read.allSatisfy(\.isValid) ? read.map(\.shape) : nil
  }

  /// The elements of a list, one per contact, or one value for all of them.
  private func each(_ field: Field, _ what: String) -> [Field]? {
    guard field.isList else { return Array(repeating: field, count: count) }
    guard let list = field.list(of: what) else { return nil }
    guard list.count == count else {
      return field.fail("has \(list.count) elements for \(count) contacts; give one for each")
    }
    return list
  }

  private func shape(_ kind: Field, _ size: Field) -> (shape: ProbeGeometry.Shape?, isValid: Bool) {
    let names = ["circle", "square", "rect"]
    guard let name = kind.scalar, names.contains(name) else {
      kind.report(
        "\(kind.node.found) is not a shape\(advice(for: kind.scalar ?? "", among: names))")
      return (nil, false)
    }
    guard let sizes = ForeignMap(size, warnings: map.warnings) else { return (nil, false) }
    func length(_ key: String) -> Double? {
      sizes.required(key, what: "the \(key) of the \(name)")?.number(.number, .nonNegative)
        .map { scale * $0 }
    }
    sizes.check(known: ["radius", "width", "height"])
    switch name {
    case "circle":
      guard let radius = length("radius") else { return (nil, false) }
      return (radius > 0 ? .circle(radius: radius) : nil, true)
    case "square":
      guard let side = length("width") else { return (nil, false) }
      return (side > 0 ? .square(side: side) : nil, true)
    default:
      guard let width = length("width"), let height = length("height") else { return (nil, false) }
      return (width > 0 && height > 0 ? .rect(width: width, height: height) : nil, true)
    }
  }
}
