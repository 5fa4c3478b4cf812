/// Draws what surrounds the data of a panel: frame, ticks, numbers, labels, title.
struct AxesPainter {
  let canvas: Canvas
  let cell: FigureLayout.Cell

  private var axes: Rectangle { cell.axes }
  private var plan: PanelPlan { cell.plan }

  func paint() {
    frame()
    horizontalTicks()
    verticalTicks()
    if let title = plan.panel.title {
      canvas.text(
        canvas.shortened(title, Style.panelTitle, to: axes.width),
        at: Point(x: axes.midX, y: axes.y - Style.titleGap), Style.panelTitle, align: .center)
    }
    if !plan.hasData {
      canvas.text(
        "no data", at: Point(x: axes.midX, y: axes.midY + Style.note.capHeight / 2), Style.note,
        Style.faint, align: .center)
    }
  }

  /// All four sides around an image, left and bottom beside lines.
  private func frame() {
    switch plan.panel.content {
    case .depthImage, .grid:
      canvas.frame(axes, Style.ink, width: Style.axisLine)
    case .map(let map):
      if map.axes != nil { canvas.frame(axes, Style.ink, width: Style.axisLine) }
    case .lines:
      canvas.stroke(
        [
          Point(x: axes.x, y: axes.y), Point(x: axes.x, y: axes.maxY),
          Point(x: axes.maxX, y: axes.maxY),
        ], Style.ink, width: Style.axisLine)
    }
  }

  private func horizontalTicks() {
    let end = axes.maxY + Style.tickLength
    let baseline = end + Style.tickGap + Style.tickLabel.capHeight
    for (value, label) in zip(plan.x.ticks.values, plan.x.ticks.labels) {
      guard let fraction = plan.x.fraction(shown: value) else { continue }
      let x = axes.x + fraction * axes.width
      canvas.line(
        from: Point(x: x, y: axes.maxY), to: Point(x: x, y: end), Style.ink, width: Style.axisLine)
      if cell.shown.x {
        canvas.text(label, at: Point(x: x, y: baseline), Style.tickLabel, align: .center)
      }
    }
    guard cell.shown.x else { return }
    canvas.text(
      canvas.shortened(plan.x.label, Style.axisLabel, to: axes.width),
      at: Point(x: axes.midX, y: baseline + Style.labelGap + Style.axisLabel.capHeight),
      Style.axisLabel, align: .center)
  }

  private func verticalTicks() {
    let end = axes.x - Style.tickLength
    for (value, label) in zip(plan.y.ticks.values, plan.y.ticks.labels) {
      guard let fraction = plan.y.fraction(shown: value) else { continue }
      let y = axes.maxY - fraction * axes.height
      canvas.line(
        from: Point(x: axes.x, y: y), to: Point(x: end, y: y), Style.ink, width: Style.axisLine)
      if cell.shown.y {
        canvas.text(
          label, at: Point(x: end - Style.tickGap, y: y + Style.tickLabel.capHeight / 2),
          Style.tickLabel, align: .right)
      }
    }
    guard cell.shown.y else { return }
    canvas.text(
      plan.y.multiplier, at: Point(x: axes.x, y: axes.y - Style.titleGap), Style.tickLabel,
      align: .right)
    canvas.verticalText(
      canvas.shortened(plan.y.label, Style.axisLabel, to: axes.height + Style.labelOverhang),
      at: Point(x: axes.x - plan.tickLabelRoom(canvas) - Style.labelGap, y: axes.midY),
      Style.axisLabel)
  }
}
