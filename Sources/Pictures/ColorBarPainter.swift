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
    canvas.draw(ColorBarPainter.gradient, in: area)
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
    canvas.text(
      bar.unit.text, at: Point(x: area.x, y: area.y - Style.titleGap), Style.tickLabel)
  }

  /// All colours of the map, the highest value uppermost.
  private static var gradient: Raster {
    // Wide enough that no viewer which smooths images blurs its sides.
    let columns = 12
    var raster = Raster(width: columns, height: steps, background: Style.background)
    for row in 0..<steps {
      let value = 1 - 2 * (Double(row) + 0.5) / Double(steps)
      let pixel = Raster.pixel(DivergingColorMap.standard.color(value))
      for column in 0..<columns { raster[row, column] = pixel }
    }
    return raster
  }
}
