/// Colours for values of both signs: blue below zero, near-white at zero, red above.
///
/// Lightness falls linearly with magnitude, and equally on both sides, so that neither sign looks
/// stronger. Hue and chroma pass through anchors that lie within what screens can show.
struct DivergingColorMap: Equatable {
  /// The map that all pictures use.
  static let standard = DivergingColorMap()

  /// A value that is missing.
  static let missing = Color(gray: 0.82)

  /// Colours at equally spaced values from −1 to 1; an odd number, so that zero is among them.
  private let table: [Color]

  private static let lightest = 97.5
  private static let darkest = 31.5

  /// Chroma and hue (degrees) at magnitudes 0, 1/4, 1/2, 3/4, 1.
  private static let blue = [(0.0, 250.0), (21, 255), (38, 262), (43, 272), (40, 278)]
  private static let red = [(0.0, 50.0), (24, 45), (48, 40), (60, 36), (56, 33)]

  init() {
    let steps = 256
    table = (-steps...steps).map { DivergingColorMap.exact(Double($0) / Double(steps)) }
  }

  /// The colour of a value, −1 ... 1; beyond, that of the end; NaN is missing.
  func color(_ value: Double) -> Color {
    guard !value.isNaN else { return DivergingColorMap.missing }
    let half = Double(table.count / 2)
    return table[Int((min(max(value, -1), 1) * half + half).rounded())]
  }

  /// The colour of a value without the table, −1 ... 1.
  static func exact(_ value: Double) -> Color {
    let magnitude = min(abs(value), 1)
    let anchors = (value < 0 ? blue : red).map { chroma, hue in
      LabColor(lightness: 0, chroma: chroma, hue: hue)
    }
    return LabColor(
      lightness: lightest + (darkest - lightest) * magnitude,
      a: interpolated(anchors.map(\.a), at: magnitude),
      b: interpolated(anchors.map(\.b), at: magnitude)
    ).color
  }

  /// A smooth curve through equally spaced points (cubic Hermite, tangents from neighbours), at t
  /// in 0 ... 1.
  static func interpolated(_ points: [Double], at t: Double) -> Double {
    let last = points.count - 1
    let index = min(Int(t * Double(last)), last - 1)
    let u = t * Double(last) - Double(index)
    func slope(_ i: Int) -> Double {
      let (before, after) = (max(i - 1, 0), min(i + 1, last))
      return (points[after] - points[before]) / Double(after - before)
    }
    let (p, q) = (points[index], points[index + 1])
    let (m, n) = (slope(index), slope(index + 1))
    let v = 1 - u
    return p * (1 + 2 * u) * v * v + m * u * v * v + q * u * u * (3 - 2 * u) - n * u * u * v
  }
}
