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

  /// Groups of spikes whose times were not in order; they were sorted.
  public var unsortedGroups = 0

  public var populations: [Population] = []

  public init() {}

  /// Everything odd, one sentence each.
  public var warnings: [String] {
    var result: [String] = []
    func say(_ count: Int, _ what: String, _ then: String) {
      if count > 0 { result.append("\(count) spike\(count == 1 ? "" : "s") \(what)\(then)") }
    }
    say(notFinite, "without a finite time", " left out")
    let nodes = unknownExamples.map(String.init).joined(separator: ", ")
    say(unknownNodes, "of nodes in no population (such as \(nodes))", " left out")
    say(populations.reduce(0) { $0 + $1.negativeTimes }, "before 0 ms", "")
    say(
      populations.reduce(0) { $0 + $1.duplicates }, "at the same time as another one of their node",
      ", all counted")
    for population in populations {
      if !population.hasKernels {
        result.append("\(population.name) has no kernels: its spikes make no signal")
        continue
      }
      for (count, place) in [(population.before, "before"), (population.after, "after")]
      where count != 0 {
        let number = count == count.rounded() && abs(count) < 1e15 ? "\(Int(count))" : "\(count)"
        result.append(
          "\(number) spike\(count == 1 ? "" : "s") of \(population.name) \(place) the times that matter"
        )
      }
    }
    return result
  }
}
