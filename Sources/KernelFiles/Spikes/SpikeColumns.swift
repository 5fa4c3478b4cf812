/// Which column of a table of spikes holds what.
struct SpikeColumns: Equatable {
  var time: Int

  /// From the file's unit to ms.
  var scale = 1.0

  var node: Int?
  var population: Int?

  /// NEST's offset, ms, to be subtracted from the time.
  var offset: Int?

  /// The number of fields of each line; nil where there may be more than are used.
  var count: Int?

  /// Names that mean the same column, without unit.
  private static let names: [(role: String, names: [String])] = [
    ("time", ["time", "times", "t", "timestamp", "timestamps", "spike_time", "spike_times"]),
    ("population", ["population", "populations", "pop", "group"]),
    (
      "node",
      [
        "node", "node_id", "node_ids", "nodes", "neuron", "neuron_id", "gid", "id", "sender",
        "cell",
      ]
    ),
    ("offset", ["time_offset"]), ("step", ["time_step"]),
  ]

  /// The factor to ms of a unit behind a title.
  private static let units = ["ms": 1.0, "s": 1e3, "us": 1e-3, "sec": 1e3]

  /// The columns of a line of titles.
  ///
  /// - Parameter resolution: ms per step, for NEST's `time_step`.
  /// - Throws: a message that says what is missing.
  static func titled(
    _ titles: [String], resolution: Double?
  ) throws(TitleProblem) -> SpikeColumns {
    var found: [String: (index: Int, scale: Double)] = [:]
    for (index, title) in titles.enumerated() {
      guard let (role, scale) = role(of: title) else { continue }
      guard found[role] == nil else {
        throw TitleProblem(
          "has the column '\(shortened(title))' and another one that means the same; keep one")
      }
      found[role] = (index, scale)
    }
    if found["time"] == nil, let step = found["step"] {
      guard let resolution else {
        throw TitleProblem(
          "has times in steps; say how long a step is with --resolution (NEST's resolution, ms)")
      }
      found["time"] = (step.index, resolution)
    }
    guard let time = found["time"] else {
      throw TitleProblem("has no column 'time'\(advice(titles)); \(allowed)")
    }
    guard found["population"] != nil || found["node"] != nil else {
      throw TitleProblem("has neither 'population' nor 'node'\(advice(titles)); \(allowed)")
    }
    return SpikeColumns(
      time: time.index, scale: time.scale, node: found["node"]?.index,
      population: found["population"]?.index, offset: found["offset"]?.index, count: titles.count)
  }

  struct TitleProblem: Error {
    let message: String
    init(_ message: String) { self.message = message }
  }

  static let allowed =
    "titles are time (ms, or time_s for seconds), and population or node or both, in any order"

  private static func role(of title: String) -> (role: String, scale: Double)? {
    let plain = title.lowercased()
    if let match = names.first(where: { $0.names.contains(plain) }) { return (match.role, 1) }
    var words = plain.split { " _()[]/".contains($0) }.map(String.init)
    guard words.count > 1, let unit = words.last, let scale = units[unit] else { return nil }
    words.removeLast()
    guard let time = names.first?.names, time.contains(words.joined(separator: "_")) else {
      return nil
    }
    return ("time", scale)
  }

  private static func advice(_ titles: [String]) -> String {
    let known = ["time", "population", "node"]
    for title in titles where role(of: title) == nil {
      if let near = nearestName(to: title, among: known) {
        return " ('\(shortened(title))' may mean '\(near)')"
      }
    }
    return ""
  }
}
