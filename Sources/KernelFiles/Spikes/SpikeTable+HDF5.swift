extension SpikeFileFormat {
  /// The format of an HDF5 file by the names in it.
  init(contentsOf file: HDF5File) throws(StorageError) {
    let names = try file.members()
    if names.contains("spikes") {
      self = .sonata
      return
    }
    if names.contains("units"), try file.hasAttribute("nwb_version") {
      self = .nwb
      return
    }
    if try file.hasAttribute("format") {
      let format = try file.stringAttribute("format")
      throw StorageError(
        .wrongFormat, file: file.name, problem: "holds \"\(format)\", not spikes",
        remedy: "give spikes or binned activity")
    }
    for name in names where try file.isGroup([name]) {
      if Set(try file.members(of: [name])).isSuperset(of: ["gids", "times"]) {
        self = .lfpy
        return
      }
    }
    self = .binned
  }
}

extension SpikeTable {
  /// SONATA's spikes: `/spikes/<population>/{timestamps,node_ids}`, or without populations as the
  /// first version of the format had them, `/spikes/{timestamps,gids}`. Times are in ms unless their
  /// attribute `units` says `s`.
  init(sonata file: HDF5File) throws(StorageError) {
    let members = try file.members(of: ["spikes"])
    if members.contains("timestamps") {
      let ids = members.contains("gids") ? "gids" : "node_ids"
      let group = try Self.sonataGroup(["spikes"], ids: ids, population: nil, in: file)
      self.init(file: file.name, groups: [group])
      return
    }
    guard !members.isEmpty else {
      throw HDF5Context(file: file.name, path: ["spikes"]).error(
        .missingObject, "is empty", "it should hold a group for each population")
    }
    var groups: [Group] = []
    for name in members where try !Self.isLeftover(name, in: file, isOnly: members.count == 1) {
      groups.append(
        try Self.sonataGroup(["spikes", name], ids: "node_ids", population: name, in: file))
    }
    self.init(file: file.name, groups: groups)
  }

  /// Whether a member of /spikes beside others is empty: simulators leave such groups and datasets.
  private static func isLeftover(
    _ name: String, in file: HDF5File, isOnly: Bool
  ) throws(StorageError) -> Bool {
    let path = ["spikes", name]
    if isOnly { return false }
    if try file.isGroup(path) { return try file.members(of: path).isEmpty }
    guard try file.valueCount(of: path) == 0 else {
      throw HDF5Context(file: file.name, path: path).error(
        .wrongType, "is a dataset", "/spikes should hold a group for each population")
    }
    return true
  }

  /// The spikes of NWB's units, s: those of unit i end at `spike_times_index[i]`. Ids are in `id`.
  init(nwb file: HDF5File) throws(StorageError) {
    let times = try file.read(["units", "spike_times"], as: Double.self, rank: 1).values
    let ends = try file.read(["units", "spike_times_index"], as: Int.self, rank: 1).values
    let ids =
      try file.exists(["units", "id"])
      ? file.read(["units", "id"], as: Int.self, rank: 1).values : Array(ends.indices)
    let context = HDF5Context(file: file.name, path: ["units", "spike_times_index"])
    guard ids.count == ends.count else {
      throw context.error(
        .wrongShape, "has \(ends.count) ends for \(ids.count) units", "there should be one for each"
      )
    }
    guard zip([0] + ends, ends).allSatisfy({ $0 <= $1 }), ends.last ?? 0 == times.count else {
      throw context.error(
        .invalidValue, "does not go up to the \(times.count) times of spike_times",
        "each entry should be the number of times up to the end of its unit")
    }
    var nodes: [Int] = []
    nodes.reserveCapacity(times.count)
    for (id, end) in zip(ids, ends) {
      nodes += repeatElement(id, count: end - nodes.count)
    }
    self.init(
      file: file.name,
      groups: [Group(population: nil, times: times.map { 1000 * $0 }, nodes: nodes)])
  }

  private static func sonataGroup(
    _ path: [String], ids: String, population: String?, in file: HDF5File
  ) throws(StorageError) -> Group {
    let context = HDF5Context(file: file.name, path: path + ["timestamps"])
    var times = try file.read(path + ["timestamps"], as: Double.self, rank: 1).values
    let nodes = try file.read(path + [ids], as: Int.self, rank: 1).values
    guard times.count == nodes.count else {
      throw context.error(
        .wrongShape, "has \(times.count) times for \(nodes.count) \(ids)",
        "there should be as many of both")
    }
    if try file.hasAttribute("units", of: path + ["timestamps"]) {
      let unit = try file.stringAttribute("units", of: path + ["timestamps"])
      switch unit.lowercased() {
      case "ms", "milliseconds", "millisecond": break
      case "us", "µs", "microseconds", "microsecond": for i in times.indices { times[i] *= 1e-3 }
      case "s", "sec", "seconds", "second": for i in times.indices { times[i] *= 1000 }
      default:
        throw context.attribute("units").error(
          .invalidValue, "is \"\(unit)\"", "it should be ms or s, or us")
      }
    }
    return Group(population: population, times: times, nodes: nodes)
  }

  /// The spikes that LFPy's examples write: groups of populations with the dataset `gids` and, for each
  /// of these, a list in `times`, ms.
  init(lfpy file: HDF5File) throws(StorageError) {
    var groups: [Group] = []
    for name in try file.members() where try file.isGroup([name]) {
      // Without gids these are stored as an empty list of numbers.
      let gids = try file.read([name, "gids"], as: Double.self, rank: 1).values
      let lists = try file.readLists([name, "times"])
      let context = HDF5Context(file: file.name, path: [name, "times"])
      guard lists.count == gids.count else {
        throw context.error(
          .wrongShape, "has \(lists.count) lists for \(gids.count) gids",
          "there should be one for each")
      }
      var group = Group(population: name, times: [])
      for (gid, times) in zip(gids, lists) {
        guard let node = Int(exactly: gid) else {
          throw HDF5Context(file: file.name, path: [name, "gids"]).error(
            .invalidValue, "holds \(gid)", "ids are whole numbers")
        }
        group.times += times
        group.nodes += repeatElement(node, count: times.count)
      }
      groups.append(group)
    }
    guard !groups.isEmpty else {
      throw StorageError(
        .wrongFormat, file: file.name, problem: "holds no group of a population",
        remedy: "LFPy's spikes are in /<population>/gids and /<population>/times")
    }
    self.init(file: file.name, groups: groups)
  }
}

extension HDF5File {
  /// The number of a dataset's values; 0 where it has no shape.
  func valueCount(of path: [String]) throws(StorageError) -> Int {
    do throws(StorageError) {
      return try read(path, as: Double.self).values.count
    } catch {
      // Without a dataspace, or of another type: what matters is whether there is something.
      if error.kind == .wrongShape, error.problem == "has no values" { return 0 }
      if error.kind == .wrongType || error.kind == .wrongShape { return 1 }
      throw error
    }
  }

  /// Whether the object of a path is a group.
  func isGroup(_ path: [String]) throws(StorageError) -> Bool {
    do throws(StorageError) {
      _ = try members(of: path)
      return true
    } catch {
      if error.kind == .wrongType { return false }
      throw error
    }
  }
}
