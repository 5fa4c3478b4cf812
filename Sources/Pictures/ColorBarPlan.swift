/// The key to the colours of one image.
struct ColorBarPlan: Equatable {
  /// The value at the upper end, in the unit of the data; minus this at the lower end.
  let limit: Double

  /// The multiple of the unit in which the numbers are.
  let unit: DisplayUnit
  let ticks: Ticks

  /// - Parameters:
  ///   - given: the value at the upper end; nil for the largest magnitude among the values.
  ///   - length: in points.
  init(_ values: [Double], limit given: Double?, unit: String, length: Double, canvas: Canvas) {
    let largest = given ?? values.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
    limit = largest > DrawableRange.smallest ? min(largest, DrawableRange.largest) : 1
    self.unit = DisplayUnit.suiting(maximum: limit, unit: unit)
    let shown = self.unit.shown(limit)
    ticks = Ticks.linear(
      in: -shown...shown, maximumCount: max(3, Int(length / 18)),
      room: AxisPlan.room(.vertical, length: length, canvas: canvas))
  }

  /// Where a tick lies, from 0 at the lower to 1 at the upper end.
  func fraction(shown value: Double) -> Double {
    (value / unit.shown(limit) + 1) / 2
  }
}

extension ColorBarPlan {
  init(_ image: DepthImage, length: Double, canvas: Canvas) {
    self.init(
      image.values, limit: image.limit, unit: image.unit, length: length, canvas: canvas)
  }
}
