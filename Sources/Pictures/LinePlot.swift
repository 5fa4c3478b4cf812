/// One named line: points joined in their order.
public struct LineSeries: Equatable, Sendable {
  /// The name in the legend; empty for a line that the legend leaves out.
  public var name: String

  /// Positions of the points along x and y, in the units of the axes. A point of which one is not
  /// finite interrupts the line, so that one series can hold many pieces (the sections of a
  /// cell).
  public let x: [Double]
  public let y: [Double]

  /// The colour; nil for the next one of `Color.series`.
  public var color: Color?

  /// The width of the line, in points.
  public var width: Double

  /// Whether its points are marked by dots.
  public var marksPoints = false

  /// - Throws: `PictureError.shape` when `x` and `y` differ in count.
  public init(name: String, x: [Double], y: [Double], color: Color? = nil, width: Double = 1)
    throws(PictureError)
  {
    guard x.count == y.count else {
      throw .shape(what: "y values of the line '\(name)'", expected: x.count, found: y.count)
    }
    self.name = name
    self.x = x
    self.y = y
    self.color = color
    self.width = width
  }

  /// A line over equally spaced positions.
  public init(
    name: String, y: [Double], positions: SamplePositions, color: Color? = nil, width: Double = 1
  ) {
    self.name = name
    self.x = y.indices.map(positions.position)
    self.y = y
    self.color = color
    self.width = width
  }

  /// Whether every value is finite and zero.
  var isZero: Bool { y.allSatisfy { $0 == 0 } }
}

/// Lines over a common x axis, with a legend when more than one is named.
public struct LinePlot: Equatable, Sendable {
  public var series: [LineSeries]
  public var xAxis: Axis
  public var yAxis: Axis

  /// Whether a line that is zero everywhere appears in the legend only, as "name = 0".
  public var listsZeroSeries: Bool

  /// Whether one unit is as long along x as along y (drawings of cells); linear axes only.
  public var equalAspect: Bool

  /// A bar beside the axes that tells the scale of lines that are drawn at places; nil for none.
  public var scaleBar: ScaleBar?

  /// The key to the colours of lines that form a family, in place of a legend; nil for none.
  public var colorBar: ColorBar?

  /// What the colours of lines tell: from `Color.sequential(0)` at the lower end of the range to
  /// `Color.sequential(1)` at the upper end.
  public struct ColorBar: Equatable, Sendable {
    /// Name, unit and scale.
    public var axis: Axis
    public var range: ClosedRange<Double>

    public init(_ axis: Axis, range: ClosedRange<Double>) {
      self.axis = axis
      self.range = range
    }
  }

  /// A vertical bar and what it stands for.
  public struct ScaleBar: Equatable, Sendable {
    /// In the unit of the y axis.
    public var length: Double

    /// Such as "20 µV".
    public var label: String

    public init(length: Double, label: String) {
      self.length = length
      self.label = label
    }
  }

  public init(
    series: [LineSeries], xAxis: Axis, yAxis: Axis, listsZeroSeries: Bool = false,
    equalAspect: Bool = false
  ) {
    self.series = series
    self.xAxis = xAxis
    self.yAxis = yAxis
    self.listsZeroSeries = listsZeroSeries
    self.equalAspect = equalAspect
  }

  /// The rows of a signal without depth as lines over lag or time, such as the components of a
  /// dipole.
  ///
  /// - Parameters:
  ///   - names: one per row, such as `["Px", "Py", "Pz"]`.
  ///   - values: rows × samples, row by row.
  ///   - positions: the lags or times of the samples.
  ///   - yAxis: the quantity and its unit, such as `Axis("Dipole moment", unit: "nA um")`.
  /// - Throws: `PictureError.shape` when the values do not fill whole rows.
  public static func components(
    names: [String], values: [Double], positions: SamplePositions, xAxis: Axis = .lag,
    yAxis: Axis
  ) throws(PictureError) -> LinePlot {
    let count = names.isEmpty ? 0 : values.count / names.count
    guard values.count == count * names.count else {
      throw .shape(
        what: "values of \(names.count) components with \(count) samples each",
        expected: count * names.count, found: values.count)
    }
    let series = names.enumerated().map { index, name in
      LineSeries(
        name: name, y: Array(values[index * count..<(index + 1) * count]), positions: positions,
        color: Color.series[index % Color.series.count])
    }
    return LinePlot(series: series, xAxis: xAxis, yAxis: yAxis, listsZeroSeries: true)
  }
}
