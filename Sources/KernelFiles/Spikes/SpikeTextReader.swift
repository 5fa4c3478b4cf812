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
  private let resolution: Double?

  /// Nil for blanks.
  private var separator: UInt8?
  private var columns: SpikeColumns?
  private var fields: [Range<Int>] = []
  private var groups: [SpikeTable.Group] = []
  private var places: [String: Int] = [:]
  private var last: (name: String, place: Int)?

  static func read(
    path: String, layout: Layout, resolution: Double?
  ) throws(DescriptionError) -> SpikeTable {
    let problems = DiagnosticCollector(file: path)
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe)
    } catch {
      switch TextBytes.bytes(path: path, limit: 0, what: "a file of spikes") {
      case .failure(let problem): problems.report(problem.message, at: nil)
      case .success: problems.report("cannot be read: \(error.localizedDescription)", at: nil)
      }
      throw problems.error
    }
    let groups = data.withUnsafeBytes { raw in
      var reader = SpikeTextReader(
        bytes: raw.bindMemory(to: UInt8.self), problems: problems, layout: layout,
        resolution: resolution)
      return reader.read()
    }
    guard problems.isEmpty else { throw problems.error }
    return SpikeTable(file: path, groups: groups)
  }

  private init(
    bytes: UnsafeBufferPointer<UInt8>, problems: DiagnosticCollector, layout: Layout,
    resolution: Double?
  ) {
    self.bytes = bytes
    self.problems = problems
    self.layout = layout
    self.resolution = resolution
  }

  /// All groups; problems are in the collector, and the first line that tells no columns ends it.
  private mutating func read() -> [SpikeTable.Group] {
    var (start, line) = (bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0, 1)
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
      if !isBlank(start..<end), bytes[start] != UInt8(ascii: "#") {
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
    if columns == nil, layout == .titled { separator = separatorOfTitles(range) }
    split(range)
    guard let columns else {
      guard let (found, isTitle) = findColumns(line) else { return false }
      columns = found
      if !isTitle { readSpike(found, line) }
      return true
    }
    readSpike(columns, line)
    return true
  }

  private func separatorOfTitles(_ range: Range<Int>) -> UInt8? {
    [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09].first { bytes[range].contains($0) }
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
        return (try SpikeColumns.titled(fields.map(text), resolution: resolution), true)
      } catch {
        report(error.message, line)
        return nil
      }
    }
    if fields.count == 3, let resolution {
      return (SpikeColumns(time: 1, scale: resolution, node: 0, offset: 2, count: 3), false)
    }
    guard fields.count == 2 else {
      report(
        "has \(fields.count) column\(fields.count == 1 ? "" : "s") without titles; id and time (ms) are "
          + "needed, or id, step and offset with --resolution (ms)", line)
      return nil
    }
    return (SpikeColumns(time: 1, node: 0, count: 2), false)
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
    guard let place = groupPlace(columns, line) else { return }
    groups[place].times.append(time)
    if let node { groups[place].nodes.append(node) }
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

  private func isBlank(_ range: Range<Int>) -> Bool {
    range.allSatisfy { ByteScanner.isBlank(bytes[$0]) }
  }

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
