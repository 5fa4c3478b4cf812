/// The room around the axes of a grid: left and right of each column, above and below each row.
struct Gutters {
  private(set) var left: [Double]
  private(set) var right: [Double]
  private(set) var top: [Double]
  private(set) var bottom: [Double]

  init(_ rows: [PlannedRow], shown: [[FigureLayout.Shown]], canvas: Canvas) {
    let columns = rows.reduce(0) { max($0, $1.plans.count) }
    left = Array(repeating: 0, count: columns)
    right = left
    top = Array(repeating: 0, count: rows.count)
    bottom = top
    for (row, planned) in rows.enumerated() {
      for (column, plan) in planned.plans.enumerated() {
        guard let plan else { continue }
        let shown = shown[row][column]
        left[column] = max(left[column], plan.leftExtent(shown, canvas))
        right[column] = max(right[column], plan.rightExtent(shown, canvas))
        top[row] = max(top[row], plan.topExtent)
        bottom[row] = max(bottom[row], plan.bottomExtent(shown))
      }
    }
  }

  /// Where the axes of a column begin.
  func x(_ column: Int, panelWidth: Double) -> Double {
    var x = Style.margin
    for before in 0..<column {
      x += left[before] + panelWidth + right[before] + Style.columnGap
    }
    return x + left[column]
  }

  /// The width of the page.
  func width(panelWidth: Double) -> Double {
    guard let last = right.indices.last else { return 0 }
    return x(last, panelWidth: panelWidth) + panelWidth + right[last] + Style.margin
  }
}

extension PanelPlan {
  fileprivate func leftExtent(_ shown: FigureLayout.Shown, _ canvas: Canvas) -> Double {
    let overhang = shown.x ? x.ticks.labels.first.map { canvas.width($0, Style.tickLabel) / 2 } : 0
    guard shown.y, !y.isBare else { return max(overhang ?? 0, 0) }
    return tickLabelRoom(canvas) + Style.labelGap + Style.axisLabel.size
  }

  /// From the y axis to the far side of its numbers.
  func tickLabelRoom(_ canvas: Canvas) -> Double {
    let widest = y.ticks.labels.reduce(0) { max($0, canvas.width($1, Style.tickLabel)) }
    return max(
      Style.tickLength + Style.tickGap + widest, canvas.width(y.multiplier, Style.tickLabel))
  }

  fileprivate func rightExtent(_ shown: FigureLayout.Shown, _ canvas: Canvas) -> Double {
    let overhang =
      (shown.x ? x.ticks.labels.last.map { canvas.width($0, Style.tickLabel) / 2 } : nil) ?? 0
    switch key {
    case .colorBar(let bar):
      let widest = bar.ticks.labels.reduce(0) { max($0, canvas.width($1, Style.tickLabel)) }
      let numbers = Style.colorBarWidth + Style.tickLength + Style.tickGap + widest
      if !bar.label.isEmpty {
        return Style.colorBarGap + numbers + Style.labelGap + 1.3 * Style.axisLabel.size
      }
      return Style.colorBarGap + max(numbers, canvas.width(bar.unit.text, Style.tickLabel))
    case .legend(let legend):
      if case .lines(let plot) = panel.content, let bar = plot.scaleBar {
        let text = canvas.width(bar.label, Style.tickLabel)
        return max(overhang, Style.legendGap + Style.tickGap + 2 + text)
      }
      guard shown.legend, !legend.entries.isEmpty else { return overhang }
      let widest = legend.entries.reduce(0) { widest, entry in
        let swatch = entry.color == nil ? 0 : Style.legendSwatch + Style.tickGap
        return max(widest, swatch + canvas.width(entry.text, Style.tickLabel))
      }
      return max(overhang, Style.legendGap + widest)
    }
  }

  fileprivate var topExtent: Double {
    var extent = Style.tickLabel.capHeight / 2
    var hasTextAbove = !y.multiplier.isEmpty
    if case .colorBar = key { hasTextAbove = true }
    if hasTextAbove { extent = Style.titleGap + Style.tickLabel.capHeight }
    return panel.title == nil
      ? extent : max(extent, Style.titleGap + Style.panelTitle.capHeight + 1)
  }

  fileprivate func bottomExtent(_ shown: FigureLayout.Shown) -> Double {
    guard shown.x, !x.isBare else { return Style.tickLength }
    return Style.tickLength + Style.tickGap + Style.tickLabel.capHeight + Style.labelGap
      + Style.axisLabel.size
  }
}
