/// Colours for values from a least to a greatest: from dark violet over green to yellow, ever lighter.
enum SequentialColorMap {
  private static let darkest = 22.0
  private static let lightest = 84.0

  /// Chroma and hue (degrees) at fractions 0, 1/4, 1/2, 3/4, 1.
  private static let anchors = [(46.0, 305.0), (44, 280), (34, 215), (50, 150), (74, 100)]

  /// The colour at a fraction, 0 ... 1; beyond, that of the end; NaN is missing.
  static func color(_ fraction: Double) -> Color {
    guard !fraction.isNaN else { return DivergingColorMap.missing }
    let t = min(max(fraction, 0), 1)
    let points = anchors.map { LabColor(lightness: 0, chroma: $0.0, hue: $0.1) }
    return LabColor(
      lightness: darkest + (lightest - darkest) * t,
      a: DivergingColorMap.interpolated(points.map(\.a), at: t),
      b: DivergingColorMap.interpolated(points.map(\.b), at: t)
    ).color
  }
}

extension Color {
  /// Colours that tell the order of lines: from dark violet at 0 to yellow at 1.
  public static func sequential(_ fraction: Double) -> Color { SequentialColorMap.color(fraction) }
}
