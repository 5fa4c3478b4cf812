/// Which lines a panel draws, in which colours, and what its legend says.
struct LegendPlan: Equatable {
  struct Entry: Equatable {
    var text: String

    /// nil for a line that is not drawn.
    var color: Color?
  }

  let entries: [Entry]

  /// The indices of the series that are drawn, with their colours.
  let drawn: [(series: Int, color: Color)]

  init(_ plot: LinePlot) {
    let colors = plot.series.enumerated().map {
      $1.color ?? Color.series[$0 % Color.series.count]
    }
    let isListed = plot.series.map { plot.listsZeroSeries && $0.isZero }
    drawn = plot.series.indices.filter { !isListed[$0] }.map { ($0, colors[$0]) }
    let named = plot.series.indices.filter { !plot.series[$0].name.isEmpty }
    let isNeeded = named.count > 1 || named.contains { isListed[$0] }
    guard isNeeded else {
      entries = []
      return
    }
    let lines = named.filter { !isListed[$0] }
    let zeros = named.filter { isListed[$0] }.map { plot.series[$0].name }
    entries =
      lines.map { Entry(text: plot.series[$0].name, color: colors[$0]) }
      + LegendPlan.zeroTexts(zeros).map { Entry(text: $0, color: nil) }
  }

  /// "Px = Py = 0", up to three names in a line.
  private static func zeroTexts(_ names: [String]) -> [String] {
    stride(from: 0, to: names.count, by: 3).map { start in
      (names[start..<min(start + 3, names.count)] + ["0"]).joined(separator: " = ")
    }
  }

  static func == (left: LegendPlan, right: LegendPlan) -> Bool { left.entries == right.entries }
}
