import Foundation

/// A line of many points, reduced to what the page can show.
struct Polyline {
  /// The pieces between missing points.
  private(set) var pieces: [[Point]] = []

  private let columnsPerPoint: Double
  private var column: Column?

  /// Consecutive points within one column of the page.
  private struct Column {
    var index: Double
    var first: Point
    var last: Point
    var lowest: (point: Point, order: Int)
    var highest: (point: Point, order: Int)
    var count: Int

    init(_ point: Point, index: Double) {
      self.index = index
      (first, last, lowest, highest) = (point, point, (point, 0), (point, 0))
      count = 1
    }

    mutating func add(_ point: Point) {
      last = point
      if point.y < lowest.point.y { lowest = (point, count) }
      if point.y > highest.point.y { highest = (point, count) }
      count += 1
    }

    /// First, extremes in their order, last.
    var points: [Point] {
      let extremes = lowest.order < highest.order ? [lowest, highest] : [highest, lowest]
      var result = [first]
      for point in extremes.map(\.point) + [last] where point != result.last {
        result.append(point)
      }
      return result
    }
  }

  /// - Parameters:
  ///   - points: on the page; nil where the line is interrupted.
  ///   - columnsPerPoint: the resolution along x: of the points within one column the first, the
  ///     last and the extremes remain, so that no peak is lost.
  ///   - tolerance: the distance from the line, in points, up to which a point is dropped.
  init(_ points: some Sequence<Point?>, columnsPerPoint: Double, tolerance: Double = 0.03) {
    self.columnsPerPoint = columnsPerPoint
    var isOpen = false
    for point in points {
      guard let point else {
        flush()
        isOpen = false
        continue
      }
      if !isOpen { pieces.append([]) }
      isOpen = true
      append(point)
    }
    flush()
    pieces = pieces.map { Polyline.straightened($0, tolerance: tolerance) }
  }

  private mutating func append(_ point: Point) {
    let index = (point.x * columnsPerPoint).rounded(.down)
    if column?.index == index {
      column?.add(point)
    } else {
      flush()
      column = Column(point, index: index)
    }
  }

  private mutating func flush() {
    guard let column, !pieces.isEmpty else { return }
    pieces[pieces.count - 1] += column.points
    self.column = nil
  }

  /// The line without the points that lie on (within a tolerance of) the straight line between
  /// those that are kept: the algorithm of Ramer (1972) and of Douglas & Peucker (1973).
  static func straightened(_ points: [Point], tolerance: Double) -> [Point] {
    guard points.count > 2 else { return points }
    var isKept = Array(repeating: false, count: points.count)
    isKept[0] = true
    isKept[points.count - 1] = true
    var open = [(0, points.count - 1)]
    while let (start, end) = open.popLast() {
      var (farthest, distance) = (start, tolerance)
      for index in start + 1..<max(end, start + 1) {
        let here = Polyline.distance(points[index], points[start], points[end])
        if here > distance { (farthest, distance) = (index, here) }
      }
      guard farthest > start else { continue }
      isKept[farthest] = true
      open += [(start, farthest), (farthest, end)]
    }
    return zip(points, isKept).filter(\.1).map(\.0)
  }

  /// The distance of a point from the stretch between two others.
  private static func distance(_ point: Point, _ start: Point, _ end: Point) -> Double {
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let (px, py) = (point.x - start.x, point.y - start.y)
    let square = dx * dx + dy * dy
    let along = square > 0 ? min(max((px * dx + py * dy) / square, 0), 1) : 0
    return hypot(px - along * dx, py - along * dy)
  }
}
