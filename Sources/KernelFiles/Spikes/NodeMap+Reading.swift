import Foundation

extension NodeMap {
  /// A map as the command line has it: `E=1-8192`, `E=1,2,5-9`, `E=cortex` or `E=cortex:0-99`, and files
  /// of a map (see `entries(inFile:names:)`).
  ///
  /// - Parameter names: the populations in the order of the lines of NEST's files of node ids.
  /// - Throws: all problems of one argument or file at once.
  public static func reading(
    _ arguments: [String], names: [String] = []
  ) throws(DescriptionError) -> NodeMap {
    var entries: [Entry] = []
    for argument in arguments {
      guard let equals = argument.firstIndex(of: "=") else {
        entries += try self.entries(inFile: argument, names: names)
        continue
      }
      let name = String(argument[..<equals])
      switch parse(String(argument[argument.index(after: equals)...]), population: name) {
      case .success(let entry): entries.append(entry)
      case .failure(let problem):
        throw DescriptionError([
          Diagnostic(
            file: "--nodes", line: nil, column: nil, path: argument, message: problem.message)
        ])
      }
    }
    return try NodeMap(entries)
  }

  /// Whether an argument is a file of ids that needs the names of populations.
  public static func needsNames(_ argument: String) -> Bool {
    !argument.contains("=")
      && !["yaml", "yml", "json"].contains(URL(filePath: argument).pathExtension.lowercased())
  }

  struct Problem: Error {
    let message: String
  }

  static let allowed =
    "ids are like 1-8192 or 1,2,5-9, of a population in the file like cortex or cortex:0-99"

  /// The nodes that a text such as `cortex:0-99` means.
  static func parse(_ text: String, population: String) -> Result<Entry, Problem> {
    let text = text.trimmingCharacters(in: .whitespaces)
    guard !text.isEmpty else { return .failure(Problem(message: "has no ids; \(allowed)")) }
    let isIds = { (part: Substring) in part.allSatisfy { "0123456789,- ".contains($0) } }
    if isIds(text[...]) {
      return ranges(text[...]).map { Entry(population: population, ranges: $0) }
    }
    guard let colon = text.lastIndex(of: ":") else {
      // Something like 1-x or 5..9 begins as ids do.
      if text.first?.isNumber == true, text.contains(where: { "-.,".contains($0) }) {
        return .failure(Problem(message: "'\(shortened(text))' is no list of ids; \(allowed)"))
      }
      return .success(Entry(population: population, source: text))
    }
    let source = String(text[..<colon])
    let ids = text[text.index(after: colon)...]
    guard isIds(ids), !source.isEmpty else {
      return .failure(Problem(message: "'\(shortened(text))' is no list of ids; \(allowed)"))
    }
    return ranges(ids).map { Entry(population: population, source: source, ranges: $0) }
  }

  private static func ranges(_ text: Substring) -> Result<[ClosedRange<Int>], Problem> {
    var result: [ClosedRange<Int>] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false)
        .map { Int($0.trimmingCharacters(in: .whitespaces)) }
      guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1]
      else {
        return .failure(
          Problem(message: "'\(shortened(String(part)))' is neither an id nor a range; \(allowed)"))
      }
      guard first <= last else {
        return .failure(
          Problem(
            message: "the range \(first)-\(last) ends before it begins; write \(last)-\(first)"))
      }
      result.append(first...last)
    }
    return .success(result)
  }

  /// The entries of a file: YAML or JSON from names to ids (`E: 1-8192`, `I: [8193-9000, 9002]`,
  /// `L: cortex:0-99`), or NEST's `.dat` with the first and last id of a population in each line, in
  /// the order of `names`.
  public static func entries(
    inFile path: String, names: [String]
  ) throws(DescriptionError) -> [Entry] {
    let problems = DiagnosticCollector(file: path)
    guard let text = TextBytes.read(path: path, into: problems) else { throw problems.error }
    let entries =
      ["yaml", "yml", "json"].contains(URL(filePath: path).pathExtension.lowercased())
      ? mapping(text, problems) : lines(text, names: names, problems)
    guard problems.isEmpty else { throw problems.error }
    return entries
  }

  private static func mapping(_ text: String, _ problems: DiagnosticCollector) -> [Entry] {
    guard let root = DescriptionText.read(text, into: problems) else { return [] }
    var result: [Entry] = []
    for (name, field) in Field(root, path: "", diagnostics: problems).entries(of: "ids") ?? [] {
      for part in field.listOrSelf {
        guard let value = part.scalar else {
          part.report("\(part.node.found) are no ids; \(allowed)")
          continue
        }
        switch parse(value, population: name) {
        case .success(let entry): result.append(entry)
        case .failure(let problem): part.report(problem.message)
        }
      }
    }
    return result
  }

  private static func lines(
    _ text: String, names: [String], _ problems: DiagnosticCollector
  ) -> [Entry] {
    var ranges: [ClosedRange<Int>] = []
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (number, line) in lines.enumerated() where !line.allSatisfy(\.isWhitespace) {
      if line.first == "#" { continue }
      let ids = line.split(whereSeparator: \.isWhitespace).map { Int($0) }
      guard ids.count == 2, let first = ids[0], let last = ids[1], first <= last else {
        problems.report(
          "'\(shortened(String(line)))' is not the first and the last id of a population, as in "
            + "'1 8192'", at: TextPlace(line: number + 1, column: 1))
        continue
      }
      ranges.append(first...last)
    }
    guard problems.isEmpty else { return [] }
    guard ranges.count == names.count else {
      problems.report(
        "has the ids of \(ranges.count) populations, and there are \(names.count) names; name them in "
          + "the order of the lines, as in --names E,I", at: nil)
      return []
    }
    return zip(names, ranges).map { Entry(population: $0, ranges: [$1]) }
  }
}
