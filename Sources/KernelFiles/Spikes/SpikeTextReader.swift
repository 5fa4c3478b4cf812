import CellMorphology
import Foundation

/// Reads spikes from text: NEST's files and tables with titles.
struct SpikeTextReader {
  enum Layout {
    /// Blanks between fields; id and time unless a header says otherwise.
    case nest

    /// The first line has titles; a comma, semicolon or tab between fields.
    case titled
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private let problems: DiagnosticCollector
  private let layout: Layout
  private let options: SpikeFileOptions

  /// Nil for blanks.
  private var separator: UInt8?
  private var columns: SpikeColumns?

  /// The line of titles, which is there again where files were joined by `cat`.
  private var titles: [String] = []
  private var fields: [Range<Int>] = []
  private var groups: [SpikeTable.Group] = []
  private var places: [String: Int] = [:]
  private var last: (name: String, place: Int)?

  /// Largest file that is read, bytes.
  static let limit = 16_000_000_000

  /// The spikes, and which options were of use.
  static func read(
    path: String, layout: Layout, options: SpikeFileOptions
  ) throws(DescriptionError) -> (SpikeTable, used: Set<SpikeFileOptions.Use>) {
    let problems = DiagnosticCollector(file: path)
    let data: Data
    switch InputBytes.read(
      path: path, limit: limit, what: "a file of spikes", isMapped: true)
    {
    case .success(let bytes): data = TextBytes.utf8(bytes)
    case .failure(let problem):
      problems.report(problem.message, at: nil)
      throw problems.error
    }
    let (groups, used) = data.withUnsafeBytes { raw in
      var reader = SpikeTextReader(
        bytes: raw.bindMemory(to: UInt8.self), problems: problems, layout: layout, options: options)
      return (reader.read(), reader.used)
    }
    guard problems.isEmpty else { throw problems.error }
    return (SpikeTable(file: path, groups: groups), used)
  }

  private init(
    bytes: UnsafeBufferPointer<UInt8>, problems: DiagnosticCollector, layout: Layout,
    options: SpikeFileOptions
  ) {
    self.bytes = bytes
    self.problems = problems
    self.layout = layout
    self.options = options
  }

  private var used: Set<SpikeFileOptions.Use> {
    guard let columns else { return [.resolution] }
    var result = Set(columns.ignored.map { SpikeFileOptions.Use.ignoredColumn($0) })
    if columns.isInSteps { result.insert(.resolution) }
    return result
  }

  /// All groups; problems are in the collector, and the first line that tells no columns ends it.
  private mutating func read() -> [SpikeTable.Group] {
    var (start, line) = (0, 1)
    while start < bytes.count {
      // Also within a file, where several were joined.
      if bytes[start...].starts(with: [0xEF, 0xBB, 0xBF]) { start += 3 }
      var end = start
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
      if let first = bytes[start..<end].first(where: { !ByteScanner.isBlank($0) }),
        first != UInt8(ascii: "#")
      {
        guard readLine(start..<end, line) else { return [] }
      }
      if end + 1 < bytes.count, bytes[end] == 0x0D, bytes[end + 1] == 0x0A { end += 1 }
      start = end + 1
      line += 1
    }
    if columns == nil {
      if layout == .titled {
        problems.report("is empty; a line of titles is needed: \(SpikeColumns.allowed)", at: nil)
      }
      // A recorder of NEST that recorded nothing leaves an empty file or a header.
      return [SpikeTable.Group(population: nil, times: [])]
    }
    if groups.isEmpty { groups = [SpikeTable.Group(population: nil, times: [])] }
    return groups
  }

  /// Reads a line; false where reading cannot go on.
  private mutating func readLine(_ range: Range<Int>, _ line: Int) -> Bool {
    if columns == nil { separator = separatorOfFirst(range) }
    split(range)
    guard let columns else {
      guard let (found, isTitle) = findColumns(line) else { return false }
      columns = found
      if isTitle { titles = fields.map(text) } else { readSpike(found, line) }
      return true
    }
    if !titles.isEmpty, fields.count == titles.count, number(fields[columns.time]) == nil,
      fields.map(text) == titles
    {
      return true
    }
    readSpike(columns, line)
    return true
  }

  /// What is between the fields, by the first line; nil for blanks.
  private func separatorOfFirst(_ range: Range<Int>) -> UInt8? {
    let comma = [UInt8(ascii: ","), UInt8(ascii: ";")]
    if layout == .titled { return (comma + [0x09]).first { bytes[range].contains($0) } }
    // Blanks, unless a comma stands where blanks do: a decimal comma is a mistake of its own.
    let words = bytes[range].split(whereSeparator: ByteScanner.isBlank)
    if words.count > 1, !words.contains(where: { $0.last.map(comma.contains) ?? false }) {
      return nil
    }
    return comma.first { bytes[range].contains($0) }
  }

  /// The columns by the first line that is no comment.
  private func findColumns(_ line: Int) -> (SpikeColumns, isTitle: Bool)? {
    let isNumeric = fields.allSatisfy { number($0) != nil }
    if layout == .titled, isNumeric {
      report("has no titles in its first line; \(SpikeColumns.allowed)", line)
      return nil
    }
    if layout == .titled
      || !isNumeric && fields.contains(where: { text($0).first?.isLetter == true })
    {
      do throws(SpikeColumns.TitleProblem) {
        let columns = try SpikeColumns.titled(
          fields.map(text), resolution: options.resolution, ignored: options.ignoredColumns)
        return (columns, true)
      } catch {
        report(error.message, line)
        return nil
      }
    }
    let resolution = options.resolution
    guard fields.count == 2 || fields.count == 3 && resolution != nil else {
      report(
        "has \(fields.count) column\(fields.count == 1 ? "" : "s") without titles; id and time (ms) are "
          + "needed, or id, step and offset with --resolution (ms)", line)
      return nil
    }
    return (
      SpikeColumns(
        time: 1, scale: resolution ?? 1, isInSteps: resolution != nil, node: 0,
        offset: fields.count == 3 ? 2 : nil, count: fields.count), false
    )
  }

  private mutating func readSpike(_ columns: SpikeColumns, _ line: Int) {
    if let count = columns.count, fields.count != count {
      report(
        "has \(fields.count) field\(fields.count == 1 ? "" : "s"); the first line has \(count)",
        line)
      return
    }
    guard var time = number(fields[columns.time]) else {
      report(
        "\(quoted(fields[columns.time])) is not a time; a number is needed, with a decimal point",
        line)
      return
    }
    if columns.isInSteps, time != time.rounded(), time.isFinite {
      report(
        "\(quoted(fields[columns.time])) is not a step; with --resolution times are whole numbers of "
          + "steps, and without it ms", line)
      return
    }
    time *= columns.scale
    if let offset = columns.offset {
      guard let value = number(fields[offset]) else {
        report("\(quoted(fields[offset])) is not an offset; a number of ms is needed", line)
        return
      }
      time -= value
    }
    var node: Int?
    if let column = columns.node {
      guard let value = number(fields[column]), let whole = Int(exactly: value) else {
        report("\(quoted(fields[column])) is not the id of a node; a whole number is needed", line)
        return
      }
      node = whole
    }
    var weight: Double?
    if let column = columns.weight {
      guard let value = number(fields[column]), value.isFinite, value >= 0 else {
        report(
          "\(quoted(fields[column])) is not a count of spikes; a number of 0 or more is needed",
          line)
        return
      }
      weight = value
    }
    guard let place = groupPlace(columns, line) else { return }
    groups[place].times.append(time)
    if let node { groups[place].nodes.append(node) }
    if let weight { groups[place].weights.append(weight) }
  }

  /// Where the spikes of a line's population are gathered.
  private mutating func groupPlace(_ columns: SpikeColumns, _ line: Int) -> Int? {
    guard let column = columns.population else {
      if groups.isEmpty { groups.append(SpikeTable.Group(population: nil, times: [])) }
      return 0
    }
    guard let name = String(validating: bytes[fields[column]], as: UTF8.self), !name.isEmpty else {
      report(
        "\(quoted(fields[column])) is not the name of a population; UTF-8 text is needed", line)
      return nil
    }
    if let last, last.name == name { return last.place }
    let place = places[name] ?? groups.count
    if place == groups.count {
      places[name] = place
      groups.append(SpikeTable.Group(population: name, times: []))
    }
    last = (name, place)
    return place
  }

  private func report(_ message: String, _ line: Int) {
    problems.report(message, at: TextPlace(line: line, column: 1))
  }

  // MARK: Fields

  /// Puts the fields of a line into `fields`, without blanks and quotes around them.
  private mutating func split(_ range: Range<Int>) {
    fields.removeAll(keepingCapacity: true)
    var start = range.lowerBound
    while true {
      if separator == nil {
        while start < range.upperBound, ByteScanner.isBlank(bytes[start]) { start += 1 }
        if start == range.upperBound { return }
      }
      var end = start
      while end < range.upperBound,
        separator.map({ bytes[end] != $0 }) ?? !ByteScanner.isBlank(bytes[end])
      { end += 1 }
      fields.append(trimmed(start..<end))
      if end == range.upperBound { return }
      start = end + 1
    }
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, ByteScanner.isBlank(bytes[start]) { start += 1 }
    while start < end, ByteScanner.isBlank(bytes[end - 1]) { end -= 1 }
    if end - start >= 2, bytes[start] == bytes[end - 1],
      bytes[start] == UInt8(ascii: "\"") || bytes[start] == UInt8(ascii: "'")
    {
      return start + 1..<end - 1
    }
    return start..<end
  }

  private func number(_ range: Range<Int>) -> Double? {
    var scanner = ByteScanner(UnsafeBufferPointer(rebasing: bytes[range]))
    if let value = scanner.number(), scanner.isAtEnd { return value }
    return switch text(range).lowercased() {
    case "nan", "+nan", "-nan": .nan
    case "inf", "+inf", "infinity": .infinity
    case "-inf", "-infinity": -.infinity
    default: nil
    }
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  private func quoted(_ range: Range<Int>) -> String { "'\(shortened(text(range)))'" }
}
