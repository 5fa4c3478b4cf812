extension Figure {
  /// The figure as the bytes of a file.
  ///
  /// The size follows from the panels. In SVG and PDF images are embedded as pixels and all else
  /// is drawn as lines and text. The same figure gives the same PNG and PDF wherever the same
  /// fonts and Cairo are installed.
  ///
  /// Nothing in the data makes this fail: values that are not finite are left out, and a panel
  /// without any finite value shows its axes and the words "no data".
  ///
  /// - Parameters:
  ///   - format: PNG, SVG or PDF.
  ///   - scale: pixels per point of a PNG; 2 is 144 dpi at the figure's own size. Other formats
  ///     ignore it.
  /// - Throws: `PictureError.notPositive` for a scale or panel size that is not positive and
  ///   finite, `.tooManyPixels` for a PNG beyond Cairo's limit, `.cairo` when Cairo fails.
  public func rendered(as format: PictureFormat, scale: Double = 2) throws(PictureError) -> [UInt8]
  {
    try checkSizes(scale: scale)
    let measuring = try Canvas(Surface(format: .png, width: 1, height: 1, scale: 1))
    let layout = FigureLayout(self, canvas: measuring)
    try measuring.check()
    let surface = try Surface(
      format: format, width: layout.width, height: layout.height, scale: scale)
    let canvas = try Canvas(surface)
    let painter = FigurePainter(
      canvas: canvas, layout: layout, resolution: format == .png ? min(scale, 8) : 3)
    painter.paint()
    try canvas.check()
    return try surface.finish()
  }

  private func checkSizes(scale: Double) throws(PictureError) {
    let sizes =
      [("the scale", scale), ("the width of a panel", panelWidth)]
      + rows.compactMap(\.panelHeight).map { ("the height of a panel", $0) }
    for (what, value) in sizes where !(value > 0 && value.isFinite) {
      throw .notPositive(what: what, value: value)
    }
  }
}

/// Draws a figure whose layout is known.
struct FigurePainter {
  let canvas: Canvas
  let layout: FigureLayout

  /// Pixels per point of images and reduced lines.
  let resolution: Double

  func paint() {
    canvas.fill(
      Rectangle(x: 0, y: 0, width: layout.width, height: layout.height), Style.background)
    for text in layout.texts { canvas.text(text.text, at: text.at, text.font) }
    for cell in layout.cells { paint(cell) }
    if layout.cells.isEmpty {
      canvas.text(
        "no data", at: Point(x: layout.width / 2, y: layout.height - Style.margin), Style.note,
        Style.faint, align: .center)
    }
  }

  private func paint(_ cell: FigureLayout.Cell) {
    switch (cell.plan.panel.content, cell.plan.key) {
    case (.depthImage(let image), .colorBar(let bar)):
      if cell.plan.hasData {
        DepthImagePainter(
          canvas: canvas, image: image, bar: bar, cell: cell, resolution: resolution
        ).paint()
        ColorBarPainter(canvas: canvas, bar: bar, axes: cell.axes).paint()
      }
    case (.lines(let plot), .legend(let legend)):
      if cell.plan.hasData {
        LinesPainter(
          canvas: canvas, plot: plot, legend: legend, cell: cell, resolution: resolution
        ).paint()
      }
    case (.lines(let plot), .colorBar(let bar)):
      if cell.plan.hasData {
        LinesPainter(
          canvas: canvas, plot: plot, legend: LegendPlan(plot), cell: cell, resolution: resolution
        ).paint()
        ColorBarPainter(canvas: canvas, bar: bar, axes: cell.axes).paint()
      }
    case (.grid(let image), .colorBar(let bar)):
      if cell.plan.hasData {
        GridPainter(
          canvas: canvas, image: image, bar: bar, cell: cell, resolution: resolution
        ).paint()
        ColorBarPainter(canvas: canvas, bar: bar, axes: cell.axes).paint()
      }
    case (.map(let map), .colorBar(let bar)):
      if cell.plan.hasData {
        MapPainter(canvas: canvas, map: map, bar: bar, cell: cell).paint()
        ColorBarPainter(canvas: canvas, bar: bar, axes: cell.axes).paint()
      }
    default:
      break
    }
    AxesPainter(canvas: canvas, cell: cell).paint()
  }
}
