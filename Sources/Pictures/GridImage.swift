import Foundation

/// An image of values on a grid, such as a number over two parameters.
///
/// Each value fills the cell between the midpoints to its neighbours. Colours are symmetric about zero
/// where any value is negative, and go from the least to the greatest value where none is.
public struct GridImage: Equatable, Sendable {
  /// Positions of the columns and the rows, ascending, in the units of the axes.
  public let x: [Double]
  public let y: [Double]

  /// Rows × columns, row by row. A value that is not finite is missing, and drawn grey.
  public let values: [Double]

  /// The unit of `values`, such as "mV".
  public var unit: String
  public var xAxis: Axis
  public var yAxis: Axis

  /// - Throws: `PictureError.shape` when there are not rows × columns values,
  ///   `PictureError.notPositive` when positions do not ascend.
  public init(
    x: [Double], y: [Double], values: [Double], unit: String, xAxis: Axis, yAxis: Axis
  ) throws(PictureError) {
    guard values.count == x.count * y.count else {
      throw .shape(
        what: "values of a grid of \(y.count) × \(x.count)", expected: x.count * y.count,
        found: values.count)
    }
    for positions in [x, y] {
      for (a, b) in zip(positions, positions.dropFirst()) where !(b - a > 0 && (b - a).isFinite) {
        throw .notPositive(what: "the distance between neighbours of a grid", value: b - a)
      }
    }
    self.x = x
    self.y = y
    self.values = values
    self.unit = unit
    self.xAxis = xAxis
    self.yAxis = yAxis
  }

  var xEdges: GridEdges { GridEdges(x, xAxis.scale) }
  var yEdges: GridEdges { GridEdges(y, yAxis.scale) }
}

/// The borders between the cells of a grid along one axis, and its ends.
struct GridEdges: Equatable {
  let values: [Double]

  init(_ positions: [Double], _ scale: AxisScale) {
    let isLogarithmic = scale == .logarithmic && positions.allSatisfy { $0 > 0 }
    let places = isLogarithmic ? positions.map { log10($0) } : positions
    guard let first = places.first, let last = places.last else {
      values = []
      return
    }
    guard places.count > 1 else {
      let range = DrawableRange.widened(positions[0]...positions[0])
      values = [range.lowerBound, range.upperBound]
      return
    }
    let middles = zip(places, places.dropFirst()).map { ($0 + $1) / 2 }
    let edges = [2 * first - middles[0]] + middles + [2 * last - middles[middles.count - 1]]
    values = isLogarithmic ? edges.map { pow(10, $0) } : edges
  }

  var range: ClosedRange<Double>? {
    guard let first = values.first, let last = values.last, first < last else { return nil }
    return first...last
  }
}

/// Draws the cells of a grid within its axes.
struct GridPainter {
  let canvas: Canvas
  let image: GridImage
  let bar: ColorBarPlan
  let cell: FigureLayout.Cell

  /// Pixels per point.
  let resolution: Double

  func paint() {
    let columns = cells(image.xEdges, cell.plan.x, length: cell.axes.width)
    let rows = cells(image.yEdges, cell.plan.y, length: cell.axes.height)
    let pixels = image.values.map { Raster.pixel(bar.color($0)) }
    var raster = Raster(width: columns.count, height: rows.count, background: Style.background)
    for (line, row) in rows.reversed().enumerated() {
      guard let row else { continue }
      for (place, column) in columns.enumerated() {
        if let column { raster[line, place] = pixels[row * image.x.count + column] }
      }
    }
    canvas.draw(raster, in: cell.axes)
  }

  /// For each pixel along an axis the cell that it shows.
  private func cells(_ edges: GridEdges, _ axis: AxisPlan, length: Double) -> [Int?] {
    let count = Int(min(max((length * resolution).rounded(), 1), 8192))
    let fractions = edges.values.map { axis.fraction($0) ?? 0 }
    var index = 0
    return (0..<count).map { pixel in
      let place = (Double(pixel) + 0.5) / Double(count)
      while index + 2 < fractions.count, place >= fractions[index + 1] { index += 1 }
      return fractions.count > 1 && place >= fractions[0] && place <= fractions[fractions.count - 1]
        ? index : nil
    }
  }
}
