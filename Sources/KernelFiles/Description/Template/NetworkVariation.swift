package import LFPKernels

/// The networks that come of a template when some of its numbers are replaced, one after another. Only
/// parts in which a number changed are read and hashed anew; the result depends on the numbers alone.
package struct NetworkVariation: Sendable {
  private let template: NetworkTemplate
  private let slots: [NumberSlot]
  private var parts: [VariedPart]

  /// The network with the numbers that were set last.
  package private(set) var network: Network

  /// The identity of `network`.
  package private(set) var identity: NetworkIdentity

  private struct VariedPart: Sendable {
    let part: NumberSlot.Part

    /// Indices of the slots within it.
    let slots: [Int]

    /// Whether the shape of a cell is never touched.
    let keepsShape: Bool

    /// The keys of a connection in which the slots are.
    let keys: Set<String>
    var node: DescriptionNode
    var values: [Double]?
    var failure: DescriptionError?
  }

  package init(_ template: NetworkTemplate, replacing slots: [NumberSlot]) {
    self.template = template
    self.slots = slots
    network = template.network
    identity = NetworkIdentity(template.network)
    parts = []
    for slot in slots where !parts.contains(where: { $0.part == slot.part }) {
      guard let node = template.node(of: slot.part) else { continue }
      let members = slots.indices.filter { slots[$0].part == slot.part }
      parts.append(
        VariedPart(
          part: slot.part, slots: members,
          keepsShape: members.allSatisfy { Self.keepsShape(slots[$0]) },
          keys: Set(members.map { Self.firstKey(slots[$0]) }), node: node))
    }
  }

  private static func keepsShape(_ slot: NumberSlot) -> Bool {
    guard case .cell(let name) = slot.part else { return true }
    let path = slot.path.dropFirst("cells.\(name).".count)
    return !path.hasPrefix("sections") && !path.hasPrefix("morphology")
  }

  /// The key within a connection; empty for other parts.
  private static func firstKey(_ slot: NumberSlot) -> String {
    String(slot.keyInConnection.prefix { $0 != "." && $0 != "[" })
  }

  /// Replaces the numbers, in the documented units.
  ///
  /// - Throws: the problems of the parts that do not allow them; `network` is not to be used then.
  package mutating func set(_ values: [Double]) throws(DescriptionError) {
    var failure: DescriptionError?
    for index in parts.indices {
      update(index, values)
      failure = failure ?? parts[index].failure
    }
    if let failure { throw failure }
  }

  private mutating func update(_ index: Int, _ values: [Double]) {
    let own = parts[index].slots
    if let last = parts[index].values, zip(own, last).allSatisfy({ values[$0] == $1 }) { return }
    parts[index].values = own.map { values[$0] }
    for slot in own {
      parts[index].node.replace(slots[slot].steps[...], by: Self.spelling(values[slot]))
    }
    let diagnostics = DiagnosticCollector(file: template.file.fileName)
    let read = read(parts[index], into: diagnostics)
    guard diagnostics.isEmpty, let read else {
      parts[index].failure = diagnostics.error
      return
    }
    parts[index].failure = nil
    replace(by: read)
  }

  private func read(
    _ part: VariedPart, into diagnostics: DiagnosticCollector
  ) -> NetworkTemplate.ReadPart? {
    switch part.part {
    case .connection(let entry):
      return template.read(part.keys, ofConnection: entry, part.node, into: diagnostics)
    case .pair(let entry, let member):
      return template.read(
        part.keys, ofConnection: entry, member: member, part.node, into: diagnostics)
    default: break
    }
    return template.read(
      part.part, part.node, into: diagnostics, keepingShape: part.keepsShape)
  }

  private mutating func replace(by part: NetworkTemplate.ReadPart) {
    switch part {
    case .settings(let settings):
      network.settings = settings
      identity.settings = NetworkIdentity.digest(settings.canonical)
    case .cell(let name, let cell):
      network.cells[name] = cell
      identity.cells[name] = NetworkIdentity.digest(cell.canonical)
    case .population(let index, let population):
      network.populations[index] = population
      identity.populations[population.name] = NetworkIdentity.digest(
        network.canonical(population))
    case .connections(let range, let connections):
      network.connections.replaceSubrange(range, with: connections)
      for (index, connection) in zip(range, connections) {
        identity.connections[index] = NetworkIdentity.digest(connection.canonical)
      }
    case .probe(let index, let probe):
      network.probes[index] = probe
      identity.probes[probe.name] = NetworkIdentity.digest(probe.canonical)
    }
  }

  /// Whole numbers without a point, which counts need not have.
  private static func spelling(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }
}
