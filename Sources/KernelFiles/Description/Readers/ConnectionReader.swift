import LFPKernels

/// Reads `connections`; an entry with several populations makes a connection of each pair.
struct ConnectionReader: Sendable {
  let populations: [Population]

  /// All names in `populations`, those of unreadable ones too.
  let names: [String]
  let cells: [String: Cell]

  /// Names of the populations with a cell, even where that could not be read.
  let withCell: Set<String>

  /// Most connections that a file may come to.
  private static let limit = 100_000

  private static let keys = [
    "pre", "post", "probability", "synapses", "indegree", "multapses", "delay", "synapse",
    "placement",
  ]

  /// Connections, and the index of the entry in the file that each comes from.
  func read(_ field: Field) -> [(connection: Connection, entry: Int)] {
    guard let entries = field.list(of: "connections") else { return [] }
    var result: [(connection: Connection, entry: Int)] = []
    for (index, entry) in entries.enumerated() {
      result += read(entry: entry).map { ($0, index) }
      if result.count > Self.limit {
        field.report("comes to more than \(Self.limit) connections of pairs of populations")
        return result
      }
    }
    return result
  }

  /// Reads one of `connections`.
  func read(entry: Field) -> [Connection] {
    guard let map = entry.mapping(Self.keys) else { return [] }
    let pre = map.required("pre", "the presynaptic population, or a list of them")
      .flatMap { readPopulationNames($0) }
    let post = map.required("post", "the postsynaptic population, or a list of them")
      .flatMap { readPopulationNames($0) }
    for (name, field) in post ?? [] { checkHasCell(name, field) }
    let connectivity = readConnectivity(map)
    let delay = map.required("delay", "a number in ms or a distribution").flatMap { readDelay($0) }
    let synapse = map.required("synapse", "what each synapse does").flatMap(Synapse.read)
    let targets = (post ?? []).map(\.name)
    let placement =
      map.optional("placement").map { readPlacement($0, targets) } ?? SynapsePlacement()
    guard let pre, let post, let connectivity, let delay, let synapse, let placement else {
      return []
    }
    guard pre.count * post.count <= Self.limit else {
      entry.report("comes to more than \(Self.limit) pairs of populations")
      return []
    }
    return post.flatMap { post in
      pre.map { pre in
        Connection(
          pre: pre.name, post: post.name, connectivity: connectivity, delay: delay,
          synapse: synapse, placement: placement)
      }
    }
  }

  /// Reads some keys of an entry anew.
  ///
  /// - Parameters:
  ///   - keys: those whose values changed; not `pre` and `post`.
  ///   - known: the entry's connections, for all other keys.
  func read(_ keys: Set<String>, of entry: Field, known: [Connection]) -> [Connection]? {
    guard let first = known.first else { return known }
    var (connectivity, delay): (Connectivity?, Distribution?) = (first.connectivity, first.delay)
    var (synapse, placement): (Synapse?, SynapsePlacement?) = (first.synapse, first.placement)
    let counts: Set = ["probability", "synapses", "indegree", "multapses"]
    if !keys.isDisjoint(with: counts) {
      connectivity = entry.only(counts).mapping(Self.keys).flatMap(readConnectivity)
    }
    if keys.contains("delay") { delay = entry.child("delay").flatMap(readDelay) }
    if keys.contains("synapse") { synapse = entry.child("synapse").flatMap(Synapse.read) }
    if keys.contains("placement") {
      placement = entry.child("placement").flatMap { readPlacement($0, known.map(\.post)) }
    }
    guard let connectivity, let delay, let synapse, let placement else { return nil }
    return known.map {
      Connection(
        pre: $0.pre, post: $0.post, connectivity: connectivity, delay: delay, synapse: synapse,
        placement: placement)
    }
  }

  private func readPopulationNames(_ field: Field) -> [(name: String, field: Field)]? {
    guard let given = field.names("the name of a population") else { return nil }
    var seen: Set<String> = []
    var isReadable = true
    for (name, field) in given {
      if field.reference(to: "population", among: names) == nil { isReadable = false }
      if !seen.insert(name).inserted { field.report("'\(name)' is listed twice") }
    }
    return isReadable ? given : nil
  }

  private func checkHasCell(_ name: String, _ field: Field) {
    guard names.contains(name), !withCell.contains(name) else { return }
    field.report("population '\(name)' has no cell, so it cannot be postsynaptic; give it one")
  }

  private func readConnectivity(_ map: FieldMap) -> Connectivity? {
    let multapses = map.optional("multapses")
    guard
      let (key, field) = map.exactlyOne(
        of: ["probability", "synapses", "indegree"], what: "the number of synapses")
    else { return nil }
    if key != "probability" {
      multapses?.report("can be given with probability only; \(key) counts synapses already")
    }
    switch key {
    case "probability":
      let probability = field.probability()
      let distribution = multapses.map { readMultapses($0) } ?? (try? Distribution.constant(1))
      guard let probability, let distribution else { return nil }
      return .probability(probability, multapses: distribution)
    case "synapses": return field.number(.number, .nonNegative).map { .synapses($0) }
    default: return field.number(.number, .nonNegative).map { .indegree($0) }
    }
  }

  private func readMultapses(_ field: Field) -> Distribution? {
    guard let distribution = Distribution.read(field, of: .number) else { return nil }
    do throws(DistributionError) {
      _ = try distribution.meanOfCounts()
      return distribution
    } catch {
      return field.fail("\(error)")
    }
  }

  private func readDelay(_ field: Field) -> Distribution? {
    guard let distribution = Distribution.read(field, of: .time) else { return nil }
    guard distribution.support.upperBound >= 0 else {
      return field.fail("all delays are negative; a spike cannot act before it happens")
    }
    return distribution
  }

  private func readPlacement(_ field: Field, _ targets: [String]) -> SynapsePlacement? {
    let models = populations.filter { targets.contains($0.name) }.compactMap(\.postsynaptic)
    return SynapsePlacement.read(
      field,
      cells: cells.filter { name, _ in
        models.contains { $0.cell == name }
      })
  }
}
