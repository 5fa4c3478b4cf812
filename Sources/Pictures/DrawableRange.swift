/// Ranges that axes can show: finite, of positive length, neither too wide nor too narrow for
/// arithmetic.
enum DrawableRange {
  /// The largest magnitude that is drawn; values beyond are clipped.
  static let largest = 1e290

  /// The smallest magnitude that is told from zero.
  static let smallest = 1e-290

  /// The range of the finite values; nil when there is none.
  static func covering(_ values: some Sequence<Double>) -> ClosedRange<Double>? {
    var (lower, upper) = (Double.infinity, -Double.infinity)
    for value in values where value.isFinite {
      lower = min(lower, value)
      upper = max(upper, value)
    }
    return lower <= upper ? lower...upper : nil
  }

  /// The same range, widened when it has (nearly) no length: a constant c to c ± |c| / 10, zero
  /// to ± 1.
  static func widened(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
    let lower = clipped(range.lowerBound)
    let upper = clipped(range.upperBound)
    let magnitude = max(abs(lower), abs(upper))
    guard magnitude > smallest else { return -1...1 }
    guard upper - lower > 1e-9 * magnitude else {
      return lower - 0.1 * magnitude...upper + 0.1 * magnitude
    }
    return lower...upper
  }

  /// The range with a margin on both sides, as a fraction of its length.
  static func padded(_ range: ClosedRange<Double>, by fraction: Double) -> ClosedRange<Double> {
    let margin = (range.upperBound - range.lowerBound) * fraction
    return range.lowerBound - margin...range.upperBound + margin
  }

  /// Ranges of which one is widened so that one unit is as long along x as along y.
  ///
  /// - Parameter aspect: the width of the axes divided by their height.
  static func equallyScaled(
    x: ClosedRange<Double>, y: ClosedRange<Double>, aspect: Double
  ) -> (x: ClosedRange<Double>, y: ClosedRange<Double>) {
    let (width, height) = (x.upperBound - x.lowerBound, y.upperBound - y.lowerBound)
    if width < height * aspect {
      let margin = (height * aspect - width) / 2
      return (x.lowerBound - margin...x.upperBound + margin, y)
    }
    let margin = (width / aspect - height) / 2
    return (x, y.lowerBound - margin...y.upperBound + margin)
  }

  private static func clipped(_ value: Double) -> Double {
    let value = min(max(value, -largest), largest)
    return abs(value) < smallest ? 0 : value
  }
}
