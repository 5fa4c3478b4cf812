/// Which nodes belong to which population.
public struct NodeMap: Sendable, Equatable {
  /// The nodes of a population, or some of them.
  public struct Entry: Sendable, Equatable {
    public var population: String

    /// The population's name in the file of spikes; nil for files that only have ids.
    public var source: String?

    /// Ids, both ends included; nil for all nodes of the source.
    public var ranges: [ClosedRange<Int>]?

    public init(population: String, source: String? = nil, ranges: [ClosedRange<Int>]? = nil) {
      self.population = population
      self.source = source
      self.ranges = ranges
    }
  }

  public let entries: [Entry]

  /// The populations in the order in which they come first.
  public let populations: [String]

  /// The sorted ranges of each source, with the place of their population.
  private let index: [String?: [Piece]]

  private struct Piece: Sendable, Equatable {
    let range: ClosedRange<Int>
    let population: Int
  }

  /// - Throws: `DescriptionError` if a name cannot be one or a node would be in two populations.
  ///
  /// - Parameter file: what messages call the place where the map comes from.
  public init(_ entries: [Entry], from file: String = "--nodes") throws(DescriptionError) {
    let problems = DiagnosticCollector(file: file)
    var populations: [String] = []
    var index: [String?: [Piece]] = [:]
    for entry in entries {
      if let (problem, remedy) = StoredName.problem(with: entry.population) {
        problems.report("\(problem); \(remedy)", path: entry.population, at: nil)
      }
      let place = populations.firstIndex(of: entry.population) ?? populations.count
      if place == populations.count { populations.append(entry.population) }
      for range in entry.ranges ?? [Int.min...Int.max] {
        index[entry.source, default: []].append(Piece(range: range, population: place))
      }
    }
    for (source, pieces) in index {
      let sorted = pieces.sorted { $0.range.lowerBound < $1.range.lowerBound }
      for (a, b) in zip(sorted, sorted.dropFirst()) where b.range.lowerBound <= a.range.upperBound {
        let what = source.map { " of \($0)" } ?? ""
        let id = b.range == Int.min...Int.max ? "each id" : "node \(max(b.range.lowerBound, 0))"
        problems.report(
          "\(id)\(what) is given twice: to \(populations[a.population]) and to "
            + "\(populations[b.population]); a node is in one population", at: nil)
      }
      index[source] = sorted
    }
    guard problems.isEmpty else { throw problems.error }
    self.entries = entries
    self.populations = populations
    self.index = index
  }

  /// Whether there are entries for a source; nil for ids without population.
  func hasEntries(for source: String?) -> Bool { index[source] != nil }

  /// The place in `populations` of a node's population; nil where it is in none.
  func population(of node: Int, source: String?) -> Int? {
    guard let pieces = index[source] else { return nil }
    var (low, high) = (0, pieces.count)
    while low < high {
      let middle = (low + high) / 2
      if pieces[middle].range.upperBound < node { low = middle + 1 } else { high = middle }
    }
    guard low < pieces.count, pieces[low].range.contains(node) else { return nil }
    return pieces[low].population
  }
}
