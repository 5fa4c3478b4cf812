/// Draws the lines of a plot within its axes, and their legend right of these.
struct LinesPainter {
  let canvas: Canvas
  let plot: LinePlot
  let legend: LegendPlan
  let cell: FigureLayout.Cell

  /// Columns per point to which lines are reduced.
  let resolution: Double

  func paint() {
    let axes = cell.axes
    if !plot.equalAspect, plot.scaleBar == nil, plot.yAxis.scale == .linear,
      let zero = cell.plan.y.fraction(shown: 0),
      zero > 0, zero < 1
    {
      let y = axes.maxY - zero * axes.height
      canvas.line(
        from: Point(x: axes.x, y: y), to: Point(x: axes.maxX, y: y), Style.zeroLine,
        width: Style.axisLine)
    }
    canvas.clipped(to: axes) {
      for (index, color) in legend.drawn { draw(plot.series[index], color) }
    }
    if cell.shown.legend { key() }
    if let bar = plot.scaleBar { draw(bar) }
  }

  private func draw(_ line: LineSeries, _ color: Color) {
    let points = zip(line.x, line.y).lazy.map { x, y -> Point? in
      guard let across = cell.plan.x.fraction(x), let up = cell.plan.y.fraction(y) else {
        return nil
      }
      return Point(
        x: cell.axes.x + across * cell.axes.width, y: cell.axes.maxY - up * cell.axes.height)
    }
    for piece in Polyline(points, columnsPerPoint: resolution).pieces {
      canvas.stroke(piece, color, width: line.width)
    }
    guard line.marksPoints else { return }
    for case let point? in points { canvas.disc(point, radius: 1.3 * line.width, color) }
  }

  /// A bar at the lower end of the axes, right of them, with its meaning.
  private func draw(_ bar: LinePlot.ScaleBar) {
    let (low, high) = (cell.plan.y.fraction(0), cell.plan.y.fraction(bar.length))
    guard let low, let high else { return }
    let length = min(abs(high - low), 1) * cell.axes.height
    let x = cell.axes.maxX + Style.legendGap
    canvas.line(
      from: Point(x: x, y: cell.axes.maxY), to: Point(x: x, y: cell.axes.maxY - length), Style.ink,
      width: 1.4)
    canvas.text(
      bar.label,
      at: Point(
        x: x + Style.tickGap + 2, y: cell.axes.maxY - length / 2 + Style.tickLabel.capHeight / 2),
      Style.tickLabel)
  }

  private func key() {
    let x = cell.axes.maxX + Style.legendGap
    var y = cell.axes.y + Style.tickLabel.capHeight / 2
    for entry in legend.entries {
      var textX = x
      if let color = entry.color {
        textX += Style.legendSwatch + Style.tickGap
        canvas.line(
          from: Point(x: x, y: y), to: Point(x: x + Style.legendSwatch, y: y), color, width: 1.4)
      }
      canvas.text(
        entry.text,
        at: Point(x: textX, y: y + Style.tickLabel.capHeight / 2),
        Style.tickLabel, entry.color == nil ? Style.faint : Style.ink)
      y += Style.legendLine
    }
  }
}
