/// Carries out the statements of a hoc file, without recursion: open blocks are kept on a list.
struct HocInterpreter {
  var model = HocModel()
  var scanner: HocScanner

  /// The sections that statements are about: those of the innermost block or prefix.
  private struct Scope {
    var sections: [Int]
    var isBlock: Bool
    var line: Int
  }

  private var scopes: [Scope] = []
  private var accessed: Int?
  var index: [String: Int] = [:]

  /// Names of arrays and single sections that were created, with their sizes (nil: no array).
  var created: [String: Int?] = [:]
  var lists: [String: [Int]] = [:]
  private var objects: Set<String> = []

  /// Indices of all sections, kept so that nested scopes share it.
  var all: [Int] = []

  /// The number of connections so far.
  var connections = 0

  init(_ buffer: UnsafeBufferPointer<UInt8>) { scanner = HocScanner(buffer) }

  mutating func run() throws(MorphologyFileError) {
    while let byte = try scanner.next() {
      switch byte {
      case UInt8(ascii: "{"):
        let line = scanner.line
        scanner.bytes.advance()
        if let last = scopes.indices.last, !scopes[last].isBlock {
          scopes[last].isBlock = true
          scopes[last].line = line
        } else {
          let current = scopes.last?.sections ?? accessed.map { [$0] } ?? []
          scopes.append(Scope(sections: current, isBlock: true, line: line))
        }
      case UInt8(ascii: "}"):
        guard let last = scopes.last, last.isBlock else {
          throw HocReader.error(
            scanner.line, "'}' closes nothing", "each '}' needs its '{' and a whole statement")
        }
        scanner.bytes.advance()
        scopes.removeLast()
        endStatement()
      default:
        try statement()
      }
    }
    if let open = scopes.last {
      throw HocReader.error(
        open.line,
        open.isBlock
          ? "the block that begins here is never closed"
          : "a statement is "
            + "missing after the name of a section",
        "each '{' needs its '}'; the file may be cut off")
    }
  }

  /// Leaves the prefixes (`forall`, names of sections) of the statement that has ended.
  private mutating func endStatement() {
    while let last = scopes.last, !last.isBlock { scopes.removeLast() }
  }

  private mutating func statement() throws(MorphologyFileError) {
    let line = scanner.line
    guard let word = try scanner.word() else {
      throw HocReader.error(
        line, "\(scanner.bytes.excerpt()) begins no statement that is read", Self.subset)
    }
    switch word {
    case "create": try create()
    case "connect": try connect()
    case "access": accessed = try sectionReference()
    case "pt3dclear": try clearPoints()
    case "pt3dadd": try addPoint(line)
    case "nseg", "diam", "L", "Ra", "cm": try set(word, of: currentSections(line), line)
    case "objref", "objectvar": try declareObjects()
    case "define_shape":
      try scanner.expect("(", in: "define_shape()")
      try scanner.expect(")", in: "define_shape()")
    case "forall":
      scopes.append(Scope(sections: all, isBlock: false, line: line))
      return
    case "forsec":
      scopes.append(Scope(sections: try sectionSet(), isBlock: false, line: line))
      return
    default:
      if try !named(word, line) { return }
    }
    endStatement()
  }

  static let subset =
    "read are: create, connect, access, pt3dclear, pt3dadd, nseg, diam, L, Ra, cm, forall, forsec, "
    + "section lists and comments; anything else must be run by NEURON"

  /// A statement that begins with a name.
  ///
  /// - Returns: whether it is complete; not so for a section, which is a prefix.
  private mutating func named(_ word: String, _ line: Int) throws(MorphologyFileError) -> Bool {
    if created[word] != nil {
      let section = try sectionReference(word, line)
      if try scanner.skip(".") {
        guard let member = try scanner.word() else {
          throw HocReader.error(line, "a name is missing after '.'", Self.subset)
        }
        try set(member, of: [section], line)
        return true
      }
      scopes.append(Scope(sections: [section], isBlock: false, line: line))
      return false
    }
    if try scanner.skip(".") {
      guard try scanner.word() == "append" else {
        throw HocReader.error(line, "'\(word)' is used in a way that is not read", Self.subset)
      }
      try scanner.expect("(", in: "\(word).append()")
      try scanner.expect(")", in: "\(word).append()")
      append(try currentSections(line), toList: word)
      return true
    }
    if objects.contains(word), try scanner.skip("=") {
      guard try scanner.word() == "new", try scanner.word() == "SectionList" else {
        throw HocReader.error(line, "'\(word)' is set to something else than a list", Self.subset)
      }
      if try scanner.skip("(") { try scanner.expect(")", in: "new SectionList()") }
      lists[word] = []
      return true
    }
    throw HocReader.error(line, "'\(word)' is not read", Self.subset)
  }

  /// The sections that a statement is about.
  func currentSections(_ line: Int) throws(MorphologyFileError) -> [Int] {
    if let scope = scopes.last { return scope.sections }
    if let accessed { return [accessed] }
    throw HocReader.error(
      line, "no section is meant here", "name one, as in soma { ... }, or access one before")
  }

  /// The section of `soma connect dend(0), 1`, if the statement has one.
  var prefixSection: Int? {
    if let scope = scopes.last { return scope.sections.count == 1 ? scope.sections[0] : nil }
    return accessed
  }

  private mutating func append(_ sections: [Int], toList name: String) {
    guard let list = lists[name], !list.isEmpty else {
      lists[name] = sections
      return
    }
    let present = Set(list)
    lists[name]?.append(contentsOf: sections.filter { !present.contains($0) })
  }

  private mutating func declareObjects() throws(MorphologyFileError) {
    repeat {
      guard let name = try scanner.word() else {
        throw HocReader.error(scanner.line, "a name is missing", "objref name, name")
      }
      objects.insert(name)
    } while try scanner.skip(",")
  }

  private mutating func clearPoints() throws(MorphologyFileError) {
    let sections = try currentSections(scanner.line)
    try scanner.expect("(", in: "pt3dclear()")
    if try scanner.next() != UInt8(ascii: ")") { _ = try scanner.number(in: "pt3dclear()") }
    try scanner.expect(")", in: "pt3dclear()")
    for section in sections { model.sections[section].points.removeAll() }
  }

  private mutating func addPoint(_ line: Int) throws(MorphologyFileError) {
    let form = "pt3dadd(x, y, z, diameter)"
    try scanner.expect("(", in: form)
    var values = SIMD4<Double>.zero
    for k in 0..<4 {
      if k > 0 { try scanner.expect(",", in: form) }
      values[k] = try scanner.number(in: form)
    }
    try scanner.expect(")", in: form)
    let diameter = try model.positiveDiameter(values.w, line)
    guard let section = prefixSection else {
      throw HocReader.error(
        line, "a point is added to none or several sections at once",
        "points are added to one section: soma { pt3dadd(0, 0, 0, 20) }")
    }
    let point = MorphologyPoint(values.x, values.y, values.z, diameter: diameter)
    model.sections[section].points.append(point)
  }
}
