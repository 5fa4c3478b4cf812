/// Statements about sections.
extension HocInterpreter {
  private static let largestArray = 100_000

  mutating func create() throws(MorphologyFileError) {
    repeat {
      let line = scanner.line
      guard let name = try scanner.word() else {
        throw HocReader.error(
          line, "\(scanner.bytes.excerpt()) is no name of a section", "create soma, dend[3]")
      }
      guard created[name] == nil else {
        throw HocReader.error(
          line, "the section '\(name)' is created twice", "each name may be created once")
      }
      var size: Int?
      if try scanner.skip("[") {
        let value = try scanner.number(in: "create dend[3]")
        try scanner.expect("]", in: "create dend[3]")
        guard value == value.rounded(), value >= 1,
          value + Double(model.sections.count) <= Double(Self.largestArray)
        else {
          throw HocReader.error(
            line, "'\(name)' is created with \(value) sections",
            "a whole number from 1 to \(Self.largestArray) in all is needed")
        }
        size = Int(value)
      }
      created[name] = .some(size)
      for k in 0..<(size ?? 1) {
        let full = size == nil ? name : "\(name)[\(k)]"
        index[full] = model.sections.count
        all.append(model.sections.count)
        model.sections.append(HocModel.HocSection(name: full, line: line))
      }
    } while try scanner.skip(",")
  }

  mutating func sectionReference() throws(MorphologyFileError) -> Int {
    let line = scanner.line
    guard let name = try scanner.word() else {
      throw HocReader.error(
        line, "\(scanner.bytes.excerpt()) stands where a section is needed", "name it: dend[2]")
    }
    return try sectionReference(name, line)
  }

  /// The section of a name that has been read, with the index that may follow.
  mutating func sectionReference(_ name: String, _ line: Int) throws(MorphologyFileError) -> Int {
    guard let size = created[name] else {
      throw HocReader.error(
        line, "the section '\(name)' is not created", "create it before it is used")
    }
    var number = 0.0
    let isArray = try scanner.skip("[")
    if isArray {
      number = try scanner.number(in: "\(name)[0]")
      try scanner.expect("]", in: "\(name)[0]")
    }
    // The name of an array alone means its first section.
    let full = size == nil ? name : "\(name)[0]"
    if !isArray, let section = index[full] { return section }
    guard let size, number == number.rounded(), number >= 0, number < Double(size),
      let section = index["\(name)[\(Int(number))]"]
    else {
      throw HocReader.error(
        line, "there is no section '\(name)' with index \(number)",
        size.map { "it was created with indices 0 to \($0 - 1)" } ?? "it is no array")
    }
    return section
  }

  mutating func connect() throws(MorphologyFileError) {
    let form = "connect child(0), parent(1)"
    let line = scanner.line
    let child = try sectionReference()
    let end = try scanner.bracketed(in: form)
    try scanner.expect(",", in: form)
    let parent: Int
    let position: Double
    if let byte = try scanner.next(), ByteScanner.isLetter(byte) {
      parent = try sectionReference()
      position = try scanner.bracketed(in: form)
    } else if let prefix = prefixSection {
      parent = prefix
      position = try scanner.number(in: "parent connect child(0), 1")
    } else {
      throw HocReader.error(line, "the parent's name is missing", form)
    }
    guard end == 0 || end == 1 else {
      throw HocReader.error(line, "a section is connected by its place \(end)", "0 or 1 is meant")
    }
    guard (0...1).contains(position) else {
      throw HocReader.error(
        line, "a section is connected to the place \(position)", "it must lie between 0 and 1")
    }
    let name = model.sections[child].name
    guard child != parent else {
      throw HocReader.error(line, "'\(name)' is connected to itself", form)
    }
    if let old = model.sections[child].connection {
      model.warnings.add(
        .replaced, line: line,
        "'\(name)' was connected on line \(old.line) already: the later connection holds")
    }
    connections += 1
    model.sections[child].connection = HocModel.Connection(
      parent: parent, position: position, end: end, line: line, number: connections)
  }

  /// What follows `forsec`: a text that names hold, or a list.
  mutating func sectionSet() throws(MorphologyFileError) -> [Int] {
    let line = scanner.line
    if try scanner.next() == UInt8(ascii: "\"") {
      let text = try scanner.quoted()
      // NEURON takes a regular expression; only plain text means the same in every reading.
      guard text.utf8.allSatisfy({ ByteScanner.isLetter($0) || ByteScanner.isDigit($0) }) else {
        throw HocReader.error(
          line, "forsec is given the pattern \"\(text)\"",
          "a part of a name, of letters, digits and underscores, is read")
      }
      return model.sections.indices.filter { model.sections[$0].name.utf8.contains(text.utf8) }
    }
    guard let name = try scanner.word(), let list = lists[name] else {
      throw HocReader.error(
        line, "forsec is given no text and no list", "forsec \"dend\" or forsec all is read")
    }
    return list
  }

  /// Sets a number of sections: `nseg`, `diam`, `L`, `Ra` or `cm`.
  mutating func set(
    _ name: String, of sections: [Int], _ line: Int
  ) throws(MorphologyFileError) {
    guard ["nseg", "diam", "L", "Ra", "cm"].contains(name) else {
      throw HocReader.error(line, "'\(name)' of a section is not read", Self.subset)
    }
    try scanner.expect("=", in: "\(name) = number")
    let value = try scanner.number(in: "\(name) = number")
    guard value > 0 else {
      throw HocReader.error(line, "\(name) is \(value)", "it must be positive")
    }
    if name == "nseg", value != value.rounded() || value > 32767 {
      throw HocReader.error(line, "nseg is \(value)", "a whole number from 1 to 32767 is needed")
    }
    for section in sections {
      switch name {
      case "nseg": model.sections[section].settings.compartments = Int(value)
      case "Ra": model.sections[section].settings.axialResistivity = value
      case "cm": model.sections[section].settings.capacitance = value
      case "diam": try model.setDiameter(value, of: section, line)
      default: try model.setLength(value, of: section, line)
      }
    }
  }
}

extension HocModel {
  /// - Throws: when it is 0. A negative one marks a spine in NEURON and counts as positive there.
  mutating func positiveDiameter(
    _ value: Double, _ line: Int
  ) throws(MorphologyFileError) -> Double {
    guard value.magnitude >= MorphologyValue.smallestDiameter else {
      throw HocReader.error(line, "the diameter is \(value) um", "diameters must be positive")
    }
    if value < 0 {
      warnings.add(
        .diameter, line: line,
        "the diameter \(value) um is negative: \(-value) um was taken, as NEURON does")
    }
    return value.magnitude
  }

  /// Makes a section a cylinder, its points as well.
  mutating func setDiameter(
    _ value: Double, of section: Int, _ line: Int
  ) throws(MorphologyFileError) {
    let diameter = try positiveDiameter(value, line)
    sections[section].diameter = diameter
    for k in sections[section].points.indices { sections[section].points[k].diameter = diameter }
  }

  mutating func setLength(
    _ value: Double, of section: Int, _ line: Int
  ) throws(MorphologyFileError) {
    guard sections[section].points.isEmpty else {
      throw HocReader.error(
        line, "L is set after the points of '\(sections[section].name)'",
        "give points or L, not both: NEURON would stretch the points")
    }
    sections[section].length = value
  }
}
