import Foundation

extension LinePlot {
  /// Signals as traces at the places where they were measured, all at one scale, which a bar tells. What
  /// is drawn is the difference of each from its mean.
  ///
  /// - Parameters:
  ///   - places: one per trace, such as depths; where one is not finite, its trace is left out.
  ///   - values: traces × samples, row by row.
  ///   - positions: the times of the samples.
  ///   - unit: the unit of the values.
  ///   - placeAxis: the axis of the places, upwards.
  /// - Throws: `PictureError.shape` when the values do not fill whole rows.
  public static func traces(
    places: [Double], values: [Double], positions: SamplePositions, unit: String,
    sampleAxis: Axis = .time, placeAxis: Axis = .depth
  ) throws(PictureError) -> LinePlot {
    let count = places.isEmpty ? 0 : values.count / places.count
    guard values.count == count * places.count else {
      throw .shape(
        what: "values of \(places.count) traces with \(count) samples each",
        expected: count * places.count, found: values.count)
    }
    let centred =
      values.isEmpty
      ? []
      : places.indices.flatMap { index in
        withoutMean(values[index * count..<(index + 1) * count])
      }
    let largest = centred.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
    let scale = largest > DrawableRange.smallest ? 1.2 * spacing(places) / largest : 0
    let series = places.enumerated().map { index, place in
      LineSeries(
        name: "", y: centred[index * count..<(index + 1) * count].map { place + scale * $0 },
        positions: positions, color: Style.trace, width: Style.traceLine)
    }
    var plot = LinePlot(series: series, xAxis: sampleAxis, yAxis: placeAxis)
    if scale > 0 { plot.scaleBar = bar(largest: largest, scale: scale, unit: unit) }
    return plot
  }

  private static func withoutMean(_ trace: ArraySlice<Double>) -> [Double] {
    let finite = trace.filter(\.isFinite)
    let mean = finite.isEmpty ? 0 : finite.reduce(0) { $0 + $1 / Double(finite.count) }
    return trace.map { $0 - mean }
  }

  /// The usual distance of neighbouring places: the median.
  private static func spacing(_ places: [Double]) -> Double {
    let sorted = places.filter(\.isFinite).sorted()
    let gaps = zip(sorted.dropFirst(), sorted).map { $0 - $1 }.filter { $0 > 0 }.sorted()
    return gaps.isEmpty ? 1 : gaps[gaps.count / 2]
  }

  /// A bar of a round number (1, 2 or 5 times a power of ten) of at most the largest value.
  private static func bar(largest: Double, scale: Double, unit: String) -> ScaleBar {
    let shown = DisplayUnit.suiting(maximum: largest, unit: unit)
    let power = pow(10, log10(shown.shown(largest)).rounded(.down))
    let round = [5.0, 2, 1].map { $0 * power }.first { $0 <= shown.shown(largest) } ?? power
    let number = NumberText.significant(round, digits: 2)
    return ScaleBar(
      length: round * pow(10, Double(shown.exponent)) * scale,
      label: number + " " + shown.text)
  }
}
