/// Equally spaced times, and which of them a spike belongs to.
///
/// Bin k is centred on `first + k dt` and reaches from `first + (k - 1/2) dt` to `first + (k + 1/2) dt`;
/// a time on an edge belongs to the later bin. Times and steps such as 0.1 ms have no exact binary form,
/// so that a time within 1e-9 of a step (and 1e-15 of its own number of steps) below an edge counts as on
/// it.
public struct TimeGrid: Sendable, Equatable {
  /// The time of bin 0, ms.
  public let first: Double

  /// The distance between times, ms.
  public let dt: Double

  public init(first: Double = 0, dt: Double) {
    precondition(dt > 0 && dt.isFinite && first.isFinite, "a grid has a positive step")
    self.first = first
    self.dt = dt
  }

  /// The time of a bin, ms.
  public func time(_ bin: Int) -> Double { first + Double(bin) * dt }

  /// The bin of a finite time; it never decreases with time.
  public func bin(_ time: Double) -> Int {
    // Limited beyond any grid that could be held, so that no time overflows.
    let steps = max(-1e15, min(1e15, (time - first) / dt))
    return Int((steps + 0.5 + (1e-9 + 1e-15 * abs(steps))).rounded(.down))
  }

  /// The number of bins with times in [first, end).
  public func count(before end: Double) -> Int {
    let steps = max(0, min(1e15, (end - first) / dt))
    return Int((steps - (1e-9 + 1e-15 * steps)).rounded(.up))
  }
}
