import Foundation

/// An axis with everything decided that does not depend on where its panel lies.
struct AxisPlan: Equatable {
  let scale: AxisScale

  /// The multiple of the unit in which the numbers are.
  let unit: DisplayUnit

  /// The range that is shown, in that multiple.
  let range: ClosedRange<Double>

  let ticks: Ticks

  /// Name and unit, such as "Lag (ms)".
  let label: String

  /// Whether nothing is written at the axis.
  let isBare: Bool

  /// The power of ten that is set at the end of a vertical axis, such as "×10⁻²"; mostly empty.
  let multiplier: String

  enum Direction {
    case horizontal, vertical
  }

  /// - Parameters:
  ///   - data: the range to show, in the unit of the axis, unless the axis has its own; nil when
  ///     there is none.
  ///   - length: in points.
  ///   - isBare: whether nothing is written at the axis.
  init(
    _ axis: Axis, data: ClosedRange<Double>?, direction: Direction, length: Double,
    isBare: Bool = false, canvas: Canvas
  ) {
    var range = DrawableRange.widened(axis.range ?? data ?? 0...1)
    scale = range.lowerBound > 0 ? axis.scale : .linear
    let magnitude = max(abs(range.lowerBound), abs(range.upperBound))
    unit =
      scale == .linear
      ? DisplayUnit.suiting(
        maximum: magnitude, unit: axis.unit,
        keeping: direction == .horizontal ? 0.01..<1_000_000 : 0.01..<10_000)
      : DisplayUnit.plain(axis.unit)
    range = DrawableRange.widened(
      unit.shown(
        range.lowerBound)...max(
          unit.shown(range.lowerBound), unit.shown(range.upperBound)))
    let room = AxisPlan.room(direction, length: length, canvas: canvas)
    if isBare || axis.range == nil && data == nil {
      ticks = Ticks(values: [], labels: [])
    } else if scale == .linear {
      ticks = Ticks.linear(in: range, maximumCount: AxisPlan.count(direction, length), room: room)
    } else {
      ticks = Ticks.logarithmic(in: range, room: room)
    }
    self.range = range
    self.isBare = isBare
    let unitText = direction == .horizontal ? unit.text : unit.name
    label = isBare ? "" : unitText.isEmpty ? axis.name : "\(axis.name) (\(unitText))"
    multiplier = direction == .horizontal || isBare ? "" : unit.multiplier
  }

  /// Where a value (in the unit of the data) lies, from 0 at the beginning to 1 at the end of the
  /// axis; nil for what cannot be drawn.
  func fraction(_ value: Double) -> Double? {
    guard value.isFinite else { return nil }
    return fraction(shown: unit.shown(value))
  }

  /// The same for a value in the multiple that the numbers have.
  func fraction(shown value: Double) -> Double? {
    let fraction: Double
    switch scale {
    case .linear:
      fraction = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    case .logarithmic:
      guard value > 0 else { return nil }
      fraction =
        (log10(value) - log10(range.lowerBound))
        / (log10(range.upperBound) - log10(range.lowerBound))
    }
    // Far outside the page: near enough to be drawn, far enough to be cut off.
    return fraction.isNaN ? nil : min(max(fraction, -100), 100)
  }

  static func room(_ direction: Direction, length: Double, canvas: Canvas) -> Ticks.Room {
    switch direction {
    case .horizontal:
      Ticks.Room(
        length: length, extent: { canvas.width($0, Style.tickLabel) }, gap: Style.tickLabelGapX)
    case .vertical:
      Ticks.Room(
        length: length, extent: { _ in Style.tickLabel.capHeight }, gap: Style.tickLabelGapY)
    }
  }

  /// As many ticks as look uncrowded.
  private static func count(_ direction: Direction, _ length: Double) -> Int {
    max(3, Int((length / (direction == .horizontal ? 16 : 19)).rounded(.down)))
  }
}
