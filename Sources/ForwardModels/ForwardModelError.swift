/// Why a forward model cannot be made.
public struct ForwardModelError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Name of the parameter, as in a description file.
  public let parameter: String
  public let description: String

  public init(parameter: String, _ description: String) {
    self.parameter = parameter
    self.description = description
  }

  static func requirePositive(_ value: Double, _ parameter: String, unit: String)
    throws(ForwardModelError)
  {
    guard value > 0, value.isFinite else {
      throw ForwardModelError(
        parameter: parameter, "\(parameter) is \(value) \(unit); it must be positive and finite")
    }
  }

  static func requireFinite(_ contacts: [SIMD3<Double>]) throws(ForwardModelError) {
    for (i, c) in contacts.enumerated() where !(c.x.isFinite && c.y.isFinite && c.z.isFinite) {
      throw ForwardModelError(
        parameter: "contacts", "contact \(i + 1) has a coordinate that is not finite")
    }
    guard !contacts.isEmpty else {
      throw ForwardModelError(parameter: "contacts", "there are no contacts; give at least one")
    }
  }
}
