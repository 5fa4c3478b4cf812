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
    entries = named.map {
      isListed[$0]
        ? Entry(text: plot.series[$0].name + " = 0", color: nil)
        : Entry(text: plot.series[$0].name, color: colors[$0])
    }
  }

  static func == (left: LegendPlan, right: LegendPlan) -> Bool { left.entries == right.entries }
}
