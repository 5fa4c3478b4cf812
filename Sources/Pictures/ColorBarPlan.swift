import Foundation

/// The key to the colours of one image, or of the lines of a family.
struct ColorBarPlan: Equatable {
  enum Colors: Equatable {
    /// Symmetric about zero.
    case diverging
    case sequential
  }

  let colors: Colors

  /// The values at the lower and the upper end, in the unit of the data.
  let range: ClosedRange<Double>
  let scale: AxisScale

  /// The multiple of the unit in which the numbers are.
  let unit: DisplayUnit
  let ticks: Ticks

  /// What is written beside the numbers; empty for nothing.
  let label: String

  /// The value at the upper end.
  var limit: Double { range.upperBound }

  /// Colours symmetric about zero.
  ///
  /// - Parameters:
  ///   - given: the value at the upper end; nil for the largest magnitude among the values.
  ///   - length: in points.
  init(_ values: [Double], limit given: Double?, unit: String, length: Double, canvas: Canvas) {
    let largest = given ?? values.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
    let limit = largest > DrawableRange.smallest ? min(largest, DrawableRange.largest) : 1
    self.init(
      .diverging, range: -limit...limit, scale: .linear,
      unit: DisplayUnit.suiting(maximum: limit, unit: unit), label: "", length: length,
      canvas: canvas)
  }

  /// Colours from a least to a greatest value.
  init(_ axis: Axis, range: ClosedRange<Double>, length: Double, canvas: Canvas) {
    let range = DrawableRange.widened(range)
    let scale = range.lowerBound > 0 ? axis.scale : .linear
    let magnitude = max(abs(range.lowerBound), abs(range.upperBound))
    let unit =
      scale == .linear
      ? DisplayUnit.suiting(maximum: magnitude, unit: axis.unit) : DisplayUnit.plain(axis.unit)
    let label = axis.name.isEmpty || unit.text.isEmpty ? axis.name : "\(axis.name) (\(unit.text))"
    self.init(
      .sequential, range: range, scale: scale, unit: unit, label: label, length: length,
      canvas: canvas)
  }

  private init(
    _ colors: Colors, range: ClosedRange<Double>, scale: AxisScale, unit: DisplayUnit,
    label: String, length: Double, canvas: Canvas
  ) {
    self.colors = colors
    self.range = range
    self.scale = scale
    self.unit = unit
    self.label = label
    let shown = unit.shown(range.lowerBound)...unit.shown(range.upperBound)
    let room = AxisPlan.room(.vertical, length: length, canvas: canvas)
    ticks =
      scale == .linear
      ? Ticks.linear(in: shown, maximumCount: max(3, Int(length / 18)), room: room)
      : Ticks.logarithmic(in: shown, room: room)
  }

  /// Where a tick lies, from 0 at the lower to 1 at the upper end.
  func fraction(shown value: Double) -> Double {
    let (low, high) = (unit.shown(range.lowerBound), unit.shown(range.upperBound))
    if scale == .logarithmic {
      return (log10(value) - log10(low)) / (log10(high) - log10(low))
    }
    return (value - low) / (high - low)
  }

  /// The colour at a fraction of the bar.
  func color(at fraction: Double) -> Color {
    colors == .diverging
      ? DivergingColorMap.standard.color(2 * fraction - 1) : SequentialColorMap.color(fraction)
  }

  /// The colour of a value; of one that is not finite that of missing ones.
  func color(_ value: Double) -> Color {
    guard value.isFinite else { return DivergingColorMap.missing }
    return color(at: fraction(shown: unit.shown(value)))
  }
}

extension ColorBarPlan {
  init(_ image: DepthImage, length: Double, canvas: Canvas) {
    self.init(
      image.values, limit: image.limit, unit: image.unit, length: length, canvas: canvas)
  }

  /// Symmetric about zero where values are negative, so that a colour tells the sign.
  init(_ image: GridImage, length: Double, canvas: Canvas) {
    let range = DrawableRange.covering(image.values) ?? 0...1
    if range.lowerBound < 0 {
      self.init(image.values, limit: nil, unit: image.unit, length: length, canvas: canvas)
    } else {
      self.init(Axis("", unit: image.unit), range: range, length: length, canvas: canvas)
    }
  }
}
