/// A place on the page, in points from its upper left corner, y downwards.
struct Point: Equatable {
  var x: Double
  var y: Double
}

/// A rectangle on the page, in points.
struct Rectangle: Equatable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  var maxX: Double { x + width }
  var maxY: Double { y + height }
  var midX: Double { x + width / 2 }
  var midY: Double { y + height / 2 }
}
