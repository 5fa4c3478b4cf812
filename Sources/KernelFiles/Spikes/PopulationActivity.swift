public import LFPKernels

/// The activity of populations on a grid of times: spikes per bin, made when they are asked for.
public struct PopulationActivity: Sendable {
  private enum Source: Sendable {
    /// Spike times in ms, ascending, and how many spikes each stands for; empty for one each.
    case times([Double], weights: [Double])

    /// Counts of which the first belongs to bin `start`.
    case bins([Double], start: Int)
  }

  public let grid: TimeGrid
  public private(set) var populations: [String] = []
  private var sources: [Source] = []

  public init(on grid: TimeGrid) { self.grid = grid }

  /// Adds populations' spikes.
  ///
  /// - Throws: `StorageError` if a population has activity already.
  public mutating func add(_ spikes: PopulationSpikes) throws(StorageError) {
    for (index, name) in spikes.populations.enumerated() {
      try add(
        name, .times(spikes.times[index], weights: spikes.weights[index]), file: "spikes")
    }
  }

  /// Adds binned activity.
  ///
  /// - Parameter resampling: whether to bring other bins to the grid, conserving counts.
  /// - Throws: `StorageError` if its bins are others than the grid's, unless `resampling`, or if a
  ///   population has activity already.
  public mutating func add(
    _ activity: BinnedActivity, resampling: Bool = false
  ) throws(StorageError) {
    let aligned = try alignedStart(of: activity, resampling: resampling)
    for (name, counts) in zip(activity.populations, activity.counts) {
      if let aligned {
        try add(name, .bins(counts, start: aligned), file: activity.file)
      } else {
        let (resampled, start) = resample(counts, first: activity.first, dt: activity.dt, to: grid)
        try add(name, .bins(resampled, start: start), file: activity.file)
      }
    }
  }

  private mutating func add(
    _ name: String, _ source: Source, file: String
  ) throws(StorageError) {
    guard !populations.contains(name) else {
      throw StorageError(
        .duplicate, file: file, object: name, problem: "its activity is in another file, too",
        remedy: "give spikes or binned activity of a population, in one file of bins")
    }
    populations.append(name)
    sources.append(source)
  }

  /// The grid's bin that is the activity's first one; nil if bins do not coincide.
  private func alignedStart(
    of activity: BinnedActivity, resampling: Bool
  ) throws(StorageError) -> Int? {
    let shift = (activity.first - grid.first) / grid.dt
    let longest = Double(activity.counts.map(\.count).max() ?? 0)
    // Over all bins the edges must not drift apart by more than a millionth of a step.
    let isSameStep = abs(activity.dt - grid.dt) * longest <= 1e-6 * grid.dt
    if isSameStep, abs(shift - shift.rounded()) <= 1e-6, abs(shift) < 1e15 {
      return Int(shift.rounded())
    }
    guard resampling else {
      let problem =
        isSameStep
        ? "its first bin is centred on \(activity.first.inMessage) ms, between the times of the signal"
        : "its bins are \(activity.dt.inMessage) ms wide, and the kernels have \(grid.dt) ms"
      throw StorageError(
        .invalidValue, file: activity.file, problem: problem,
        remedy:
          "count spikes in bins of \(grid.dt) ms, compute kernels with dt: \(activity.dt.inMessage), or give "
          + "--resample, which keeps the number of spikes")
    }
    guard abs(shift) < 1e12, longest * activity.dt / grid.dt < 1e12 else {
      throw StorageError(
        .tooLarge, file: activity.file, problem: "has too many bins for steps of \(grid.dt) ms")
    }
    return nil
  }

  /// The bin after the last one with activity, of some populations; nil if none has any.
  public func end(of names: [String]) -> Int? {
    names.compactMap { name -> Int? in
      guard let place = populations.firstIndex(of: name) else { return nil }
      switch sources[place] {
      case .times(let times, _): return times.last.map { grid.bin($0) + 1 }
      case .bins(let counts, let start): return counts.isEmpty ? nil : start + counts.count
      }
    }.max()
  }

  /// The last spikes of some populations: latest first, at most `count`, which are given by times.
  func lastSpikes(_ count: Int, of names: [String]) -> [(time: Double, population: String)] {
    var result: [(time: Double, population: String)] = []
    for (name, source) in zip(populations, sources) where names.contains(name) {
      if case .times(let times, _) = source {
        result += times.suffix(count).map { ($0, name) }
      }
    }
    return Array(result.sorted { $0.time > $1.time }.prefix(count))
  }

  /// The number of entries that are given by times, of some populations.
  func timeCount(of names: [String]) -> Int {
    zip(populations, sources).reduce(0) { sum, entry in
      guard names.contains(entry.0), case .times(let times, _) = entry.1 else { return sum }
      return sum + times.count
    }
  }

  /// The first bin with activity, of some populations; nil if none has any.
  public func start(of names: [String]) -> Int? {
    names.compactMap { name -> Int? in
      guard let place = populations.firstIndex(of: name) else { return nil }
      switch sources[place] {
      case .times(let times, _): return times.first.map { grid.bin($0) }
      case .bins(let counts, let start): return counts.isEmpty ? nil : start
      }
    }.min()
  }

  /// The activity in bins, populations × bins; zero for populations without activity.
  public func counts(of names: [String], bins: Range<Int>) -> Matrix {
    var result = Matrix(rows: names.count, columns: bins.count)
    result.withUnsafeMutableEntries { entries in
      for (row, name) in names.enumerated() {
        guard let place = populations.firstIndex(of: name) else { continue }
        let target = UnsafeMutableBufferPointer(
          rebasing: entries[row * bins.count..<(row + 1) * bins.count])
        fill(target, sources[place], bins)
      }
    }
    return result
  }

  private func fill(
    _ target: UnsafeMutableBufferPointer<Double>, _ source: Source, _ bins: Range<Int>
  ) {
    switch source {
    case .times(let times, let weights):
      for index in firstIndex(of: times, from: bins.lowerBound)..<times.count {
        let bin = grid.bin(times[index])
        if bin >= bins.upperBound { break }
        target[bin - bins.lowerBound] += weights.isEmpty ? 1 : weights[index]
      }
    case .bins(let counts, let start):
      let shared = bins.clamped(to: start..<start + counts.count)
      for bin in shared { target[bin - bins.lowerBound] = counts[bin - start] }
    }
  }

  /// The first of ascending times whose bin is `bin` or later.
  private func firstIndex(of times: [Double], from bin: Int) -> Int {
    var (low, high) = (0, times.count)
    while low < high {
      let middle = (low + high) / 2
      if grid.bin(times[middle]) < bin { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The number of bins that were given with less than 0 spikes.
  func negativeBins(of name: String) -> Int {
    guard let place = populations.firstIndex(of: name), case .bins(let counts, _) = sources[place]
    else { return 0 }
    return counts.count { $0 < 0 }
  }

  /// The activity of a population in all, before and after some bins.
  public func totals(
    of name: String, around bins: Range<Int>
  ) -> (all: Double, before: Double, after: Double) {
    guard let place = populations.firstIndex(of: name) else { return (0, 0, 0) }
    switch sources[place] {
    case .times(let times, let weights):
      let (start, end) = (
        firstIndex(of: times, from: bins.lowerBound), firstIndex(of: times, from: bins.upperBound)
      )
      guard weights.isEmpty else {
        return (
          weights.reduce(0, +), weights[..<start].reduce(0, +), weights[end...].reduce(0, +)
        )
      }
      return (Double(times.count), Double(start), Double(times.count - end))
    case .bins(let counts, let start):
      let head = max(0, min(counts.count, bins.lowerBound - start))
      let tail = max(0, min(counts.count, bins.upperBound - start))
      return (
        counts.reduce(0, +), counts[..<head].reduce(0, +), counts[tail...].reduce(0, +)
      )
    }
  }
}
