import Testing

@testable import Pictures

@Suite struct DepthImageTests {
  @Test func bandsMeetMidwayWhateverTheOrder() {
    let bands = DepthBands([100, 0, 400, .nan])
    #expect(bands.contacts == [1, 0, 2])
    #expect(bands.edges == [-50, 50, 250, 550])
    #expect(bands.contact(at: 49) == 1)
    #expect(bands.contact(at: 51) == 0)
    #expect(bands.contact(at: 550) == 2)
    #expect(bands.contact(at: -51) == nil)
    #expect(abs(bands.spacing - 150) < 1e-9)
  }

  @Test func bandsOfFewContacts() {
    #expect(DepthBands([]).range == nil)
    #expect(DepthBands([]).contact(at: 0) == nil)
    #expect(DepthBands([30]).edges == [-20, 80])
    #expect(DepthBands([30, 30]).edges == [-20, 30, 80])
  }

  @Test func tracesStayWithinTheImage() throws {
    let bands = DepthBands([0, 100, 200])
    let range = try #require(bands.range)
    let free = try #require(
      bands.traceScale(
        extremes: [(100, -1, 2), (200, 0, 0.1)], range: range, reach: 95))
    #expect(free * 2 == 95)
    let bounded = try #require(
      bands.traceScale(extremes: [(0, -2, 0), (200, 0, 2)], range: range, reach: 95))
    #expect(bounded * 2 <= 50)
    #expect(bands.traceScale(extremes: [(0, 0, 0)], range: range, reach: 95) == nil)
  }

  func image(_ values: [Double], contacts: Int) throws -> DepthImage {
    try DepthImage(
      depths: (0..<contacts).map { Double($0) * 100 }, values: values,
      positions: SamplePositions(first: 0, step: 1), unit: "mV")
  }

  @Test func pixelsShowMeansOfWhatTheyCover() throws {
    let image = try image([1, -1, 1, -1, 0.5, 0.5, .nan, .nan], contacts: 1)
    let raster = Raster(
      image, bands: DepthBands(image.depths), samples: -0.5...7.5, depths: -50...50, limit: 1,
      width: 4, height: 2)
    let map = DivergingColorMap.standard
    let expected = [map.color(0), map.color(0), map.color(0.5), DivergingColorMap.missing]
    for row in 0..<2 {
      #expect((0..<4).map { raster[row, $0] } == expected.map(Raster.pixel))
    }
  }

  @Test func highContactsAreAboveLowOnes() throws {
    let image = try image([-1, 1], contacts: 2)
    let raster = Raster(
      image, bands: DepthBands(image.depths), samples: -0.5...0.5, depths: -50...150, limit: 1,
      width: 3, height: 4)
    let map = DivergingColorMap.standard
    #expect(raster[0, 1] == Raster.pixel(map.color(1)))
    #expect(raster[3, 1] == Raster.pixel(map.color(-1)))
  }

  @Test func pixelsFinerThanSamplesShowTheNearest() throws {
    let image = try image([0, 1, 2], contacts: 1)
    #expect(image.samples(covering: 0.4...0.45) == 0..<1)
    #expect(image.samples(covering: 0.55...0.6) == 1..<2)
    #expect(image.samples(covering: 5...6).isEmpty)
    #expect(image.samples(covering: -3 ... -2).isEmpty)
    #expect(image.samples(covering: -1e300...1e300) == 0..<3)
  }

  @Test func wrongShapesAreRefused() {
    #expect(throws: PictureError.self) { try image([1, 2, 3], contacts: 2) }
    #expect(throws: PictureError.self) { try image([1], contacts: 0) }
    #expect(throws: PictureError.notPositive(what: "the step between samples", value: 0)) {
      try DepthImage(
        depths: [0], values: [1], positions: SamplePositions(first: 0, step: 0), unit: "mV")
    }
    #expect(throws: PictureError.self) {
      try DepthImage(
        depths: [0], values: [1], positions: SamplePositions(first: 0, step: 1), unit: "mV",
        limit: .nan)
    }
    #expect(throws: PictureError.self) { try LineSeries(name: "a", x: [1], y: []) }
    #expect(throws: PictureError.self) {
      try LinePlot.components(
        names: ["x", "y"], values: [1, 2, 3], positions: SamplePositions(first: 0, step: 1),
        yAxis: Axis("y"))
    }
  }
}
