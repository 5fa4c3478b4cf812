import Foundation

/// Draws the image and the traces of a depth image within its axes.
struct DepthImagePainter {
  let canvas: Canvas
  let image: DepthImage
  let bar: ColorBarPlan
  let cell: FigureLayout.Cell

  /// Pixels per point of the image and of the traces.
  let resolution: Double

  func paint() {
    let bands = DepthBands(image.depths)
    let raster = Raster(
      image, bands: bands, samples: unscaled(cell.plan.x), depths: unscaled(cell.plan.y),
      limit: bar.limit, width: pixels(cell.axes.width), height: pixels(cell.axes.height))
    canvas.draw(raster, in: cell.axes)
    if image.showsTraces {
      canvas.clipped(to: cell.axes) { traces(bands) }
    }
  }

  private func pixels(_ length: Double) -> Int {
    Int(min(max((length * resolution).rounded(), 1), 8192))
  }

  /// The range of an axis in the unit of the data.
  private func unscaled(_ axis: AxisPlan) -> ClosedRange<Double> {
    let factor = pow(10, Double(axis.unit.exponent))
    return axis.range.lowerBound * factor...axis.range.upperBound * factor
  }

  private func traces(_ bands: DepthBands) {
    let range = unscaled(cell.plan.y)
    let pointsPerDepth = cell.axes.height / (range.upperBound - range.lowerBound)
    let distance = bands.spacing * pointsPerDepth
    let every = max(1, Int((Style.leastTraceSpacing / max(distance, 1e-3)).rounded(.up)))
    let drawn = stride(from: 0, to: bands.contacts.count, by: every).map { index in
      (contact: bands.contacts[index], depth: bands.depths[index])
    }
    let extremes = drawn.compactMap { contact, depth in
      DrawableRange.covering(image.row(contact)).map {
        (depth: depth, lowest: $0.lowerBound, highest: $0.upperBound)
      }
    }
    let reach = 0.95 * min(bands.spacing * Double(every), range.upperBound - range.lowerBound)
    let scale = bands.traceScale(extremes: extremes, range: range, reach: reach) ?? 0
    for (contact, depth) in drawn {
      trace(image.row(contact), depth: depth, scale: scale)
    }
  }

  private func trace(_ signal: ArraySlice<Double>, depth: Double, scale: Double) {
    let points = signal.enumerated().lazy.map { index, value -> Point? in
      guard value.isFinite, let x = cell.plan.x.fraction(image.positions.position(index)),
        let y = cell.plan.y.fraction(depth + value * scale)
      else { return nil }
      return Point(
        x: cell.axes.x + x * cell.axes.width, y: cell.axes.maxY - y * cell.axes.height)
    }
    for piece in Polyline(points, columnsPerPoint: resolution).pieces {
      canvas.stroke(piece, Style.trace, width: Style.traceLine)
    }
  }
}
