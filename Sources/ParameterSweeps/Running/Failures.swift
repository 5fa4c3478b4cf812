/// Failed points: how many, and why.
struct Failures: Sendable {
  private(set) var count = 0
  private var messages: [String: SweepRun.Failure] = [:]

  /// Different messages that are kept.
  private static let limit = 10

  var isEmpty: Bool { count == 0 }

  mutating func add(_ point: Int, _ message: String) {
    count += 1
    insert(SweepRun.Failure(message: message, count: 1, firstPoint: point))
  }

  mutating func add(_ other: Failures) {
    count += other.count
    for failure in other.sorted { insert(failure) }
  }

  /// By first point.
  var sorted: [SweepRun.Failure] { messages.values.sorted { $0.firstPoint < $1.firstPoint } }

  private mutating func insert(_ failure: SweepRun.Failure) {
    if let known = messages[failure.message] {
      messages[failure.message] = SweepRun.Failure(
        message: failure.message, count: known.count + failure.count,
        firstPoint: min(known.firstPoint, failure.firstPoint))
    } else if messages.count < Self.limit {
      messages[failure.message] = failure
    }
  }
}
