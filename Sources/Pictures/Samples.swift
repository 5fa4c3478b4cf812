/// Equally spaced positions, such as the lags of a kernel: `first`, `first + step`, ...
public struct SamplePositions: Equatable, Sendable {
  /// The position of sample 0, in the unit of the axis.
  public var first: Double

  /// The distance between neighbours, in the unit of the axis; positive.
  public var step: Double

  public init(first: Double, step: Double) {
    self.first = first
    self.step = step
  }

  /// The position of one sample.
  public func position(_ index: Int) -> Double { first + Double(index) * step }
}
