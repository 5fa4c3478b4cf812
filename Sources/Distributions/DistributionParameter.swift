/// What a parameter of a distribution is called and means, for programs that read descriptions.
public struct DistributionParameter: Sendable, Hashable {
  /// The name in scipy.stats, and that in a description file.
  public let name: String
  /// The value where none is given, as in scipy; `nil` where one must be given.
  public let defaultValue: Double?
  /// Whether the parameter is in the unit of the variable (as `loc`, `scale`, `low`, `high`,
  /// `value`), rather than a pure number (as `a`, `b`, `s`, `mu`, `n`, `p`).
  public let hasUnitOfVariable: Bool

  /// Whether a value must be given.
  public var isRequired: Bool { defaultValue == nil }

  static let loc = DistributionParameter(name: "loc", defaultValue: 0, hasUnitOfVariable: true)
  static let scale = DistributionParameter(
    name: "scale", defaultValue: 1, hasUnitOfVariable: true)

  /// A pure number.
  static func number(_ name: String, _ defaultValue: Double? = nil) -> DistributionParameter {
    DistributionParameter(name: name, defaultValue: defaultValue, hasUnitOfVariable: false)
  }

  /// A value of the variable.
  static func value(_ name: String, _ defaultValue: Double? = nil) -> DistributionParameter {
    DistributionParameter(name: name, defaultValue: defaultValue, hasUnitOfVariable: true)
  }
}
