import Foundation

/// Few spikes far behind all others, which make signals ten times as long as the others need: mostly a
/// mistake of units.
struct StraySpikes {
  /// How many bytes of signals are written for their sake without a question.
  private static let largest = 1e9

  private let last: (time: Double, population: String)

  /// How many spikes are as late, and where the others end, ms; nil where there are no others.
  private let count: Int
  private let othersEnd: Double?
  private let end: Double

  /// Nil where the last thousandth of the spikes (at least one) is not far behind the others.
  init?(_ activity: PopulationActivity, inputs: [String], taps: Int, steps: Int) {
    let most = max(1, activity.timeCount(of: inputs) / 1000)
    let late = activity.lastSpikes(most + 1, of: inputs)
    guard let last = late.first else { return nil }
    func needed(_ time: Double?) -> Double {
      Double(time.map { max(0, activity.grid.bin($0) + 1) } ?? 0) + Double(taps)
    }
    for count in 1...most {
      let others = count < late.count ? late[count].time : nil
      guard Double(steps) > 10 * needed(others) else { continue }
      // Binned activity may be as long.
      if let bins = activity.end(of: inputs), Double(bins) > needed(last.time) { return nil }
      (self.last, self.count, othersEnd) = (last, count, others)
      end = activity.grid.time(steps)
      return
    }
    return nil
  }

  /// What is odd.
  ///
  /// - Parameter bytes: how much would be written.
  /// - Throws: `StorageError` if that is too much.
  func note(bytes: Double) throws(StorageError) -> String {
    let spikes = count == 1 ? "the last spike" : "the last of \(count) late spikes"
    let others = othersEnd.map { ", and all others are up to \(Self.text($0)) ms" } ?? ""
    let problem = "\(spikes), of \(last.population), is at \(Self.text(last.time)) ms\(others)"
    guard bytes <= Self.largest else {
      throw StorageError(
        .tooLarge, file: "spikes",
        problem: "\(problem): signals up to there would take \(Self.text(bytes / 1e9)) GB",
        remedy: "correct the spike, or say until when signals shall reach with --to (ms)")
    }
    return "\(problem): signals reach up to \(Self.text(end)) ms; --to ends them earlier"
  }

  private static func text(_ value: Double) -> String { String(format: "%.6g", value) }
}
