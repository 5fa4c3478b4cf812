/// The spikes of each population, sorted in time, with a report on what was odd.
public struct PopulationSpikes: Sendable, Equatable {
  public private(set) var populations: [String] = []

  /// Times in ms, ascending, for each population.
  public private(set) var times: [[Double]] = []

  /// How many spikes each time stands for, for each population; empty where each is one.
  public private(set) var weights: [[Double]] = []

  /// Its numbers of spikes before and after are those of no grid yet.
  public private(set) var report = SpikeReport()

  /// The nodes of the spikes, for finding duplicates; -1 where the file does not say.
  private var nodes: [[Int]] = []

  /// Whether ids without a population in the map were looked up.
  private var usesPlainIds = false

  /// Sorts the spikes of files into populations.
  ///
  /// - Parameter map: where files name no populations, or other ones than the kernels have. Ids of a
  ///   population in the file belong to entries with that source; where the map has none, and it is the
  ///   only population of all files, to entries without source; else the population keeps its name.
  /// - Throws: `StorageError` if ids are without a population, or the map does not fit the files.
  public init(_ tables: [SpikeTable], map: NodeMap? = nil) throws(StorageError) {
    let names = Set(tables.flatMap { $0.groups.compactMap(\.population) })
    for table in tables {
      for group in table.groups {
        report.read +=
          group.weights.isEmpty ? Double(group.times.count) : group.weights.reduce(0, +)
        if !Self.isSorted(group.times) { report.unsortedGroups += 1 }
        try add(group, of: table.file, map: map, isOnlyPopulation: names.count == 1)
      }
    }
    if let map, map.hasEntries(for: nil), !usesPlainIds, let name = names.min() {
      throw StorageError(
        .invalidValue, file: tables.map(\.file).joined(separator: ", "),
        problem: "has spikes by populations (\(listing(names.sorted().limited, last: "and"))), so "
          + "that the map of nodes, which has ids only, says nothing",
        remedy: "name a population of the file, as in --nodes E=\(name) or E=\(name):0-99")
    }
    for source in map?.entries.compactMap(\.source) ?? []
    where !names.contains(source) && !report.missingSources.contains(source) {
      report.missingSources.append(source)
    }
    for index in populations.indices {
      let duplicates = Self.sort(&times[index], &nodes[index], &weights[index])
      let count =
        weights[index].isEmpty ? Double(times[index].count) : weights[index].reduce(0, +)
      var entry = SpikeReport.Population(name: populations[index], spikes: count)
      entry.duplicates = duplicates
      entry.negativeTimes = times[index].prefix { $0 < 0 }.count
      report.populations.append(entry)
    }
    nodes = []
  }

  private mutating func add(
    _ group: SpikeTable.Group, of file: String, map: NodeMap?, isOnlyPopulation: Bool
  ) throws(StorageError) {
    guard let (map, source) = try mapping(group, of: file, map, isOnlyPopulation) else {
      guard let name = try nameWithoutIds(group, of: file, map) else { return }
      try StoredName.check(name, of: "population", file: file)
      append(group, to: place(of: name))
      return
    }
    let places = map.populations.map { place(of: $0) }
    for (place, (time, node)) in zip(group.times, group.nodes).enumerated() {
      guard let index = map.population(of: node, source: source) else {
        report.unknownNodes += 1
        if report.unknownExamples.count < 5, !report.unknownExamples.contains(node) {
          report.unknownExamples.append(node)
        }
        continue
      }
      append(time, node, group.weight(place), to: places[index])
    }
  }

  /// The map and source by which a group's nodes are sorted; nil where its name is its population.
  private mutating func mapping(
    _ group: SpikeTable.Group, of file: String, _ map: NodeMap?, _ isOnlyPopulation: Bool
  ) throws(StorageError) -> (NodeMap, source: String?)? {
    guard let name = group.population else {
      usesPlainIds = true
      if group.times.isEmpty { return nil }
      guard let map, map.hasEntries(for: nil) else {
        let ids = group.nodes.min().map { "\($0) to \(group.nodes.max() ?? $0)" } ?? "unknown"
        throw StorageError(
          .missingObject, file: file,
          problem: "has spikes by the ids of nodes (\(ids)), without populations",
          remedy: "say which are whose, as in --nodes E=1-8192, or give the file as E=\(file)")
      }
      return (map, nil)
    }
    guard let map else { return nil }
    if map.hasEntries(for: name), !group.nodes.isEmpty { return (map, name) }
    if isOnlyPopulation, map.hasEntries(for: nil), !group.nodes.isEmpty {
      usesPlainIds = true
      return (map, nil)
    }
    return nil
  }

  /// The population of a group whose nodes are not looked up: its own, or what the map calls it.
  private func nameWithoutIds(
    _ group: SpikeTable.Group, of file: String, _ map: NodeMap?
  ) throws(StorageError) -> String? {
    guard let name = group.population, let map, map.hasEntries(for: name) else {
      return group.population
    }
    if let whole = map.population(ofAll: name) { return whole }
    if group.times.isEmpty { return nil }
    throw StorageError(
      .missingObject, file: file, object: name,
      problem: "has spikes without the ids of nodes, of which the map takes some",
      remedy: "take all, as in --nodes E=\(name)")
  }

  private mutating func place(of name: String) -> Int {
    if let place = populations.firstIndex(of: name) { return place }
    populations.append(name)
    times.append([])
    nodes.append([])
    weights.append([])
    return populations.count - 1
  }

  private mutating func append(_ time: Double, _ node: Int, _ weight: Double?, to place: Int) {
    guard time.isFinite else {
      report.notFinite += 1
      return
    }
    append(weights: weight.map { [$0] } ?? [], count: 1, to: place)
    times[place].append(time)
    nodes[place].append(node)
  }

  private mutating func append(_ group: SpikeTable.Group, to place: Int) {
    guard group.times.allSatisfy(\.isFinite) else {
      for (index, time) in group.times.enumerated() {
        append(
          time, group.nodes.isEmpty ? -1 : group.nodes[index], group.weight(index), to: place)
      }
      return
    }
    append(weights: group.weights, count: group.times.count, to: place)
    times[place] += group.times
    nodes[place] +=
      group.nodes.isEmpty ? Array(repeating: -1, count: group.times.count) : group.nodes
  }

  /// Adds the weights of `count` spikes whose times follow; without weights they are one each.
  private mutating func append(weights new: [Double], count: Int, to place: Int) {
    if new.isEmpty, weights[place].isEmpty { return }
    if weights[place].isEmpty { weights[place] = Array(repeating: 1, count: times[place].count) }
    weights[place] += new.isEmpty ? Array(repeating: 1, count: count) : new
  }

  private static func isSorted(_ times: [Double]) -> Bool {
    for i in times.indices.dropFirst() where !(times[i - 1] <= times[i]) { return false }
    return true
  }

  private struct Spike {
    var time: Double
    var node: Int
    var weight: Double
  }

  /// Sorts spikes in time; gives the number of spikes of known nodes beyond the first at one time.
  private static func sort(
    _ times: inout [Double], _ nodes: inout [Int], _ weights: inout [Double]
  ) -> Int {
    if !isSorted(times) {
      let hasWeights = !weights.isEmpty
      var spikes = times.indices.map {
        Spike(time: times[$0], node: nodes[$0], weight: hasWeights ? weights[$0] : 1)
      }
      spikes.sort { $0.time < $1.time }
      for (index, spike) in spikes.enumerated() {
        times[index] = spike.time
        nodes[index] = spike.node
        if hasWeights { weights[index] = spike.weight }
      }
    }
    var duplicates = 0
    var start = 0
    while start < times.count {
      var end = start + 1
      while end < times.count, times[end] == times[start] { end += 1 }
      if end - start > 1 {
        nodes[start..<end].sort()
        for i in start + 1..<end where nodes[i] == nodes[i - 1] && nodes[i] >= 0 { duplicates += 1 }
      }
      start = end
    }
    return duplicates
  }
}

extension SpikeTable.Group {
  /// The weight of a spike; nil where all are one.
  fileprivate func weight(_ index: Int) -> Double? { weights.isEmpty ? nil : weights[index] }
}
