/// The spikes of each population, sorted in time, with a report on what was odd.
public struct PopulationSpikes: Sendable, Equatable {
  public private(set) var populations: [String] = []

  /// Times in ms, ascending, for each population.
  public private(set) var times: [[Double]] = []

  /// Its numbers of spikes before and after are those of no grid yet.
  public private(set) var report = SpikeReport()

  /// The nodes of the spikes, for finding duplicates; -1 where the file does not say.
  private var nodes: [[Int]] = []

  /// Sorts the spikes of files into populations.
  ///
  /// - Parameter map: where files name no populations, or other ones than the kernels have. Ids of a
  ///   population in the file belong to entries with that source; where the map has none, and it is the
  ///   only population of all files, to entries without source; else the population keeps its name.
  /// - Throws: `StorageError` if ids are without a population.
  public init(_ tables: [SpikeTable], map: NodeMap? = nil) throws(StorageError) {
    let names = Set(tables.flatMap { $0.groups.compactMap(\.population) })
    for table in tables {
      for group in table.groups {
        report.read += Double(group.times.count)
        if !Self.isSorted(group.times) { report.unsortedGroups += 1 }
        try add(group, of: table.file, map: map, isOnlyPopulation: names.count == 1)
      }
    }
    for index in populations.indices {
      let duplicates = Self.sort(&times[index], &nodes[index])
      var entry = SpikeReport.Population(
        name: populations[index], spikes: Double(times[index].count))
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
      guard let name = group.population else { return }
      try StoredName.check(name, of: "population", file: file)
      append(group, to: place(of: name))
      return
    }
    let places = map.populations.map { place(of: $0) }
    for (time, node) in zip(group.times, group.nodes) {
      guard let index = map.population(of: node, source: source) else {
        report.unknownNodes += 1
        if report.unknownExamples.count < 5, !report.unknownExamples.contains(node) {
          report.unknownExamples.append(node)
        }
        continue
      }
      append(time, node, to: places[index])
    }
  }

  /// The map and source by which a group's nodes are sorted; nil where its name is its population.
  private func mapping(
    _ group: SpikeTable.Group, of file: String, _ map: NodeMap?, _ isOnlyPopulation: Bool
  ) throws(StorageError) -> (NodeMap, source: String?)? {
    guard let name = group.population else {
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
    if isOnlyPopulation, map.hasEntries(for: nil), !group.nodes.isEmpty { return (map, nil) }
    return nil
  }

  private mutating func place(of name: String) -> Int {
    if let place = populations.firstIndex(of: name) { return place }
    populations.append(name)
    times.append([])
    nodes.append([])
    return populations.count - 1
  }

  private mutating func append(_ time: Double, _ node: Int, to place: Int) {
    guard time.isFinite else {
      report.notFinite += 1
      return
    }
    times[place].append(time)
    nodes[place].append(node)
  }

  private mutating func append(_ group: SpikeTable.Group, to place: Int) {
    guard group.times.allSatisfy(\.isFinite) else {
      for (index, time) in group.times.enumerated() {
        append(time, group.nodes.isEmpty ? -1 : group.nodes[index], to: place)
      }
      return
    }
    times[place] += group.times
    nodes[place] +=
      group.nodes.isEmpty ? Array(repeating: -1, count: group.times.count) : group.nodes
  }

  private static func isSorted(_ times: [Double]) -> Bool {
    for i in times.indices.dropFirst() where !(times[i - 1] <= times[i]) { return false }
    return true
  }

  private struct Spike {
    var time: Double
    var node: Int
  }

  /// Sorts spikes in time; gives the number of spikes of known nodes beyond the first at one time.
  private static func sort(_ times: inout [Double], _ nodes: inout [Int]) -> Int {
    if !isSorted(times) {
      var spikes = zip(times, nodes).map { Spike(time: $0, node: $1) }
      spikes.sort { $0.time < $1.time }
      for (index, spike) in spikes.enumerated() {
        times[index] = spike.time
        nodes[index] = spike.node
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
