/// Sizes and colours that all pictures share; lengths in points.
enum Style {
  static let fontFamily = "DejaVu Sans"

  static let figureTitle = Font(size: 10.5, isBold: true)
  static let heading = Font(size: 9, isBold: true)
  static let panelTitle = Font(size: 8.5)
  static let axisLabel = Font(size: 7.5)
  static let tickLabel = Font(size: 6.8)
  static let ringLabel = Font(size: 5.6)
  static let note = Font(size: 8)

  static let ink = Color(gray: 0.1)
  static let faint = Color(gray: 0.45)
  static let zeroLine = Color(gray: 0.78)
  static let background = Color(gray: 1)
  static let trace = Color(gray: 0.08)

  static let axisLine = 0.6
  static let traceLine = 0.55
  static let tickLength = 2.6
  static let tickGap = 2.0
  static let labelGap = 3.5

  /// How much longer than its axis the label of a y axis may be.
  static let labelOverhang = 16.0

  /// The least distance between tick labels, along the x axis and along the y axis.
  static let tickLabelGapX = 5.0
  static let tickLabelGapY = 3.5

  static let margin = 8.0
  static let columnGap = 11.0
  static let rowGap = 9.0
  static let headingGap = 6.0
  static let titleGap = 4.5

  static let colorBarGap = 5.0
  static let colorBarWidth = 6.0
  static let legendGap = 6.0
  static let legendSwatch = 11.0
  static let legendLine = 10.5

  static let depthImageHeight = 165.0
  static let linesHeight = 92.0
  static let mapHeight = 132.0

  /// The radii of the discs of a map, and the colour around them.
  static let leastDisc = 1.5
  static let largestDisc = 6.5
  static let discLine = Color(gray: 0.45)

  /// The least distance between neighbouring traces over an image; with more contacts some go
  /// without.
  static let leastTraceSpacing = 5.0
}

/// A size of the one typeface.
struct Font: Equatable {
  var size: Double
  var isBold = false

  /// The height of capitals and figures.
  var capHeight: Double { 0.73 * size }
}
