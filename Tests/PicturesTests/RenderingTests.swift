import Foundation
import Testing

@testable import Pictures

@Suite struct RenderingTests {
  static let positions = SamplePositions(first: 0, step: 1.0 / 16)

  static func image(
    _ value: (_ depth: Double, _ lag: Double) -> Double, samples: Int = 801
  ) throws -> DepthImage {
    let depths = Array(stride(from: 1000.0, through: -200, by: -100))
    return try DepthImage(
      depths: depths,
      values: depths.flatMap { depth in
        (0..<samples).map { value(depth, positions.position($0)) }
      }, positions: positions, unit: "mV")
  }

  static func kernel() throws -> DepthImage {
    try image { depth, lag in
      1e-4 * (exp(-pow(depth / 200, 2)) - exp(-pow((depth - 500) / 300, 2)))
        * (exp(-lag / 9) - exp(-lag))
    }
  }

  static func dipole(_ scale: Double = 1) throws -> LinePlot {
    let lags: [Double] = (0..<801).map(positions.position)
    let wave: [Double] = lags.map { lag in scale * (exp(-lag / 6) - exp(-lag)) }
    return try LinePlot.components(
      names: ["Px", "Py", "Pz"], values: Array(repeating: 0, count: 2 * 801) + wave,
      positions: positions, yAxis: Axis("Dipole moment", unit: "nA um"))
  }

  static func figure() throws -> Figure {
    Figure(
      title: "Kernels",
      rows: [
        Figure.Row(
          heading: "lfp",
          panels: [Panel(title: "E → E", try kernel()), Panel(title: "I → E", try kernel())]),
        Figure.Row(heading: "dipole", panels: [Panel(title: "E → E", try dipole()), nil]),
      ])
  }

  /// Width and height in the header of a PNG.
  static func size(png: [UInt8]) -> (width: Int, height: Int) {
    func number(_ start: Int) -> Int { png[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
    return (number(16), number(20))
  }

  @Test func magicBytes() throws {
    let figure = try RenderingTests.figure()
    let png = try figure.rendered(as: .png)
    #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
    let svg = String(decoding: try figure.rendered(as: .svg), as: UTF8.self)
    #expect(svg.hasPrefix("<?xml") && svg.contains("<svg") && svg.hasSuffix("</svg>\n"))
    #expect(svg.contains("data:image/png;base64"))
    let pdf = try figure.rendered(as: .pdf)
    #expect(pdf.starts(with: Array("%PDF-".utf8)))
    #expect(String(decoding: pdf.suffix(8), as: UTF8.self).contains("%%EOF"))
  }

  @Test func scaleIsPixelsPerPoint() throws {
    let figure = try RenderingTests.figure()
    let one = RenderingTests.size(png: try figure.rendered(as: .png, scale: 1))
    let two = RenderingTests.size(png: try figure.rendered(as: .png))
    #expect(two.width == 2 * one.width && two.height == 2 * one.height)
    #expect((2 * 132..<500).contains(one.width))
    let svg = String(decoding: try figure.rendered(as: .svg), as: UTF8.self)
    #expect(svg.contains("width=\"\(one.width)pt\" height=\"\(one.height)pt\""))
  }

  @Test(arguments: [PictureFormat.png, .pdf])
  func sameFigureSameBytes(format: PictureFormat) throws {
    let figure = try RenderingTests.figure()
    #expect(try figure.rendered(as: format) == figure.rendered(as: format))
  }

  @Test func longSignalsMakeSmallFiles() throws {
    var random = Random(state: 3)
    let image = try RenderingTests.image(
      { _, _ in Double.random(in: -1...1, using: &random) }, samples: 20_000)
    let svg = try Figure(rows: [Figure.Row(panels: [Panel(image)])]).rendered(as: .svg)
    #expect(svg.count < 1_500_000)
    let kernels = try RenderingTests.figure()
    #expect(try kernels.rendered(as: .svg).count < 200_000)
    #expect(try kernels.rendered(as: .pdf).count < 80_000)
  }

  @Test func anyDataIsDrawn() throws {
    let extremes: [Double] = [
      0, .nan, .infinity, 1e308, -1e308, .leastNonzeroMagnitude, 1e-300, 3,
      .greatestFiniteMagnitude,
    ]
    for value in extremes {
      let image = try RenderingTests.image({ depth, _ in depth > 300 ? value : -value })
      let lines = LinePlot(
        series: [
          LineSeries(
            name: "a", y: [value, value, -value], positions: RenderingTests.positions),
          LineSeries(name: "b", y: [], positions: RenderingTests.positions),
          try LineSeries(name: "c", x: [value, -value], y: [0, 1]),
        ], xAxis: .time, yAxis: Axis("Signal", unit: "mV"))
      var logarithmic = lines
      logarithmic.xAxis.scale = .logarithmic
      logarithmic.yAxis.scale = .logarithmic
      var scaled = lines
      scaled.equalAspect = true
      let panels = [
        Panel(image), Panel(lines), Panel(logarithmic), Panel(scaled),
        Panel(try RenderingTests.dipole(value)),
      ]
      for format in PictureFormat.allCases {
        #expect(try !Figure(panels: panels, columns: 2).rendered(as: format).isEmpty)
      }
    }
  }

  @Test func emptyFiguresAndPanels() throws {
    let nothing = try DepthImage(
      depths: [], values: [], positions: RenderingTests.positions, unit: "mV")
    let nowhere = try DepthImage(
      depths: [.nan, .infinity], values: [1, 2], positions: RenderingTests.positions, unit: "")
    let single = try DepthImage(
      depths: [1e300], values: [1], positions: SamplePositions(first: -1e300, step: 1e-300),
      unit: "")
    let lines = LinePlot(series: [], xAxis: .lag, yAxis: Axis(""))
    let figures = [
      Figure(rows: []), Figure(rows: [Figure.Row(panels: [])]),
      Figure(title: "title", rows: [Figure.Row(heading: "heading", panels: [nil, nil])]),
      Figure(panels: [Panel(nothing), Panel(nowhere), Panel(single), Panel(lines)], columns: 0),
    ]
    for figure in figures {
      for format in PictureFormat.allCases {
        #expect(try !figure.rendered(as: format).isEmpty)
      }
    }
  }

  @Test func strangeTextIsDrawn() throws {
    let title = "line\nbreak, tab\t, nul\0, emoji 🧠, " + String(repeating: "long ", count: 200)
    let panel = Panel(title: title, try RenderingTests.dipole())
    let figure = Figure(title: title, rows: [Figure.Row(heading: title, panels: [panel])])
    for format in PictureFormat.allCases {
      #expect(try !figure.rendered(as: format).isEmpty)
    }
  }

  @Test func impossibleSizesAreRefused() throws {
    let panel = Panel(try RenderingTests.dipole())
    let figure = Figure(panels: Array(repeating: panel, count: 300), columns: 300)
    #expect(throws: PictureError.self) { try figure.rendered(as: .png) }
    #expect(try !figure.rendered(as: .svg).isEmpty)
    let small = Figure(panels: [panel], columns: 1)
    for scale in [0, -1, .nan, .infinity] {
      #expect(throws: PictureError.self) { try small.rendered(as: .png, scale: scale) }
    }
    let flat = Figure(panels: [panel], columns: 1, panelWidth: -3)
    #expect(throws: PictureError.notPositive(what: "the width of a panel", value: -3)) {
      try flat.rendered(as: .svg)
    }
  }
}
