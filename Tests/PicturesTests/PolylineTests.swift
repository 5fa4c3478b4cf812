import Foundation
import Testing

@testable import Pictures

@Suite struct PolylineTests {
  @Test func peaksSurvive() {
    var points = (0..<100_000).map { Point(x: Double($0) / 1000, y: sin(Double($0))) as Point? }
    points[54_321] = Point(x: 54.321, y: 50)
    points[54_322] = Point(x: 54.322, y: -40)
    let pieces = Polyline(points, columnsPerPoint: 2).pieces
    #expect(pieces.count == 1)
    #expect(pieces[0].count <= 4 * 201)
    #expect(pieces[0].contains { $0.y == 50 } && pieces[0].contains { $0.y == -40 })
    #expect(pieces[0].first == points[0] && pieces[0].last == points[99_999])
  }

  @Test func missingPointsInterrupt() {
    let a = Point(x: 0, y: 0)
    let b = Point(x: 10, y: 5)
    #expect(
      Polyline([nil, a, b, nil, nil, b, nil], columnsPerPoint: 2).pieces == [[a, b], [b]])
    #expect(Polyline([], columnsPerPoint: 2).pieces.isEmpty)
  }

  @Test func straightLinesAreTheirEnds() {
    let line = (0...50).map { Point(x: Double($0), y: 2 * Double($0)) }
    let corner = line + (1...50).map { Point(x: 50 + Double($0), y: 100 - Double($0)) }
    #expect(Polyline.straightened(line, tolerance: 0.01) == [line[0], line[50]])
    #expect(
      Polyline.straightened(corner, tolerance: 0.01) == [corner[0], corner[50], corner[100]])
    let still = Array(repeating: Point(x: 1, y: 1), count: 5)
    #expect(Polyline.straightened(still, tolerance: 0.01) == [still[0], still[0]])
  }

  @Test func reducedLinesStayWithinTolerance() {
    let points = (0...400).map { Point(x: Double($0) / 4, y: 30 * exp(-Double($0) / 40)) }
    let kept = Polyline.straightened(points, tolerance: 0.03)
    #expect(kept.count < 60)
    for point in points {
      guard let end = kept.firstIndex(where: { $0.x >= point.x }), end > 0 else { continue }
      let (p, q) = (kept[end - 1], kept[end])
      let y = p.y + (q.y - p.y) * (point.x - p.x) / (q.x - p.x)
      #expect(abs(y - point.y) < 0.3)
    }
  }
}
