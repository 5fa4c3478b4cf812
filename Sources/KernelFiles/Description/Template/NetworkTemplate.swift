package import LFPKernels

/// A description whose numbers can be replaced one by one without reading it all again.
package struct NetworkTemplate: Sendable {
  /// The description as it stands.
  package let file: DescriptionFile
  let baseDirectory: String

  /// What each number of the description measures, by key path.
  let numbers: [String: Dimension]

  /// The cells' shapes, so that no file is read again for another number.
  private let shapes: [String: CellShape]
  private let connectionReader: ConnectionReader
  private let cellNames: [String]

  /// For each entry of `connections` the connections that it makes.
  let connections: [Range<Int>]

  package var network: Network { file.network }

  /// Reads a network's description.
  ///
  /// - Throws: all problems of the description at once.
  package init(
    _ root: DescriptionNode, text: String, fileName: String, baseDirectory: String
  ) throws(DescriptionError) {
    let diagnostics = DiagnosticCollector(file: fileName, recordsNumbers: true)
    file = try DescriptionFile.read(
      root, text: text, baseDirectory: baseDirectory, into: diagnostics)
    self.baseDirectory = baseDirectory
    numbers = diagnostics.numbers ?? [:]
    cellNames = Self.entries(root, "cells").map(\.key)
    var shapes: [String: CellShape] = [:]
    for entry in Self.entries(root, "cells") {
      let field = Field(entry.value, path: "cells.\(entry.key)", diagnostics: diagnostics)
      if let map = field.mapping(Cell.keys) {
        shapes[entry.key] = CellShape.read(map, baseDirectory: baseDirectory)
      }
    }
    self.shapes = shapes
    let network = file.network
    connectionReader = ConnectionReader(
      populations: network.populations, names: network.populations.map(\.name),
      cells: network.cells,
      withCell: Set(network.populations.filter { $0.postsynaptic != nil }.map(\.name)))
    var ranges: [Range<Int>] = []
    for (index, entry) in file.connectionEntries.enumerated() {
      if entry == ranges.count - 1 {
        ranges[entry] = ranges[entry].lowerBound..<index + 1
      } else {
        while ranges.count < entry { ranges.append(index..<index) }
        ranges.append(index..<index + 1)
      }
    }
    connections = ranges
  }

  private static func entries(_ root: DescriptionNode, _ key: String) -> [DescriptionNode.Entry] {
    guard case .mapping(let entries)? = root.entry(key)?.value.content else { return [] }
    return entries
  }

  /// The numbers' key paths in alphabetical order.
  package var keyPaths: [String] { numbers.keys.sorted() }

  /// What a key path names; problems are reported at the field that holds the path, which need not be
  /// in the same file.
  package func slot(_ path: String, in field: Field, at place: TextPlace? = nil) -> NumberSlot? {
    func fail(_ message: String) -> NumberSlot? {
      field.diagnostics.report(message, path: field.path, at: place ?? field.place)
      return nil
    }
    switch KeyPathSearch.find(path, in: file.root) {
    case .failure(.problem(let message)): return fail("'\(path)': \(message)")
    case .failure(.unknown):
      return fail("'\(path)' is not a number of the network\(advice(for: path))")
    case .success(let found):
      guard let (part, depth) = part(of: found) else {
        return fail("'\(path)' is not a number of the network\(advice(for: path))")
      }
      if let dimension = numbers[found.path] {
        return slot(part, depth, found, dimension)
      }
      // A number that has its default value, or no number at all: the part's reader knows.
      let slot = slot(part, depth, found, .number)
      guard var node = node(of: part) else { return nil }
      node.replace(slot.steps[...], by: "1")
      let trial = DiagnosticCollector(file: file.fileName, recordsNumbers: true)
      _ = read(part, node, into: trial)
      guard let dimension = trial.numbers?[found.path] else {
        return fail("'\(path)' is not a number of the network\(advice(for: path))")
      }
      return self.slot(part, depth, found, dimension)
    }
  }

  private func slot(
    _ part: NumberSlot.Part, _ depth: Int, _ found: KeyPathSearch.Place, _ dimension: Dimension
  ) -> NumberSlot {
    let entry = part.connectionEntry.map { "connections[\($0)]" } ?? ""
    let key = entry.isEmpty ? "" : String(found.path.dropFirst(entry.count + 1))
    return NumberSlot(
      part: part, path: found.pair.map { "connections[\($0.name)].\(key)" } ?? found.path,
      dimension: dimension, steps: Array(found.steps.dropFirst(depth)), keyInConnection: key)
  }

  private func advice(for path: String) -> String {
    // The nearest among those with the same end or beginning: paths are long, differences short.
    let known = keyPaths
    guard let near = nearestName(to: path, among: known) else {
      return "; known are \(listing(known.limited, last: "and"))"
    }
    return "; did you mean '\(near)'?"
  }

  /// The part that some steps from the root lead into, and after how many.
  private func part(of place: KeyPathSearch.Place) -> (NumberSlot.Part, Int)? {
    let steps = place.steps
    guard case .mapping(let entries) = file.root.content, case .child(let first)? = steps.first,
      entries.indices.contains(first)
    else { return nil }
    if entries[first].key == "time" { return steps.count > 1 ? (.settings, 1) : nil }
    guard steps.count > 2, case .child(let index) = steps[1] else { return nil }
    switch entries[first].key {
    case "cells":
      guard cellNames.indices.contains(index) else { return nil }
      return (.cell(cellNames[index]), 2)
    case "populations": return (.population(index), 2)
    case "connections":
      return (place.pair.map { .pair(index, $0.index) } ?? .connection(index), 2)
    case "probes": return (.probe(index), 2)
    default: return nil
    }
  }

  private func field(of part: NumberSlot.Part) -> (node: DescriptionNode, path: String)? {
    let root = file.root
    func member(_ key: String, _ index: Int?) -> (DescriptionNode, String)? {
      let entries = Self.entries(root, key)
      guard let index, entries.indices.contains(index) else { return nil }
      return (entries[index].value, "\(key).\(entries[index].key)")
    }
    switch part {
    case .settings: return root.entry("time").map { ($0.value, "time") }
    case .cell(let name): return member("cells", cellNames.firstIndex(of: name))
    case .population(let index): return member("populations", index)
    case .probe(let index): return member("probes", index)
    case .connection(let index), .pair(let index, _):
      guard case .sequence(let elements)? = root.entry("connections")?.value.content,
        elements.indices.contains(index)
      else { return nil }
      return (elements[index], "connections[\(index)]")
    }
  }

  func node(of part: NumberSlot.Part) -> DescriptionNode? { field(of: part)?.node }

  /// The canonical description by parts, with their key paths.
  package var canonicalParts: [(path: String, text: String)] {
    func text(_ value: CanonicalValue) -> String {
      var text = ""
      value.write(to: &text)
      return text
    }
    var result = [("time", text(network.settings.canonical))]
    for (name, cell) in network.cells.sorted(by: { $0.key < $1.key }) {
      result.append(("cells.\(name)", text(cell.canonical)))
    }
    for population in network.populations {
      result.append(("populations.\(population.name)", text(network.canonical(population))))
    }
    for (entry, range) in connections.enumerated() {
      for index in range {
        let connection = network.connections[index]
        // Numbered as in the file; where an entry makes several, with their populations.
        let pair = range.count > 1 ? " from \(connection.pre) onto \(connection.post)" : ""
        result.append(("connections[\(entry)]\(pair)", text(connection.canonical)))
      }
    }
    for probe in network.probes {
      result.append(("probes.\(probe.name)", text(probe.canonical)))
    }
    return result
  }

  /// The connections of an entry, or one of them.
  private func range(_ entry: Int, _ member: Int?) -> Range<Int> {
    let all = connections[entry]
    return member.map { all.lowerBound + $0..<all.lowerBound + $0 + 1 } ?? all
  }

  /// A part of a network that was read anew.
  enum ReadPart {
    case settings(KernelSettings)
    case cell(String, Cell)
    case population(Int, Population)
    case connections(Range<Int>, [Connection])
    case probe(Int, Probe)
  }

  /// Reads some keys of a connection's entry from a node in its place; the others stay as they are in
  /// the description.
  ///
  /// - Parameter member: of several connections that the entry makes the one that is read; nil for all.
  func read(
    _ keys: Set<String>, ofConnection index: Int, member: Int? = nil, _ node: DescriptionNode,
    into diagnostics: DiagnosticCollector
  ) -> ReadPart? {
    let field = Field(node, path: "connections[\(index)]", diagnostics: diagnostics)
    let range = self.range(index, member)
    return connectionReader.read(keys, of: field, known: Array(network.connections[range]))
      .map { .connections(range, $0) }
  }

  /// Reads a part from a node that stands in its place; nil where that is not possible.
  func read(
    _ part: NumberSlot.Part, _ node: DescriptionNode, into diagnostics: DiagnosticCollector,
    keepingShape: Bool = false
  ) -> ReadPart? {
    guard let path = field(of: part)?.path else { return nil }
    let field = Field(node, path: path, diagnostics: diagnostics)
    switch part {
    case .settings: return KernelSettings.read(field).map { .settings($0) }
    case .cell(let name):
      return Cell.read(
        field, baseDirectory: baseDirectory, shape: keepingShape ? shapes[name] : nil
      ).map { .cell(name, $0) }
    case .population(let index):
      return Population.read(network.populations[index].name, field, cells: cellNames)
        .map { .population(index, $0) }
    case .connection(let index):
      let connections = connectionReader.read(entry: field)
      let range = self.connections[index]
      return connections.count == range.count ? .connections(range, connections) : nil
    case .pair(let index, let member):
      let connections = connectionReader.read(entry: field)
      return connections.indices.contains(member)
        ? .connections(range(index, member), [connections[member]]) : nil
    case .probe(let index):
      return Probe.read(network.probes[index].name, field, baseDirectory: baseDirectory)
        .map { .probe(index, $0) }
    }
  }
}
