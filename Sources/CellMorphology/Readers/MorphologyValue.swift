/// Limits on the numbers that morphology files hold.
enum MorphologyValue {
  /// Coordinates, lengths and diameters are at most a kilometre, um.
  static let largest = 1e9

  /// Diameters below a picometre are no diameters, um.
  static let smallestDiameter = 1e-6

  static func isCoordinate(_ value: Double) -> Bool { value.magnitude <= largest }
}
