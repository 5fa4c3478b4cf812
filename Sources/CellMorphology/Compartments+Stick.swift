extension Compartments {
  /// Cylinders along a path, one between each point and the next: a cell made by hand, as in
  /// examples and tests.
  ///
  /// - Parameters:
  ///   - points: at least one, um; compartment i reaches from point i to point i + 1.
  ///   - diameter: of all compartments, um.
  ///   - section: the name of the section that they make up.
  public init(points: [SIMD3<Double>], diameter: Double, section: String = "stick") {
    let (starts, ends) = (points.dropLast(), points.dropFirst())
    let lengths = zip(starts, ends).map { distance($0, $1) }
    self.init(
      startX: starts.map(\.x), startY: starts.map(\.y), startZ: starts.map(\.z),
      endX: ends.map(\.x), endY: ends.map(\.y), endZ: ends.map(\.z),
      diameter: lengths.map { _ in diameter }, area: lengths.map { .pi * diameter * $0 },
      length: lengths, section: lengths.map { _ in 0 }, sectionNames: [section])
  }
}
