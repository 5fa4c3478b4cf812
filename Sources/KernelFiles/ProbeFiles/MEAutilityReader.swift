/// Reads the YAML format of MEAutility (Buccino), whose lengths are in um.
///
/// A probe is given by `pos`, or by `dim`, the numbers of rows and columns, and `pitch`. It is centred
/// about the mean of its contacts unless `center: false` is said.
struct MEAutilityReader {
  let map: ForeignMap

  private static let keys = [
    "electrode_name", "description", "pos", "dim", "pitch", "stagger", "plane", "offset", "center",
    "size", "shape", "sortlist", "type", "model",
  ]

  /// Nil where there are no contacts to be had; other problems are only reported.
  func read() -> ProbeGeometry? {
    map.check(known: Self.keys)
    let given = map.optional("plane").flatMap { $0.option(ProbePlane.self) }
    let plane = given ?? .yz
    let shape = self.shape()
    guard let layout = layout(plane) else { return nil }
    let isCentred = map.optional("center").flatMap { $0.flag() } ?? true
    var contacts = layout.contacts
    if isCentred {
      let mean = contacts.reduce(.zero, +) / Double(contacts.count)
      contacts = contacts.map { $0 - mean }
    }
    if let field = map.optional("offset"), let offset = field.number(), offset != 0 {
      if isCentred {
        map.warn("has no effect, because the probe is centred", about: field)
      } else if layout.isPlanar {
        contacts = contacts.map { $0 + offset * plane.across }
      }
    }
    guard let sorted = sort(contacts) else { return nil }
    // Positions in space without a plane do not tell which way the contacts face.
    let frame = layout.isPlanar ? plane.frame : given?.frame
    return ProbeGeometry(
      contacts: sorted, frames: frame.map { Array(repeating: $0, count: sorted.count) },
      shapes: Array(repeating: shape, count: sorted.count))
  }

  private func layout(_ plane: ProbePlane) -> (contacts: [SIMD3<Double>], isPlanar: Bool)? {
    if let field = map.optional("pos") {
      for key in ["dim", "pitch", "stagger"] {
        if let unused = map.optional(key) {
          map.warn("is not used, because pos is given", about: unused)
        }
      }
      return positions(field, plane)
    }
    let what = "the numbers of rows and columns and a pitch, or pos, a list of positions"
    guard let dim = map.required("dim", what: what),
      let contacts = MEAutilityGrid(map: map, dim: dim).contacts(plane)
    else { return nil }
    return (contacts, true)
  }

  /// Positions with two coordinates each, or with three; one contact may stand without a list.
  private func positions(
    _ field: Field, _ plane: ProbePlane
  ) -> (contacts: [SIMD3<Double>], isPlanar: Bool)? {
    guard var rows = field.list(of: "positions") else { return nil }
    if let first = rows.first, !first.isList { rows = [field] }
    guard let first = rows.first, let dimensions = first.list(of: "coordinates")?.count else {
      return field.fail("is an empty list; at least one contact is needed")
    }
    guard (2...3).contains(dimensions) else {
      return first.fail("has \(dimensions) coordinates; 2 or 3 are needed")
    }
    let coordinates = rows.map { $0.coordinates(dimensions) }
    guard !coordinates.contains(nil) else { return nil }
    let contacts = coordinates.compactMap { $0 }.map { c in
      dimensions == 2 ? plane.point(c[0], c[1]) : SIMD3(c[0], c[1], c[2])
    }
    return (contacts, dimensions == 2)
  }

  /// The contacts' shape, of which MEAutility gives half the extent.
  private func shape() -> ProbeGeometry.Shape? {
    let (shape, size) = (map.optional("shape"), map.optional("size"))
    if shape == nil && size == nil { return nil }
    let names = ["circle", "square", "rect"]
    let name = shape?.scalar ?? "square"
    if let shape, !names.contains(shape.scalar ?? "") {
      return shape.fail("\(shape.node.found) is not a shape\(advice(for: name, among: names))")
    }
    if shape == nil { map.warn("has a size without a shape; MEAutility takes square contacts") }
    if name == "rect" {
      guard let size, let half = size.coordinates(2) else {
        return size == nil
          ? map.field.fail("has contacts of shape rect; give size: [half width, half height]") : nil
      }
      guard half[0] > 0, half[1] > 0 else { return size.fail("has an extent that is not positive") }
      return .rect(width: 2 * half[0], height: 2 * half[1])
    }
    guard let size else {
      map.warn("has a shape without a size; MEAutility takes 5 um")
      return name == "circle" ? .circle(radius: 5) : .square(side: 10)
    }
    guard let half = size.number(.number, .positive) else { return nil }
    return name == "circle" ? .circle(radius: half) : .square(side: 2 * half)
  }

  /// `sortlist` says for each contact which number it gets.
  private func sort(_ contacts: [SIMD3<Double>]) -> [SIMD3<Double>]? {
    guard let field = map.optional("sortlist") else { return contacts }
    guard let list = field.list(of: "numbers of contacts") else { return nil }
    var sorted = contacts
    var places: Set<Int> = []
    for element in list {
      guard let number = element.number() else { return nil }
      guard let place = Int(exactly: number), contacts.indices.contains(place) else {
        return element.fail(
          "\(element.shown) is not the number of a contact; they are 0 to \(contacts.count - 1)")
      }
      guard places.insert(place).inserted else {
        return element.fail("\(place) is there twice; each contact's number must be there once")
      }
      if places.count <= contacts.count { sorted[place] = contacts[places.count - 1] }
    }
    guard places.count == contacts.count else {
      return field.fail("has \(places.count) numbers for \(contacts.count) contacts; give all")
    }
    return sorted
  }
}
