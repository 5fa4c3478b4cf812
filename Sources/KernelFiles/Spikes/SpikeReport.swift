/// What became of the spikes that were read: how many were used, and all that was odd.
public struct SpikeReport: Sendable, Equatable, Encodable {
  public struct Population: Sendable, Equatable, Encodable {
    public var name: String

    /// Spikes with a time, or the sum of binned activity.
    public var spikes: Double

    /// Those before the first time that matters for the signal, and those after the last one.
    public var before = 0.0
    public var after = 0.0

    /// Spikes before 0 ms; they count where they matter for the signal.
    public var negativeTimes = 0

    /// Spikes of one node at one time beyond the first; they all count.
    public var duplicates = 0

    /// Bins of binned activity with less than 0 spikes, as deviations from a mean have; they count.
    public var negativeBins = 0

    /// Whether kernels are there for it.
    public var hasKernels = true
  }

  /// Spikes in all files, and the sum of binned activity.
  public var read = 0.0

  /// Spikes without a finite time; they do not count.
  public var notFinite = 0

  /// Spikes of nodes that are in no population; they do not count.
  public var unknownNodes = 0

  /// Some of these nodes.
  public var unknownExamples: [Int] = []

  /// Populations that the map of nodes takes from the files, but that are in none of them.
  public var missingSources: [String] = []

  /// Groups of spikes whose times were not in order; they were sorted.
  public var unsortedGroups = 0

  public var populations: [Population] = []

  public init() {}

  /// Everything odd, one sentence each.
  public var warnings: [String] { warnings(startIsChosen: false, endIsChosen: false) }

  /// Everything odd but spikes that were left out on purpose, one sentence each.
  ///
  /// - Parameters: whether the first time and the end of the signal were asked for; see `notes`.
  public func warnings(startIsChosen: Bool, endIsChosen: Bool) -> [String] {
    var result: [String] = []
    func say(_ count: Int, _ what: String, _ then: String) {
      if count > 0 { result.append("\(count) spike\(count == 1 ? "" : "s") \(what)\(then)") }
    }
    for name in missingSources {
      result.append("no file has spikes of a population \(name), which the map of nodes names")
    }
    say(notFinite, "without a finite time", " left out")
    let nodes = unknownExamples.map(String.init).joined(separator: ", ")
    say(unknownNodes, "of nodes in no population (such as \(nodes))", " left out")
    say(populations.reduce(0) { $0 + $1.negativeTimes }, "before 0 ms", "")
    say(
      populations.reduce(0) { $0 + $1.duplicates }, "at the same time as another one of their node",
      ", all counted")
    for population in populations {
      if population.negativeBins > 0 {
        let count = population.negativeBins
        result.append(
          "\(count) bin\(count == 1 ? "" : "s") of \(population.name) with less than 0 spikes, counted"
        )
      }
      if !population.hasKernels {
        result.append("\(population.name) has no kernels: its spikes make no signal")
        continue
      }
      result += population.outside(
        before: !(startIsChosen && population.isPartlyUsed),
        after: !(endIsChosen && population.isPartlyUsed))
    }
    return result
  }

  /// What was left out since the signal begins or ends where it was asked to, one sentence each. A
  /// population of which nothing is left is a warning instead.
  public func notes(startIsChosen: Bool, endIsChosen: Bool) -> [String] {
    populations.filter { $0.hasKernels && $0.isPartlyUsed }.flatMap {
      $0.outside(before: startIsChosen, after: endIsChosen)
    }
  }
}

extension SpikeReport.Population {
  /// Whether any spikes are at times that matter.
  fileprivate var isPartlyUsed: Bool { before + after != spikes }

  /// A sentence for spikes before the times that matter, and one for those after them.
  fileprivate func outside(before saysBefore: Bool, after saysAfter: Bool) -> [String] {
    let places = [(before, "before", saysBefore), (after, "after", saysAfter)]
    return places.filter { $0.0 != 0 && $0.2 }.map { count, place, _ in
      let number = count == count.rounded() && abs(count) < 1e15 ? "\(Int(count))" : "\(count)"
      return "\(number) spike\(count == 1 ? "" : "s") of \(name) \(place) the times that matter"
    }
  }
}
