import Testing

@testable import Pictures

@Suite struct LayoutTests {
  func layout(_ figure: Figure) throws -> FigureLayout {
    let canvas = try Canvas(Surface(format: .png, width: 1, height: 1, scale: 1))
    return FigureLayout(figure, canvas: canvas)
  }

  @Test func neighboursShareAxes() throws {
    let image = Panel(title: "a", try RenderingTests.kernel())
    let layout = try layout(Figure(panels: [image, image, image], columns: 2))
    #expect(layout.cells.map(\.shown.y) == [true, false, true])
    #expect(layout.cells.map(\.shown.x) == [false, true, true])
  }

  @Test func headingsSeparateBlocks() throws {
    let image = Panel(try RenderingTests.kernel())
    let rows = ["lfp", "csd"].map { Figure.Row(heading: $0, panels: [image]) }
    #expect(try layout(Figure(rows: rows)).cells.map(\.shown.x) == [true, true])
  }

  @Test func panelsAreEqualAndDoNotOverlap() throws {
    let layout = try layout(try RenderingTests.figure())
    let axes = layout.cells.map(\.axes)
    #expect(Set(axes.map(\.width)) == [132])
    #expect(axes[0].height == axes[1].height && axes[0].y == axes[1].y)
    #expect(axes[0].maxX < axes[1].x && axes[0].maxY < axes[2].y && axes[0].x == axes[2].x)
    #expect(axes.allSatisfy { $0.maxX < layout.width && $0.maxY < layout.height })
  }

  @Test func componentsThatAreZeroAreListedTogether() throws {
    let legend = LegendPlan(try RenderingTests.dipole())
    #expect(legend.drawn.map(\.series) == [2])
    #expect(legend.entries.map(\.text) == ["Pz", "Px = Py = 0"])
    #expect(legend.entries.map(\.color) == [Color.series[2], nil])
  }

  @Test func commonLegendsAreDrawnOnce() throws {
    let same = Panel(try RenderingTests.dipole())
    #expect(
      try layout(Figure(panels: [same, same], columns: 2)).cells.map(\.shown.legend) == [
        false, true,
      ])
    let other = Panel(try RenderingTests.dipole(0))
    #expect(
      try layout(Figure(panels: [same, other], columns: 2)).cells.map(\.shown.legend) == [
        true, true,
      ])
  }

  @Test func colourScalesAreSymmetricWithTicksInside() throws {
    let canvas = try Canvas(Surface(format: .png, width: 1, height: 1, scale: 1))
    let bar = ColorBarPlan(try RenderingTests.kernel(), length: 165, canvas: canvas)
    #expect(bar.unit.text == "nV")
    #expect(bar.ticks.values == bar.ticks.values.reversed().map { -$0 })
    #expect(bar.ticks.values.allSatisfy { (0...1).contains(bar.fraction(shown: $0)) })
    #expect(bar.fraction(shown: 0) == 0.5)
  }
}
