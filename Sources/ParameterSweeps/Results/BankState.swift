public import KernelFiles
import LFPKernels

/// The state of a network over time, as its spikes tell it, and the levels of a bank that belong to it.
///
/// Time is cut into blocks of an eleventh of a window. The rate of a population in a block is that of the
/// window centred on it; at the ends of the activity the window is moved inwards, not cut. An axis of a
/// bank that sets the rates of several populations takes their mean.
public struct BankState: Sendable {
  /// How states are found and what is done with them.
  public struct Options: Sendable {
    /// The length of the sliding window, ms.
    public var window = 100.0
    public var interpolation = KernelBank.Interpolation.linear

    /// Whether the outermost level is taken beyond it.
    public var clamping = false

    /// Values of parameters that do not follow from spikes, or shall not.
    public var fixed: [String: Double] = [:]

    public init() {}
  }

  /// The least and the greatest value of each axis of the bank.
  public let ranges: [ClosedRange<Double>]

  /// Points of the sweep that are needed, in the order of the schedule's levels.
  public let points: [Int]
  public let schedule: LevelSchedule

  /// Blocks in a window; odd, so that it is centred on one.
  private static let windowBlocks = 11

  /// - Throws: `SweepError` where a parameter is unknown or has no value, or a state is outside of the
  ///   levels.
  public init(_ bank: KernelBank, _ activity: PopulationActivity, _ options: Options) throws {
    guard options.window > 0, options.window.isFinite else {
      throw SweepError("the window is \(options.window) ms; it must be positive and finite")
    }
    try Self.check(bank, options)
    let names = Set(bank.axes.filter { options.fixed[$0.parameter] == nil }.flatMap(\.populations))
      .sorted()
    let rates = Rates(activity, names, bank.results.populationSizes, window: options.window)
    let spread = bank.axes.map { axis -> [Double] in
      if let value = options.fixed[axis.parameter] {
        return [Double](repeating: value, count: rates.blocks)
      }
      return (0..<rates.blocks).map { block in
        axis.populations.reduce(0) { $0 + (rates.values[$1]?[block] ?? 0) }
          / Double(axis.populations.count)
      }
    }
    ranges = spread.map { ($0.min() ?? 0)...($0.max() ?? 0) }
    var places: [Int: Int] = [:]
    var points: [Int] = []
    var blocks: [[LevelSchedule.Share]] = []
    for block in 0..<rates.blocks {
      let shares: [KernelBank.Share]
      do throws(SweepError) {
        shares = try bank.shares(
          at: spread.map { $0[block] }, options.interpolation, clamping: options.clamping)
      } catch {
        let time = activity.grid.time(rates.first + block * rates.blockSteps)
        throw SweepError(
          "\(error) (in the window about \(time.inMessage) ms); compute more levels, or take the outermost "
            + "ones with --clamp")
      }
      blocks.append(
        shares.map { share in
          let place = places[share.point] ?? points.count
          if place == points.count {
            places[share.point] = place
            points.append(share.point)
          }
          return LevelSchedule.Share(level: place, weight: share.weight)
        })
    }
    self.points = points
    schedule =
      points.count == 1
      ? .plain
      : LevelSchedule(
        levels: points.count, first: rates.first, blockSteps: rates.blockSteps, blocks: blocks)
  }

  private static func check(_ bank: KernelBank, _ options: Options) throws(SweepError) {
    let names = bank.axes.map(\.parameter)
    for name in options.fixed.keys.sorted() where !names.contains(name) {
      throw SweepError(
        "\(bank.results.path): '\(name)' has no levels\(advice(for: name, among: names))")
    }
    for axis in bank.axes where options.fixed[axis.parameter] == nil {
      guard !axis.populations.isEmpty else {
        throw SweepError(
          "\(bank.results.path): spikes do not tell \(axis.parameter); give its value, as in "
            + "--level '\(axis.parameter)=\(axis.levels[0])'")
      }
    }
    for axis in bank.axes {
      for name in axis.populations {
        let key = "populations.\(name).size"
        guard !bank.results.parameters.contains(where: { $0.keyPaths.contains(key) }) else {
          throw SweepError(
            "\(bank.results.path): \(key) varies, so that spikes do not tell the rate of \(name)")
        }
      }
    }
  }

  /// Rates of populations in blocks of time.
  private struct Rates {
    var first = 0
    var blockSteps = 1
    var blocks = 1

    /// Spikes per second of one neuron, by population.
    var values: [String: [Double]] = [:]

    init(
      _ activity: PopulationActivity, _ names: [String], _ sizes: [String: Int], window: Double
    ) {
      guard let start = activity.start(of: names), let end = activity.end(of: names), start < end
      else { return }
      let dt = activity.grid.dt
      let count = windowBlocks
      blockSteps = max(1, Int(min(1e9, (window / (dt * Double(count))).rounded())))
      first = start
      blocks = (end - start + blockSteps - 1) / blockSteps
      for name in names {
        let sums = cumulative(activity, name, start..<end)
        values[name] = (0..<blocks).map { block in
          let low = max(0, min(block - count / 2, blocks - count))
          let high = min(blocks, low + count)
          let steps = min(high * blockSteps, end - start) - low * blockSteps
          let cells = Double(max(1, sizes[name] ?? 1))
          return (sums[high] - sums[low]) / (cells * Double(steps) * dt * 1e-3)
        }
      }
    }

    /// Spikes before each block.
    private func cumulative(
      _ activity: PopulationActivity, _ name: String, _ bins: Range<Int>
    ) -> [Double] {
      var result = [Double](repeating: 0, count: blocks + 1)
      // Some blocks at a time, about a million bins.
      let together = max(1, (1 << 20) / blockSteps)
      for start in stride(from: 0, to: blocks, by: together) {
        let stretch = start..<min(start + together, blocks)
        let low = bins.lowerBound + stretch.lowerBound * blockSteps
        let high = min(bins.lowerBound + stretch.upperBound * blockSteps, bins.upperBound)
        activity.counts(of: [name], bins: low..<high).withUnsafeEntries { counts in
          for block in stretch {
            let begin = (block - start) * blockSteps
            let end = min(begin + blockSteps, counts.count)
            result[block + 1] = counts[begin..<end].reduce(result[block], +)
          }
        }
      }
      return result
    }
  }
}
