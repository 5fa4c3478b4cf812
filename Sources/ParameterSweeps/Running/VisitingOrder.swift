import KernelFiles

/// The order in which points are computed: what costs most to change changes least often.
struct VisitingOrder: Sendable {
  /// Axes from the slowest to the fastest.
  private let axes: [Int]
  private let counts: [Int]

  /// For each axis the rank of each position; nil where that is the position.
  private let ranks: [[Int]?]

  init(_ sweep: Sweep) {
    let weights = Self.weights(sweep)
    let axisWeights = sweep.axes.indices.map { axis in
      sweep.parameters.indices.filter { Self.axis(sweep.parameters[$0]) == axis }
        .map { weights[$0] }.max() ?? 0
    }
    counts = sweep.axes
    axes = sweep.axes.indices.sorted { (axisWeights[$1], $0) < (axisWeights[$0], $1) }
    ranks = sweep.axes.indices.map { Self.rank(sweep, axis: $0, weights) }
  }

  /// The points sorted into this order.
  func sorted(_ points: [Int]) -> [Int] {
    let keyed = points.map { (key: key($0), point: $0) }
    return keyed.sorted { $0.key < $1.key }.map(\.point)
  }

  private func key(_ point: Int) -> Int {
    var rest = point
    var positions = [Int](repeating: 0, count: counts.count)
    for axis in counts.indices.reversed() {
      positions[axis] = rest % counts[axis]
      rest /= counts[axis]
    }
    var key = 0
    for axis in axes {
      key = key * counts[axis] + (ranks[axis].map { $0[positions[axis]] } ?? positions[axis])
    }
    return key
  }

  private static func axis(_ parameter: Sweep.Parameter) -> Int? {
    if case .axis(let axis, _) = parameter.source { axis } else { nil }
  }

  /// How much a change of each parameter costs, including those that are derived from it.
  private static func weights(_ sweep: Sweep) -> [Int] {
    var weights = sweep.parameters.map { $0.slots.map(\.costOfChange).max() ?? 0 }
    for index in sweep.derived.reversed() {
      guard case .expression(let expression) = sweep.parameters[index].source else { continue }
      for needed in expression.parameters {
        weights[needed] = max(weights[needed], weights[index])
      }
    }
    return weights
  }

  /// The rows of a table sorted by the parameters that cost most.
  private static func rank(_ sweep: Sweep, axis: Int, _ weights: [Int]) -> [Int]? {
    let members = sweep.parameters.indices.filter { self.axis(sweep.parameters[$0]) == axis }
    guard members.count > 1 else { return nil }
    let columns = members.sorted { (weights[$1], $0) < (weights[$0], $1) }
      .compactMap { index -> [Double]? in
        guard case .axis(_, .list(let values)) = sweep.parameters[index].source else { return nil }
        return values
      }
    guard !columns.isEmpty else { return nil }
    let order = (0..<sweep.axes[axis]).sorted { a, b in
      for column in columns where column[a] != column[b] { return column[a] < column[b] }
      return a < b
    }
    var ranks = [Int](repeating: 0, count: order.count)
    for (rank, position) in order.enumerated() { ranks[position] = rank }
    return ranks
  }
}

extension NumberSlot {
  /// What has to be computed again when the number changes: the more, the larger.
  fileprivate var costOfChange: Int {
    switch part {
    case .settings: return 6
    case .cell: return 5
    case .probe: return 4
    case .population: return path.contains(".somata.") ? 5 : 3
    case .connection, .pair:
      let key = keyInConnection
      // Synapses add to the leak, and where they lie does not matter more.
      return key.hasPrefix("delay") ? 1 : key.hasPrefix("placement") ? 3 : 2
    }
  }
}
