/// The spikes of one file, in the order in which the file has them.
public struct SpikeTable: Sendable, Equatable {
  /// Spikes that the file keeps together.
  public struct Group: Sendable, Equatable {
    /// The population that the file names; nil where it only has the ids of nodes.
    public var population: String?

    /// The time of each spike, ms; as the file has them, so in any order and possibly not finite.
    public var times: [Double]

    /// The node of each spike; empty where the file does not say.
    public var nodes: [Int]

    /// How many spikes each entry stands for; empty where each is one.
    public var weights: [Double]

    public init(
      population: String?, times: [Double], nodes: [Int] = [], weights: [Double] = []
    ) {
      precondition(nodes.isEmpty || nodes.count == times.count, "each spike has one node")
      precondition(weights.isEmpty || weights.count == times.count, "each spike has one weight")
      self.weights = weights
      self.population = population
      self.times = times
      self.nodes = nodes
    }
  }

  /// The file, for messages.
  public let file: String

  public var groups: [Group]

  public init(file: String, groups: [Group]) {
    self.file = file
    self.groups = groups
  }
}

/// Spikes that were counted in bins already: spikes (or a mean number of them) per bin.
public struct BinnedActivity: Sendable, Equatable {
  /// The file, for messages.
  public let file: String

  public let populations: [String]

  /// The width of bins, ms.
  public let dt: Double

  /// The time of the centre of the first bin, ms: bin j reaches from `first + (j - 1/2) dt` to
  /// `first + (j + 1/2) dt`.
  public let first: Double

  /// The counts of each population; numbers of bins may differ.
  public let counts: [[Double]]

  /// - Throws: `StorageError` if there is no population, one is there twice or cannot be a name, `dt`
  ///   is not positive or a number is not finite.
  public init(
    file: String, populations: [String], dt: Double, first: Double = 0, counts: [[Double]]
  ) throws(StorageError) {
    func refuse(_ problem: String, _ remedy: String, of population: String? = nil) -> StorageError {
      StorageError(.invalidValue, file: file, object: population, problem: problem, remedy: remedy)
    }
    guard !populations.isEmpty, populations.count == counts.count else {
      throw refuse(
        "has \(counts.count) rows of binned activity and \(populations.count) names",
        "name each row by --names, in their order")
    }
    guard dt > 0, dt.isFinite else {
      throw refuse("its bins are \(dt) ms wide", "their width should be positive")
    }
    guard first.isFinite else {
      throw refuse("its first time is \(first) ms", "it should be a finite number")
    }
    for (name, values) in zip(populations, counts) {
      try StoredName.check(name, of: "population", file: file)
      if let bin = values.firstIndex(where: { !$0.isFinite }) {
        throw refuse(
          "bin \(bin) holds \(values[bin])", "each should be a finite number of spikes", of: name)
      }
    }
    guard Set(populations).count == populations.count else {
      throw refuse("names a population twice", "each row should have a name of its own")
    }
    self.file = file
    self.populations = populations
    self.dt = dt
    self.first = first
    self.counts = counts
  }
}

/// What a file of spikes holds.
public enum SpikeFileContents: Sendable, Equatable {
  case spikes(SpikeTable)
  case binned(BinnedActivity)
}
