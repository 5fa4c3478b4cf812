/// Which column of a table of spikes holds what.
struct SpikeColumns: Equatable {
  var time: Int

  /// From the file's unit to ms.
  var scale = 1.0

  /// Whether times are whole numbers of steps.
  var isInSteps = false

  var node: Int?
  var population: Int?

  /// NEST's offset, ms, to be subtracted from the time.
  var offset: Int?

  /// How many spikes a line stands for.
  var weight: Int?

  /// The number of fields of each line; nil where there may be more than are used.
  var count: Int?

  /// Columns that were left out since that was asked for.
  var ignored: [String] = []

  /// Names that mean the same column, without unit.
  private static let names: [(role: String, names: [String])] = [
    ("time", ["time", "times", "t", "timestamp", "timestamps", "spike_time", "spike_times"]),
    ("population", ["population", "populations", "pop", "group"]),
    (
      "node",
      [
        "node", "node_id", "node_ids", "nodes", "neuron", "neuron_id", "gid", "id", "sender",
        "senders", "cell",
      ]
    ),
    ("offset", ["time_offset", "offset", "offsets"]),
    ("step", ["time_step", "time_steps", "step"]),
    ("weight", ["count", "counts", "weight", "weights"]),
  ]

  /// The factor to ms of a unit behind a title.
  private static let units = ["ms": 1.0, "s": 1e3, "us": 1e-3, "µs": 1e-3, "sec": 1e3]

  /// The columns of a line of titles.
  ///
  /// - Parameters:
  ///   - resolution: ms per step, for NEST's `time_step`.
  ///   - ignored: the titles of columns that do not matter.
  /// - Throws: a message that says what is missing or not understood.
  static func titled(
    _ titles: [String], resolution: Double?, ignored: [String] = []
  ) throws(TitleProblem) -> SpikeColumns {
    var found: [String: (index: Int, scale: Double)] = [:]
    var unknown: [String] = []
    var left: [String] = []
    for (index, title) in titles.enumerated() {
      if ignored.contains(title) {
        left.append(title)
        continue
      }
      // The index that pandas writes in front of a table has no title.
      if title.isEmpty, index == 0 { continue }
      guard let (role, scale) = role(of: title) else {
        unknown.append(title)
        continue
      }
      guard found[role] == nil else {
        throw TitleProblem(
          "has the column '\(shortened(title))' and another one that means the same; keep one")
      }
      found[role] = (index, scale)
    }
    let isInSteps = found["time"] == nil && found["step"] != nil
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
    // A time of its own beside steps, or an offset of it, would count twice.
    if !isInSteps, found["step"] != nil || found["offset"] != nil {
      throw TitleProblem("has times in ms and in steps or offsets; keep one of both")
    }
    guard found["population"] != nil || found["node"] != nil else {
      throw TitleProblem("has neither 'population' nor 'node'\(advice(titles)); \(allowed)")
    }
    if let title = unknown.first {
      throw TitleProblem(
        "has the column '\(shortened(title))', which is not understood; if it does not matter, leave "
          + "it out by --ignore-columns \(unknown.joined(separator: ","))")
    }
    return SpikeColumns(
      time: time.index, scale: time.scale, isInSteps: isInSteps, node: found["node"]?.index,
      population: found["population"]?.index, offset: found["offset"]?.index,
      weight: found["weight"]?.index, count: titles.count, ignored: left)
  }

  struct TitleProblem: Error {
    let message: String
    init(_ message: String) { self.message = message }
  }

  static let allowed =
    "titles are time (ms, or time_s for seconds), and population or node or both, and count, in any "
    + "order"

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
