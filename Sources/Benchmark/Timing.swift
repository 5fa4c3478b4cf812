/// Durations of repetitions of one thing, seconds.
struct Timing: Codable {
  /// Of the first repetition in this process.
  let first: Double
  let median: Double
  let best: Double
  let repetitions: Int

  init(seconds: [Double]) {
    let sorted = seconds.sorted()
    first = seconds[0]
    median = 0.5 * (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2])
    best = sorted[0]
    repetitions = seconds.count
  }

  /// Repeats `body` for about the given time, seconds, but at least 5 times.
  static func repeating(for time: Double, _ body: () throws -> Void) rethrows -> Timing {
    let clock = ContinuousClock()
    var seconds: [Double] = []
    let start = clock.now
    while seconds.count < 5 || (clock.now - start).seconds < time {
      let before = clock.now
      try body()
      seconds.append((clock.now - before).seconds)
    }
    return Timing(seconds: seconds)
  }
}

extension Duration {
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
