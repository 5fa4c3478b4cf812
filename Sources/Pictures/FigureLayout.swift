/// Where everything of a figure lies on its page.
struct FigureLayout {
  struct Cell {
    let plan: PanelPlan

    /// The rectangle of the axes.
    let axes: Rectangle

    /// What is drawn here rather than by a neighbour that shares it.
    let shown: Shown
  }

  /// Which parts around the axes a panel has of its own.
  struct Shown: Equatable {
    var x: Bool
    var y: Bool
    var legend: Bool
  }

  struct Text {
    let text: String
    let at: Point
    let font: Font
  }

  private(set) var width = 0.0
  private(set) var height = 0.0
  private(set) var cells: [Cell] = []
  private(set) var texts: [Text] = []

  init(_ figure: Figure, canvas: Canvas) {
    let rows = figure.rows.map { row in PlannedRow(row, width: figure.panelWidth, canvas: canvas) }
    let shown = FigureLayout.sharing(rows)
    let gutters = Gutters(rows, shown: shown, canvas: canvas)
    width = gutters.width(panelWidth: figure.panelWidth)
    if width <= 2 * Style.margin { width = figure.panelWidth + 2 * Style.margin }
    var y = Style.margin
    let textWidth = width - 2 * Style.margin
    func add(_ text: String, _ font: Font, gap: Double) {
      texts.append(
        Text(
          text: canvas.shortened(text, font, to: textWidth),
          at: Point(x: Style.margin, y: y + font.capHeight), font: font))
      y += font.capHeight + gap
    }
    if let title = figure.title { add(title, Style.figureTitle, gap: Style.rowGap) }
    for (index, row) in rows.enumerated() {
      if index > 0 { y += Style.rowGap }
      if let heading = row.heading {
        if index > 0 { y += Style.headingGap }
        add(heading, Style.heading, gap: Style.headingGap)
      }
      y += gutters.top[index]
      for (column, plan) in row.plans.enumerated() {
        guard let plan else { continue }
        let axes = Rectangle(
          x: gutters.x(column, panelWidth: figure.panelWidth), y: y, width: figure.panelWidth,
          height: row.height)
        cells.append(Cell(plan: plan, axes: axes, shown: shown[index][column]))
      }
      y += row.height + gutters.bottom[index]
    }
    width.round(.up)
    height = (y + Style.margin).rounded(.up)
  }

  /// Panels leave out what their neighbours already say: the depth axis when the panel to the
  /// left has the same, the lag axis when the panel below has the same, the legend when all
  /// panels of the row have the same.
  private static func sharing(_ rows: [PlannedRow]) -> [[Shown]] {
    rows.indices.map { row in
      let legends = rows[row].plans.compactMap { $0?.legend }
      let isCommon = legends.allSatisfy { $0 == legends.first }
      let lastLegend = rows[row].plans.lastIndex { $0?.legend != nil }
      return rows[row].plans.indices.map { column in
        guard let plan = rows[row].plans[column] else {
          return Shown(x: false, y: false, legend: false)
        }
        let left = column > 0 ? rows[row].plans[column - 1] : nil
        let isLast = row + 1 == rows.count || rows[row + 1].heading != nil
        let below = isLast ? nil : rows[row + 1].plan(column)
        return Shown(
          x: below?.x != plan.x, y: left?.y != plan.y, legend: !isCommon || column == lastLegend)
      }
    }
  }
}

/// A row whose panels are planned.
struct PlannedRow {
  let heading: String?
  let height: Double
  let plans: [PanelPlan?]

  init(_ row: Figure.Row, width: Double, canvas: Canvas) {
    heading = row.heading
    let natural = row.panels.reduce(0) { max($0, $1.map(PanelPlan.naturalHeight) ?? 0) }
    let height = row.panelHeight ?? natural
    self.height = height
    plans = row.panels.map { panel in
      panel.map { PanelPlan($0, width: width, height: height, canvas: canvas) }
    }
  }

  /// The panel of a column; nil beyond the last.
  func plan(_ column: Int) -> PanelPlan? {
    plans.indices.contains(column) ? plans[column] : nil
  }
}

extension PanelPlan {
  var legend: LegendPlan? {
    if case .legend(let legend) = key { legend } else { nil }
  }
}
