/// Draws the key to the colours of an image, right of its axes.
struct ColorBarPainter {
  let canvas: Canvas
  let bar: ColorBarPlan
  let axes: Rectangle

  private static let steps = 256

  func paint() {
    let area = Rectangle(
      x: axes.maxX + Style.colorBarGap, y: axes.y, width: Style.colorBarWidth,
      height: axes.height)
    canvas.draw(gradient, in: area)
    canvas.frame(area, Style.ink, width: Style.axisLine)
    for (value, label) in zip(bar.ticks.values, bar.ticks.labels) {
      let y = area.maxY - bar.fraction(shown: value) * area.height
      let end = area.maxX + Style.tickLength
      canvas.line(
        from: Point(x: area.maxX, y: y), to: Point(x: end, y: y), Style.ink,
        width: Style.axisLine)
      canvas.text(
        label, at: Point(x: end + Style.tickGap, y: y + Style.tickLabel.capHeight / 2),
        Style.tickLabel)
    }
    guard bar.label.isEmpty else {
      let room = canvas.widest(bar.ticks.labels, Style.tickLabel)
      let label = canvas.shortened(
        bar.label, Style.axisLabel, to: area.height + Style.labelOverhang)
      canvas.verticalText(
        label,
        at: Point(
          x: area.maxX + Style.tickLength + Style.tickGap + room + Style.labelGap
            + Style.axisLabel.size, y: area.midY), Style.axisLabel)
      return
    }
    canvas.text(
      bar.unit.text, at: Point(x: area.x, y: area.y - Style.titleGap), Style.tickLabel)
  }

  /// All colours of the map, the highest value uppermost.
  private var gradient: Raster {
    // Wide enough that no viewer which smooths images blurs its sides.
    let columns = 12
    let steps = ColorBarPainter.steps
    var raster = Raster(width: columns, height: steps, background: Style.background)
    for row in 0..<steps {
      let pixel = Raster.pixel(bar.color(at: 1 - (Double(row) + 0.5) / Double(steps)))
      for column in 0..<columns { raster[row, column] = pixel }
    }
    return raster
  }
}
