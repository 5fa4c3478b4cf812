import Foundation
import Testing

@testable import Pictures

@Suite struct TraceTests {
  private func plot(_ factor: Double, places: [Double] = [0, 100, 300]) throws -> LinePlot {
    var values: [Double] = []
    for row in places.indices {
      for sample in 0..<50 {
        let wave: Double = sin(Double(sample) / 8) * Double(row + 1)
        values.append(factor * (wave + 3))
      }
    }
    return try LinePlot.traces(
      places: places, values: values, positions: SamplePositions(first: 0, step: 1), unit: "mV")
  }

  @Test func barHasTheScaleOfTheTraces() throws {
    for (factor, label) in [(1.0, "2 mV"), (1e-3, "2 µV"), (0.25, "0.5 mV")] {
      let plot = try plot(factor)
      let bar = try #require(plot.scaleBar)
      #expect(bar.label == label)
      // The largest trace's range in the unit of the places, by the bar and as it is drawn.
      let unit = ["2 mV": 2.0, "2 µV": 2e-3, "0.5 mV": 0.5][label] ?? .nan
      let y = try #require(plot.series.last?.y)
      let drawn = (y.max() ?? 0) - (y.min() ?? 0)
      let sines = (0..<50).map { 3 * factor * sin(Double($0) / 8) }
      let range = (sines.max() ?? 0) - (sines.min() ?? 0)
      #expect(abs(drawn / bar.length - range / unit) < 1e-9)
      // About its place: without the mean.
      #expect(abs(y.reduce(0, +) / 50 - 300) < 1e-9)
    }
  }

  @Test func anythingIsDrawn() throws {
    for places in [[], [5], [5, 5], [.nan, 1, 2]] as [[Double]] {
      for factor in [0, 1, .nan, .infinity, 1e300, 1e-300] {
        let figure = Figure(
          panels: [Panel(title: "t", try plot(factor, places: places))], columns: 1)
        #expect(try !figure.rendered(as: .svg).isEmpty)
      }
    }
    #expect(throws: PictureError.self) {
      try LinePlot.traces(
        places: [0, 1], values: [1, 2, 3], positions: SamplePositions(first: 0, step: 1), unit: "")
    }
  }
}
