import LFPKernels

extension SynapsePlacement {
  /// Reads `placement`; `cells` are those of the postsynaptic populations.
  static func read(_ field: Field, cells: [String: Cell]) -> SynapsePlacement? {
    guard let map = field.mapping(["frame", "sections", "depth", "z_min", "z_max"]) else {
      return nil
    }
    var placement = SynapsePlacement()
    var isReadable = true
    if let frame = map.optional("frame")?.option(SynapsePlacement.Frame.self) {
      placement.frame = frame
    }
    if let list = map.optional("sections") {
      let names = list.names("a section or type of sections")
      isReadable = names != nil
      placement.sections = names?.map(\.name)
      for (cell, model) in cells.sorted(by: { $0.key < $1.key }) {
        let known = SectionNames(model.morphology)
        for (name, field) in names ?? [] { known.check(name, field, of: cell) }
      }
    }
    if let list = map.optional("depth") {
      let components = list.listOrSelf.map { component($0) }
      isReadable = isReadable && !components.contains(nil)
      placement.depth = components.compactMap { $0 }
    }
    guard let range = zRange(map), isReadable else { return nil }
    placement.zRange = range
    return placement
  }

  private static func zRange(_ map: FieldMap) -> ClosedRange<Double>? {
    let low = map.optional("z_min").map { $0.extendedNumber(.length) } ?? -.infinity
    let high = map.optional("z_max").map { $0.extendedNumber(.length) } ?? .infinity
    guard let low, let high else { return nil }
    guard low <= high else {
      return map.field.fail("z_min (\(low) um) lies above z_max (\(high) um); swap them")
    }
    return low...high
  }

  /// Reads `{norm: {loc, scale}, weight: 1}`: a distribution with a weight beside it.
  private static func component(_ field: Field) -> Component? {
    guard case .mapping(var entries) = field.node.content else {
      return field.fail(
        "\(field.node.found) is not a density; write it as {norm: {loc: 0, scale: 100}}")
    }
    var weight: Double? = 1
    if let index = entries.firstIndex(where: { $0.key == "weight" }) {
      weight = field.field(of: entries.remove(at: index)).number(.number, .positive)
    }
    var rest = field.node
    rest.content = .mapping(entries)
    let density = Field(
      rest, path: field.path, keyPlace: field.keyPlace, diagnostics: field.diagnostics)
    guard let depth = Distribution.read(density, of: .length), let weight else { return nil }
    guard !depth.isDiscrete else {
      return field.fail("\(depth.name) has no density; use a continuous distribution such as norm")
    }
    return Component(depth, weight: weight)
  }
}
