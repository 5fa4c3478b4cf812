/// Parses a Neurolucida file without recursion: open branches are kept on a list.
struct NeurolucidaParser {
  private(set) var objects = NeurolucidaObjects()
  private var scanner: NeurolucidaScanner

  init(_ buffer: UnsafeBufferPointer<UInt8>) { scanner = NeurolucidaScanner(buffer) }

  /// Words that close a branch; they say how the tracing ended there.
  private static let endings: Set<String> = [
    "Normal", "Incomplete", "High", "Low", "Generated", "Midpoint", "Origin",
  ]

  /// Blocks that describe an object and hold no cable.
  private static let properties: Set<String> = [
    "Color", "Name", "Resolution", "Set", "Generated", "Closed", "FillDensity", "GUID",
    "MBFObjectType", "ImageCoords", "Thumbnail", "Sections", "Description", "Property", "Class",
    "Font", "Marker", "ZSmear", "Punctum", "SSM", "SSM2",
  ]

  mutating func parse() throws(MorphologyFileError) {
    while let byte = scanner.next() {
      switch byte {
      case UInt8(ascii: "("):
        let line = scanner.line
        scanner.bytes.advance()
        if let first = scanner.next(), ByteScanner.isLetter(first) {
          try skipNamedBlock()
        } else {
          try parseObject(line: line)
        }
      case UInt8(ascii: "\""): _ = try scanner.quoted()
      default:
        throw NeurolucidaReader.error(
          scanner.line, "\(scanner.bytes.excerpt()) stands outside of any object",
          "a Neurolucida file is a list of objects in brackets")
      }
    }
  }

  /// Skips a block whose bracket is open and that begins with a word.
  ///
  /// - Returns: the word.
  @discardableResult
  private mutating func skipNamedBlock() throws(MorphologyFileError) -> String {
    let line = scanner.line
    let word = scanner.bytes.word()
    let sawPoint = try scanner.skipBlock()
    if !Self.properties.contains(word) {
      if sawPoint {
        objects.warnings.add(.skipped, line: line, "the marker '\(word)' was skipped")
      } else if NeurolucidaObject.types[word] == nil {
        objects.warnings.add(
          .unknown, line: line, "the block '\(word)' is not known: it was skipped")
      }
    }
    return word
  }

  private mutating func parseObject(line: Int) throws(MorphologyFileError) {
    var object = NeurolucidaObject(line: line, firstDraft: objects.drafts.count)
    while let byte = scanner.next() {
      switch byte {
      case UInt8(ascii: "("): try openBracket(&object)
      case UInt8(ascii: ")"):
        scanner.bytes.advance()
        if object.openBlocks.isEmpty {
          try finish(&object)
          return
        }
        endBranch(&object)
        object.current = object.openBlocks.removeLast()
        object.branched = true
      case UInt8(ascii: "|"):
        guard !object.openBlocks.isEmpty else {
          throw NeurolucidaReader.error(
            scanner.line, "'|' stands outside of any branching", "'|' separates branches: (a | b)")
        }
        scanner.bytes.advance()
        endBranch(&object)
        object.branched = false
      case UInt8(ascii: "<"):
        objects.warnings.add(.skipped, line: scanner.line, "a spine was skipped")
        try scanner.skipSpine()
      case UInt8(ascii: "\""):
        let name = try scanner.quoted()
        if object.name == nil { object.name = name }
      default: try readWord(byte)
      }
    }
    throw NeurolucidaReader.error(
      line, "the object that begins here is never closed",
      "each '(' needs its ')'; the file may be cut off")
  }

  private mutating func readWord(_ byte: UInt8) throws(MorphologyFileError) {
    guard ByteScanner.isLetter(byte) else {
      throw NeurolucidaReader.error(
        scanner.line, "\(scanner.bytes.excerpt()) stands outside of a point's brackets",
        "points are (x y z diameter)")
    }
    let line = scanner.line
    let word = scanner.bytes.word()
    if !Self.endings.contains(word) {
      objects.warnings.add(.unknown, line: line, "the word '\(word)' is not known: it was ignored")
    }
  }

  private mutating func openBracket(_ object: inout NeurolucidaObject) throws(MorphologyFileError) {
    let line = scanner.line
    scanner.bytes.advance()
    guard let byte = scanner.next() else { return }  // the caller reports the end of the file
    if byte == UInt8(ascii: ")") {
      scanner.bytes.advance()
      objects.warnings.add(.unknown, line: line, "an empty bracket was ignored")
    } else if ByteScanner.isLetter(byte) {
      let word = try skipNamedBlock()
      if let type = NeurolucidaObject.types[word], object.openBlocks.isEmpty { object.type = type }
    } else if byte == UInt8(ascii: "(") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "<")
      || byte == UInt8(ascii: "|")
    {
      object.openBlocks.append(currentDraft(&object))
      object.current = -1
      object.branched = false
    } else {
      try readPoint(&object, line: line)
    }
  }

  private mutating func readPoint(
    _ object: inout NeurolucidaObject, line: Int
  ) throws(MorphologyFileError) {
    var (point, hasDiameter) = try scanner.point()
    guard !object.branched else {
      throw NeurolucidaReader.error(
        line, "a point follows the branches of its section",
        "branches stand at the end of a section; points of a branch stand within its brackets")
    }
    let draft = currentDraft(&object)
    if point.diameter < 0 {
      objects.warnings.add(
        .diameter, line: line,
        "the diameter \(point.diameter) um is negative: "
          + "\(-point.diameter) um was taken, as NEURON does")
      point.diameter.negate()
    } else if point.diameter < MorphologyValue.smallestDiameter {
      point.diameter = 0  // mended when the object is complete
      objects.warnings.add(
        .diameter, line: line,
        hasDiameter
          ? "the diameter is not positive: that of a neighbouring point was taken"
          : "the point has no diameter: that of a neighbouring point was taken")
    }
    objects.drafts[draft].points.append(point)
  }

  /// The section that points belong to now, begun if there is none.
  private mutating func currentDraft(_ object: inout NeurolucidaObject) -> Int {
    if object.current < 0 {
      object.current = objects.drafts.count
      objects.drafts.append(
        SectionDraft(
          type: 0, points: [], parent: object.openBlocks.last ?? -1, position: 1, anchor: nil,
          line: scanner.line))
    }
    return object.current
  }

  private mutating func endBranch(_ object: inout NeurolucidaObject) {
    if object.current < 0 {
      objects.warnings.add(.unknown, line: scanner.line, "a branch without points was skipped")
    }
    object.current = -1
  }

  private mutating func finish(_ object: inout NeurolucidaObject) throws(MorphologyFileError) {
    let drafts = objects.drafts[object.firstDraft...]
    let isEmpty = drafts.allSatisfy(\.points.isEmpty)
    if object.isSoma {
      let points = drafts.first?.points ?? []
      guard drafts.count <= 1 else {
        throw NeurolucidaReader.error(
          object.line, "a contour of the soma has branches", "contours are lists of points")
      }
      objects.drafts.removeSubrange(object.firstDraft...)
      objects.contours.append(NeurolucidaObjects.Contour(points: points, line: object.line))
    } else if isEmpty || (object.type == nil && object.name != nil && drafts.count == 1) {
      objects.warnings.add(
        .skipped, line: object.line,
        isEmpty
          ? "an object without points was skipped"
          : "the contour '\(object.name ?? "")' is not part of the cell: it was skipped")
      objects.drafts.removeSubrange(object.firstDraft...)
    } else {
      if object.type == nil {
        objects.warnings.add(
          .type, line: object.line,
          "a tree has none of the types (Axon), (Dendrite), (Apical): "
            + "its sections are named '\(SectionType.name(0))'")
      }
      try objects.finishTree(from: object.firstDraft, type: object.type ?? 0)
    }
  }
}

/// An object that is being read.
struct NeurolucidaObject {
  static let types: [String: Int] = [
    "Axon": SectionType.axon, "Dendrite": SectionType.dendrite, "Apical": SectionType.apical,
    "CellBody": SectionType.soma,
  ]

  let line: Int

  /// Index of the first of its sections.
  let firstDraft: Int
  var name: String?
  var type: Int?

  /// The sections at whose ends a bracket of branches is open.
  var openBlocks: [Int] = []

  /// The section that points belong to; -1 before its first point.
  var current = -1

  /// Whether the current section's branches have been read.
  var branched = false

  init(line: Int, firstDraft: Int) {
    self.line = line
    self.firstDraft = firstDraft
  }

  var isSoma: Bool {
    if let type { return type == SectionType.soma }
    let plain = name?.lowercased().filter { $0 != " " }
    return plain == "cellbody" || plain == "soma"
  }
}

extension NeurolucidaObjects {
  /// Completes the sections of a tree: their type, diameters that are missing, and the point at
  /// which a branch begins, its parent's last in the branch's diameter (as Import3d has it).
  mutating func finishTree(from first: Int, type: Int) throws(MorphologyFileError) {
    guard let known = drafts[first...].lazy.flatMap(\.points).first(where: { $0.diameter > 0 })
    else {
      throw NeurolucidaReader.error(
        drafts[first].line, "no point of this tree has a diameter", "points are (x y z diameter)")
    }
    for index in first..<drafts.count {
      drafts[index].type = type
      let parent = drafts[index].parent
      let end = parent < 0 ? nil : drafts[parent].points.last
      var last = end?.diameter ?? known.diameter
      if let own = drafts[index].points.first(where: { $0.diameter > 0 }) { last = own.diameter }
      for k in drafts[index].points.indices {
        if drafts[index].points[k].diameter == 0 { drafts[index].points[k].diameter = last }
        last = drafts[index].points[k].diameter
      }
      if let end, drafts[index].points.first?.position != end.position {
        let diameter = drafts[index].points.first?.diameter ?? end.diameter
        drafts[index].points.insert(
          MorphologyPoint(position: end.position, diameter: diameter), at: 0)
      }
    }
  }
}
