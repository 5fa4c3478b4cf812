/// The sections that a hoc file describes.
struct HocModel {
  struct HocSection {
    var name: String
    var points: [MorphologyPoint] = []
    var length: Double?
    var diameter: Double?
    var settings = SectionSettings()
    var connection: Connection?
    var line: Int
  }

  struct Connection {
    var parent: Int

    /// Place on the parent, from its 0 end as the file has it.
    var position: Double

    /// Which end of the section begins at the parent: 0 or 1.
    var end: Double
    var line: Int

    /// Counts connections in the order of the file.
    var number: Int
  }

  var sections: [HocSection] = []
  var warnings = WarningList()

  /// NEURON's values of sections that are given none, um.
  static let defaultLength = 100.0
  static let defaultDiameter = 500.0

  func morphologyFile() throws(MorphologyFileError) -> MorphologyFile {
    var model = self
    guard !model.sections.isEmpty else {
      throw HocReader.error(nil, "no section is created", "a cell begins with, say, 'create soma'")
    }
    try model.checkTree()
    let angles = model.layOutSectionsWithoutPoints()
    let sections = model.sections.enumerated().map { index, section in
      Section(
        name: section.name, points: model.points(of: index, angle: angles[index]),
        parent: model.parent(of: section))
    }
    let morphology = try NeuronMorphology(
      fileSections: sections, format: .hoc, lines: model.sections.map(\.line))
    let joined = try morphology.joined(
      anchors: Array(repeating: nil, count: sections.count), format: .hoc,
      lines: model.sections.map(\.line))
    return MorphologyFile(
      format: .hoc, morphology: joined, settings: model.sections.map(\.settings),
      warnings: model.warnings.all)
  }

  /// Checks that all sections hang together, without cycles.
  private mutating func checkTree() throws(MorphologyFileError) {
    let roots = sections.indices.filter { sections[$0].connection == nil }
    if roots.count > 1 {
      let (root, other) = (sections[roots[0]], sections[roots[1]])
      throw HocReader.error(
        other.line, "the section '\(other.name)' is connected to nothing",
        "all sections but one need a parent: connect \(other.name)(0), \(root.name)(1)")
    }
    // 0: not looked at, 1: on the way from here, 2: leads to the root.
    var state = [UInt8](repeating: 0, count: sections.count)
    for start in sections.indices where state[start] == 0 {
      var path: [Int] = []
      var at = start
      while state[at] == 0 {
        state[at] = 1
        path.append(at)
        guard let connection = sections[at].connection else { break }
        at = connection.parent
        if state[at] == 1 {
          throw HocReader.error(
            connection.line, "the connections of '\(sections[at].name)' form a cycle",
            "following the parents must lead to a section that is connected to nothing")
        }
      }
      for section in path { state[section] = 2 }
    }
    for section in sections where section.connection?.end == 1 {
      warnings.add(
        .reversed, line: section.connection?.line,
        "'\(section.name)' is connected by its end 1: it was turned around, so that its "
          + "compartments count from the parent on")
    }
  }

  /// The parent of a section as a morphology has it: a parent that was turned around counts from
  /// its other end.
  private func parent(of section: HocSection) -> SectionParent? {
    guard let connection = section.connection else { return nil }
    let turned = sections[connection.parent].connection?.end == 1
    return SectionParent(
      section: connection.parent,
      position: turned ? 1 - connection.position : connection.position)
  }

  private func points(of index: Int, angle: Double?) -> [MorphologyPoint] {
    let section = sections[index]
    var points = section.points
    if let angle {
      let diameter = section.diameter ?? Self.defaultDiameter
      let length = section.length ?? Self.defaultLength
      let end = SIMD3(length * cosine(angle), length * sine(angle), 0)
      points = [
        MorphologyPoint(position: .zero, diameter: diameter),
        MorphologyPoint(position: end, diameter: diameter),
      ]
    } else if section.connection?.end == 1 {
      points.reverse()
    }
    for k in points.indices { points[k].roundToSingle() }
    return points
  }
}
