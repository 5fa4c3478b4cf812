import Testing

@testable import Pictures

@Suite struct MapTests {
  static func map(
    _ values: [Double], rings: [MapPlot.Ring] = [], axes: MapPlot.Axes? = nil
  ) throws -> MapPlot {
    try MapPlot(
      x: values.indices.map { Double($0 % 3) * 100 }, y: values.indices.map { Double($0 / 3) * 50 },
      values: values, unit: "mV", rings: rings, axes: axes)
  }

  static let axes = MapPlot.Axes(x: Axis("x", unit: "um"), y: Axis("z", unit: "um"))

  @Test func oneUnitIsAsLongAlongBothAxes() throws {
    for aspect in [0.5, 1, 3] {
      let ranges = try #require(try Self.map([1, 2, 3, 4, 5, 6]).ranges(aspect: aspect))
      let width = ranges.x.upperBound - ranges.x.lowerBound
      let height = ranges.y.upperBound - ranges.y.lowerBound
      #expect(abs(width / height - aspect) < 1e-12)
      #expect(ranges.x.contains(0) && ranges.x.contains(200) && ranges.y.contains(50))
    }
  }

  @Test func ringsAreWithinTheMap() throws {
    let map = try Self.map([1], rings: [MapPlot.Ring(radius: 90, label: "90°")])
    let ranges = try #require(map.ranges(aspect: 1))
    #expect(ranges.x.lowerBound < -90 && ranges.x.upperBound > 90 && ranges.y.upperBound > 90)
  }

  @Test func spacingIsThatOfCloseNeighbours() throws {
    #expect(try Self.map([1, 2, 3, 4, 5, 6]).spacing == 50)
    #expect(try Self.map([1]).spacing == nil)
    let twice = try MapPlot(x: [0, 0, 7], y: [0, 0, 0], values: [1, 2, 3], unit: "")
    #expect(twice.spacing == 7)
  }

  /// Cairo writes colours in percent, to six digits behind the point.
  @Test func discsHaveTheColoursOfTheirValues() throws {
    let map = try MapPlot(
      x: [0, 100, 200], y: [0, 0, 0], values: [-2, .nan, 1], unit: "mV", axes: Self.axes)
    let svg = String(
      decoding: try Figure(panels: [Panel(map)], columns: 1).rendered(as: .svg), as: UTF8.self)
    for color in [
      DivergingColorMap.standard.color(-1), DivergingColorMap.standard.color(0.5),
      DivergingColorMap.missing,
    ] {
      let red = "\(100 * color.red)".prefix(6)
      #expect(svg.contains("rgb(\(red.hasSuffix(".0") ? red.dropLast(2) : red)"))
    }
  }

  @Test func anyDataIsDrawn() throws {
    let extremes: [Double] = [0, .nan, .infinity, 1e308, .leastNonzeroMagnitude, 1e-300]
    for value in extremes {
      let panels = [
        Panel(title: "values", try Self.map([value, -value, 1])),
        Panel(
          try MapPlot(
            x: [value, -value], y: [1, value], values: [1, 2], unit: "T",
            rings: [MapPlot.Ring(radius: value)], axes: Self.axes)),
        Panel(try MapPlot(x: [], y: [], values: [], unit: "")),
      ]
      for format in PictureFormat.allCases {
        #expect(try !Figure(panels: panels, columns: 2).rendered(as: format).isEmpty)
      }
    }
  }

  @Test func wrongShapesAreRefused() {
    #expect(throws: PictureError.shape(what: "values of a map", expected: 1, found: 2)) {
      try MapPlot(x: [0], y: [0], values: [1, 2], unit: "")
    }
    #expect(throws: PictureError.shape(what: "y positions of a map", expected: 1, found: 0)) {
      try MapPlot(x: [0], y: [], values: [1], unit: "")
    }
    #expect(throws: PictureError.self) {
      try MapPlot(x: [0], y: [0], values: [1], unit: "", limit: 0)
    }
  }
}
