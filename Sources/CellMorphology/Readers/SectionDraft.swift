/// A section as a file describes it, before sections are named, ordered and put in place.
struct SectionDraft {
  /// The number of the type as SWC counts: 1 soma, 2 axon, 3 dendrite, 4 apical dendrite.
  var type: Int
  var points: [MorphologyPoint]

  /// Index of the parent's draft; -1 for the root.
  var parent: Int

  /// Where on the parent it begins electrically.
  var position: Double

  /// A place in the parent that the section keeps its distance from, when it does not begin on
  /// the parent's centre line: dendrites begin at a soma's surface. Nil when its first point lies
  /// on the parent. um.
  var anchor: SIMD3<Double>?

  /// Line of the file where it begins.
  var line: Int
}

/// Names of section types, as NEURON's import gives them to the types of SWC files.
enum SectionType {
  static let soma = 1
  static let axon = 2
  static let dendrite = 3
  static let apical = 4

  static func name(_ type: Int) -> String {
    switch type {
    case soma: "soma"
    case axon: "axon"
    case dendrite: "dend"
    case apical: "apic"
    case ..<0: "minus_\(type.magnitude)"
    default: "dend_\(type)"
    }
  }
}

/// Makes a morphology of the sections of an SWC or Neurolucida file.
///
/// - Sections are in the order of their types' numbers, and within a type in the order of the file,
///   named by type and number: `soma[0]`, `dend[2]`. This is the order of NEURON's sections.
/// - Points are rounded to 32-bit floats. NEURON stores them so, and for short sections far from
///   the origin that is more than 1e-5 of their length, hence agreement needs it.
/// - Sections are moved so that they begin on their parents, as NEURON's `define_shape` does.
struct SectionAssembly {
  let format: MorphologyFormat
  var drafts: [SectionDraft]
  var warnings: WarningList

  consuming func finish() throws(MorphologyFileError) -> MorphologyFile {
    for index in drafts.indices { drafts[index].roundToSingle() }
    var kept = removeSectionsWithoutLength()
    kept = kept.indices.sorted { (drafts[kept[$0]].type, $0) < (drafts[kept[$1]].type, $1) }
      .map { kept[$0] }
    var position = [Int](repeating: -1, count: drafts.count)
    for (index, draft) in kept.enumerated() { position[draft] = index }
    var numbers: [Int: Int] = [:]
    var sections: [Section] = []
    sections.reserveCapacity(kept.count)
    for index in kept {
      let draft = drafts[index]
      let number = numbers[draft.type, default: 0]
      numbers[draft.type] = number + 1
      let parent =
        draft.parent < 0
        ? nil : SectionParent(section: position[draft.parent], position: draft.position)
      sections.append(
        Section(
          name: "\(SectionType.name(draft.type))[\(number)]", points: draft.points, parent: parent))
    }
    let morphology = try NeuronMorphology(
      fileSections: sections, format: format, lines: kept.map { drafts[$0].line })
    let joined = try morphology.joined(
      anchors: kept.map { drafts[$0].anchor }, format: format, lines: kept.map { drafts[$0].line })
    return MorphologyFile(
      format: format, morphology: joined,
      settings: Array(repeating: SectionSettings(), count: sections.count), warnings: warnings.all)
  }

  /// Removes sections without length and hangs their children on their parents, as NEURON does
  /// with those of two points.
  private mutating func removeSectionsWithoutLength() -> [Int] {
    var removed = [Bool](repeating: false, count: drafts.count)
    for index in drafts.indices where drafts[index].parent >= 0 {
      removed[index] = !drafts[index].hasLength
      if removed[index] {
        warnings.add(
          .noLength, line: drafts[index].line,
          "a \(SectionType.name(drafts[index].type)) section has no length: it was left out, and "
            + "what begins at it begins at its parent")
      }
    }
    // Chains of removed sections are followed once: each lookup leaves its result behind.
    for index in drafts.indices where !removed[index] && drafts[index].parent >= 0 {
      var chain: [Int] = []
      var at = index
      while drafts[at].parent >= 0, removed[drafts[at].parent] {
        chain.append(at)
        at = drafts[at].parent
      }
      for member in chain {
        drafts[member].parent = drafts[at].parent
        drafts[member].position = drafts[at].position
        drafts[member].anchor = nil
      }
    }
    return drafts.indices.filter { !removed[$0] }
  }
}

extension SectionDraft {
  mutating func roundToSingle() {
    for index in points.indices { points[index].roundToSingle() }
  }

  /// Whether two of its points differ.
  var hasLength: Bool { points.hasLength }
}

extension [MorphologyPoint] {
  /// Whether the arc length along the points is more than 0.
  var hasLength: Bool {
    guard count > 1 else { return false }
    return (1..<count).contains { self[$0].distance(to: self[$0 - 1]) > 0 }
  }
}

extension MorphologyPoint {
  /// um.
  func distance(to other: MorphologyPoint) -> Double {
    CellMorphology.distance(position, other.position)
  }

  /// Rounds position and diameter as NEURON stores them.
  mutating func roundToSingle() {
    position = position.roundedToSingle
    diameter = Double(Float(diameter))
  }
}

extension SIMD3<Double> {
  var roundedToSingle: SIMD3<Double> { SIMD3(Double(Float(x)), Double(Float(y)), Double(Float(z))) }
}

extension NeuronMorphology {
  /// The sections of a file; what is wrong with one is reported with its line.
  init(
    fileSections: [Section], format: MorphologyFormat, lines: [Int]
  ) throws(MorphologyFileError) {
    do {
      try self.init(sections: fileSections)
    } catch {
      let index = fileSections.firstIndex { $0.name == error.section }
      throw MorphologyFileError(
        format: format, line: index.map { lines[$0] }, problem: "\(error)",
        remedy: "the file must describe one tree of sections, each with a length and positive "
          + "diameters")
    }
  }

  /// The same cell with each section moved so that its first point, or its anchor, lies on the
  /// straight line between its parent's ends, at the place where it is connected: what NEURON's
  /// `define_shape` does (observed; for a bent parent this is not its centre line).
  func joined(
    anchors: [SIMD3<Double>?], format: MorphologyFormat, lines: [Int]
  ) throws(MorphologyFileError) -> NeuronMorphology {
    var moved = sections
    for index in topologicalOrder {
      guard let parent = moved[index].parent else { continue }
      let ends = moved[parent.section].points
      guard let first = ends.first?.position, let last = ends.last?.position,
        let start = moved[index].points.first?.position
      else { continue }
      let place = first + parent.position * (last - first)
      let shift = place - (anchors[index] ?? start)
      guard shift != .zero else { continue }
      for k in moved[index].points.indices {
        moved[index].points[k].position =
          (moved[index].points[k].position + shift).roundedToSingle
      }
      // A short section that goes far away may lose its length to the rounding.
      guard moved[index].points.hasLength else {
        throw MorphologyFileError(
          format: format, line: lines[index],
          problem: "'\(moved[index].name)' is too short to be told from a point at \(place) um",
          remedy: "bring the cell closer to the origin, or leave out the section")
      }
    }
    return NeuronMorphology(moved, order: topologicalOrder)
  }
}
