import Testing

@testable import Pictures

@Suite struct GridTests {
  @Test func edges() {
    #expect(GridEdges([0, 1, 3], .linear).values == [-0.5, 0.5, 2, 4])
    let edges = GridEdges([1, 100], .logarithmic).values
    for (edge, expected) in zip(edges, [0.1, 10, 1000]) {
      #expect(abs(edge / expected - 1) < 1e-12)
    }
    #expect(GridEdges([5], .linear).values.count == 2)
    #expect(GridEdges([], .linear).range == nil)
  }

  @Test func shapesAreChecked() {
    #expect(throws: PictureError.self) {
      try GridImage(x: [1, 2], y: [1], values: [1], unit: "", xAxis: .lag, yAxis: .depth)
    }
    #expect(throws: PictureError.self) {
      try GridImage(x: [2, 1], y: [1], values: [1, 2], unit: "", xAxis: .lag, yAxis: .depth)
    }
  }

  /// Lightness rises by equal amounts within what rounding of gamuts does to it.
  @Test func sequentialColorsAreOrdered() {
    let lightness = (0...32).map { LabColor(Color.sequential(Double($0) / 32)).lightness }
    for (a, b) in zip(lightness, lightness.dropFirst()) { #expect(b - a > 0.5 && b - a < 4) }
    #expect(Color.sequential(-1) == Color.sequential(0))
    #expect(Color.sequential(2) == Color.sequential(1))
  }

  @Test func colorsSuitTheSigns() throws {
    let canvas = try Canvas(Surface(format: .png, width: 1, height: 1, scale: 1))
    func bar(_ values: [Double]) throws -> ColorBarPlan {
      let image = try GridImage(
        x: [1, 2], y: [1], values: values, unit: "mV", xAxis: Axis("a"), yAxis: Axis("b"))
      return ColorBarPlan(image, length: 100, canvas: canvas)
    }
    #expect(try bar([-1, 3]).range == -3...3)
    #expect(try bar([-1, 3]).colors == .diverging)
    #expect(try bar([-1, -3]).range == -3...3)
    #expect(try bar([-1, -3]).colors == .diverging)
    #expect(try bar([-1, 0]).colors == .diverging)
    #expect(try bar([0, 3]).colors == .sequential)
    #expect(try bar([2, 3]).range == 2...3)
    #expect(try bar([2, 3]).colors == .sequential)
    #expect(try bar([2, .nan]).color(.nan) == DivergingColorMap.missing)
  }

  @Test func picturesAreDrawn() throws {
    let image = try GridImage(
      x: [1, 10, 100], y: [0, 1], values: [1, 2, 3, .nan, 5, 6], unit: "mV",
      xAxis: Axis("w", unit: "uS", scale: .logarithmic), yAxis: Axis("rate"))
    let none = try GridImage(
      x: [], y: [], values: [], unit: "", xAxis: Axis("w"), yAxis: Axis("rate"))
    var plot = LinePlot(
      series: (0..<3).map { index in
        LineSeries(
          name: "", y: [0, Double(index), 1], positions: SamplePositions(first: 0, step: 1),
          color: .sequential(Double(index) / 2))
      }, xAxis: .lag, yAxis: Axis("Kernel", unit: "mV"))
    plot.colorBar = LinePlot.ColorBar(Axis("w", unit: "uS", scale: .logarithmic), range: 1...100)
    let figure = Figure(
      panels: [Panel(image), Panel(none), Panel(title: "family", plot)], columns: 3)
    for format in [PictureFormat.png, .svg, .pdf] {
      #expect(try figure.rendered(as: format).count > 1000)
      #expect(try figure.rendered(as: .png) == figure.rendered(as: .png))
    }
  }
}
