/// An image of a signal over depth (upwards) and lag or time (to the right), with the trace of
/// each contact drawn over it.
///
/// Colours are symmetric about zero: white is zero, red positive, blue negative. Each contact
/// fills the band between the midpoints to its neighbours. The traces of a panel share one scale,
/// which fits the spacing of the contacts.
public struct DepthImage: Equatable, Sendable {
  /// The depth of each contact, in the unit of `depthAxis`; in any order, with any spacing.
  /// A contact whose depth is not finite is left out.
  public let depths: [Double]

  /// The signal, contacts × samples, row by row: contact i at sample j is `values[i * samples +
  /// j]`. A value that is not finite is missing, and drawn grey.
  public let values: [Double]

  /// The number of samples of each contact.
  public let sampleCount: Int

  /// Where the samples lie, in the unit of `sampleAxis`.
  public let positions: SamplePositions

  /// The unit of `values`, such as "mV".
  public var unit: String

  /// The value at both ends of the colour scale; nil for the largest magnitude in the panel.
  public let limit: Double?

  /// Whether traces are drawn over the image.
  public var showsTraces: Bool

  public var sampleAxis: Axis
  public var depthAxis: Axis

  /// - Parameters:
  ///   - depths: one per contact.
  ///   - values: contacts × samples, row by row; its count is a multiple of the number of
  ///     contacts.
  ///   - positions: the lags or times of the samples.
  ///   - unit: the unit of the values.
  /// - Throws: `PictureError.shape` when the values do not fill whole rows,
  ///   `PictureError.notPositive` when the step between samples or the limit is not positive and
  ///   finite.
  public init(
    depths: [Double], values: [Double], positions: SamplePositions, unit: String,
    limit: Double? = nil, showsTraces: Bool = true, sampleAxis: Axis = .lag,
    depthAxis: Axis = .depth
  ) throws(PictureError) {
    let sampleCount = depths.isEmpty ? 0 : values.count / depths.count
    guard values.count == sampleCount * depths.count else {
      throw .shape(
        what: "values of \(depths.count) contacts with \(sampleCount) samples each",
        expected: sampleCount * depths.count, found: values.count)
    }
    guard positions.step > 0, positions.step.isFinite, positions.first.isFinite else {
      throw .notPositive(what: "the step between samples", value: positions.step)
    }
    if let limit, !(limit > 0 && limit.isFinite) {
      throw .notPositive(what: "the limit of the colour scale", value: limit)
    }
    self.depths = depths
    self.values = values
    self.sampleCount = sampleCount
    self.positions = positions
    self.unit = unit
    self.limit = limit
    self.showsTraces = showsTraces
    self.sampleAxis = sampleAxis
    self.depthAxis = depthAxis
  }

  /// The signal of one contact, over samples.
  func row(_ contact: Int) -> ArraySlice<Double> {
    values[contact * sampleCount..<(contact + 1) * sampleCount]
  }
}
