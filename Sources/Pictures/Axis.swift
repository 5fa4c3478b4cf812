/// How values are laid along an axis.
public enum AxisScale: Equatable, Sendable {
  case linear

  /// Logarithmic to base 10; values that are zero or negative are not drawn.
  case logarithmic
}

/// What is measured along one side of a panel.
public struct Axis: Equatable, Sendable {
  /// The name of the quantity, such as "Lag".
  public var name: String

  /// The unit of the data, such as "ms"; empty for a quantity without unit.
  ///
  /// `um`, `uV` and the like are drawn with µ, and `^2` or `^-1` raised. Where numbers would be
  /// unwieldy the picture shows a multiple of the unit (nV for mV, 10⁻³ nA µm for nA µm) and says
  /// so.
  public var unit: String

  /// Linear or logarithmic.
  public var scale: AxisScale

  /// The range that is shown, in `unit`; nil for the range of the data.
  public var range: ClosedRange<Double>?

  public init(
    _ name: String, unit: String = "", scale: AxisScale = .linear,
    range: ClosedRange<Double>? = nil
  ) {
    self.name = name
    self.unit = unit
    self.scale = scale
    self.range = range
  }

  /// The lag between a presynaptic spike and the signal, in ms.
  public static let lag = Axis("Lag", unit: "ms")

  /// Time, in ms.
  public static let time = Axis("Time", unit: "ms")

  /// The height of a contact, in um: upwards, so that it is no depth.
  public static let depth = Axis("z", unit: "um")
}
