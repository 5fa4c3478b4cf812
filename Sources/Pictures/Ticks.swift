import Foundation

/// The marks of an axis and their numbers.
struct Ticks: Equatable {
  var values: [Double]
  var labels: [String]

  /// Room along an axis and what labels need of it, in points.
  struct Room {
    /// The length of the axis.
    var length: Double

    /// The extent of a label along the axis.
    var extent: (String) -> Double

    /// The least distance between labels.
    var gap: Double
  }

  /// The most numerous nice ticks of a range whose labels keep their distance, at most
  /// `maximumCount`.
  ///
  /// Values are multiples of 1, 2 or 5 times a power of ten, ascending, within the range. Where
  /// `maximumCount` would leave fewer than two, a few more are allowed, if there is room.
  static func linear(in range: ClosedRange<Double>, maximumCount: Int = 7, room: Room) -> Ticks {
    let range = DrawableRange.widened(range)
    let length = range.upperBound - range.lowerBound
    var step = TickStep.atLeast(length / Double(2 * max(maximumCount, 1)))
    var numerous: Ticks?
    while true {
      let ticks = linear(in: range, step: step)
      if ticks.values.count <= 1 { return numerous ?? ticks }
      if ticks.fits(range, room) {
        if ticks.values.count <= maximumCount { return ticks }
        numerous = ticks
      }
      step = step.next
    }
  }

  /// All multiples of a step within a range.
  static func linear(in range: ClosedRange<Double>, step: TickStep) -> Ticks {
    let slack = 1e-9
    let first = (range.lowerBound / step.value - slack).rounded(.up)
    let last = (range.upperBound / step.value + slack).rounded(.down)
    guard first <= last, last - first < 10_000 else { return Ticks(values: [], labels: []) }
    let values = (0...Int(last - first)).map { step.multiple(first + Double($0)) }
    return Ticks(
      values: values,
      labels: values.map { NumberText.decimal($0, digits: max(0, -step.exponent)) })
  }

  /// Whether neighbouring labels keep their distance when the range fills the room linearly.
  func fits(_ range: ClosedRange<Double>, _ room: Room) -> Bool {
    let scale = room.length / (range.upperBound - range.lowerBound)
    return fits(room) { ($0 - range.lowerBound) * scale }
  }

  /// Whether neighbouring labels keep their distance when each value lies at `position`, in
  /// points.
  func fits(_ room: Room, position: (Double) -> Double) -> Bool {
    let extents = labels.map(room.extent)
    return zip(values.indices, values.indices.dropFirst()).allSatisfy { i, j in
      position(values[j]) - position(values[i]) >= (extents[i] + extents[j]) / 2 + room.gap
    }
  }
}

/// A distance between ticks: 1, 2 or 5 times a power of ten.
struct TickStep: Equatable {
  var mantissa: Int
  var exponent: Int

  var value: Double { multiple(1) }

  /// `count` steps, rounded once where powers of ten are exact.
  func multiple(_ count: Double) -> Double {
    let whole = count * Double(mantissa)
    return exponent >= 0 ? whole * pow(10, Double(exponent)) : whole / pow(10, Double(-exponent))
  }

  /// The next larger one.
  var next: TickStep {
    switch mantissa {
    case 1: TickStep(mantissa: 2, exponent: exponent)
    case 2: TickStep(mantissa: 5, exponent: exponent)
    default: TickStep(mantissa: 1, exponent: exponent + 1)
    }
  }

  /// The smallest that is not below a positive length.
  static func atLeast(_ length: Double) -> TickStep {
    var step = TickStep(mantissa: 1, exponent: Int(log10(length).rounded(.down)) - 1)
    while step.value < length * (1 - 1e-12) { step = step.next }
    return step
  }
}
