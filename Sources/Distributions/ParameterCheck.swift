/// Checks of parameter values, which throw `DistributionError.invalidValue`. NaN passes none.
struct ParameterCheck {
  let distribution: String

  /// The largest shape, mean or number of trials for which sums over a tail stay short.
  static let largestCount = 1e9
  /// The largest whole number that is taken for a limit or a shift of counts.
  static let largestWhole = 1e15

  func finite(_ parameter: String, _ value: Double) throws(DistributionError) {
    guard value.isFinite else { throw invalid(parameter, value, "must be finite") }
  }

  func positive(
    _ parameter: String, _ value: Double, atMost limit: Double = .infinity
  ) throws(DistributionError) {
    guard value > 0, value.isFinite, value <= limit else {
      let allowed = limit.isFinite ? "and at most \(limit)" : "and finite"
      throw invalid(parameter, value, "must be above 0 \(allowed)")
    }
  }

  func locationAndScale(_ loc: Double, _ scale: Double) throws(DistributionError) {
    try finite("loc", loc)
    try positive("scale", scale)
    guard loc + scale > loc, (1 / scale).isFinite, (loc + scale).isFinite else {
      throw invalid("scale", scale, "must not vanish against loc, which is \(loc), nor overflow")
    }
  }

  func within(
    _ parameter: String, _ value: Double, _ range: ClosedRange<Double>
  ) throws(DistributionError) {
    guard range.contains(value) else {
      throw invalid(
        parameter, value, "must be at least \(range.lowerBound) and at most \(range.upperBound)")
    }
  }

  func whole(_ parameter: String, _ value: Double) throws(DistributionError) -> Int {
    guard value.rounded() == value, abs(value) <= Self.largestWhole else {
      throw invalid(
        parameter, value,
        "must be a whole number between -\(Self.largestWhole) and \(Self.largestWhole)")
    }
    return Int(value)
  }

  /// Both may be infinite, but neither NaN.
  func ordered(
    _ lowerName: String, _ lower: Double, _ upperName: String, _ upper: Double
  ) throws(DistributionError) {
    guard !lower.isNaN else { throw invalid(lowerName, lower, "must be a number") }
    guard !upper.isNaN else { throw invalid(upperName, upper, "must be a number") }
    guard lower < upper else {
      throw invalid(lowerName, lower, "must be below \(upperName), which is \(upper)")
    }
  }

  private func invalid(
    _ parameter: String, _ value: Double, _ allowed: String
  ) -> DistributionError {
    .invalidValue(
      distribution: distribution, parameter: parameter, value: value, allowed: allowed)
  }
}
