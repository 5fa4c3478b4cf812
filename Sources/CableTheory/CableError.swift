/// What makes a cable impossible to solve.
public enum CableError: Error, Sendable, Equatable, CustomStringConvertible {
  case parameter(name: String, compartment: Int, value: Double, unit: String)
  case noCapacitance

  /// The exact solver's checks found a larger error than was allowed, also with more nodes.
  case inaccurate(estimate: Double, tolerance: Double)

  /// Channels resonate so sharply that the exact solver cannot enclose all poles of the response.
  case resonant

  public var description: String {
    switch self {
    case .parameter(let name, let compartment, let value, let unit):
      "compartment \(compartment) has \(name) \(value) \(unit); it must be finite and not negative"
    case .resonant:
      "channels make the cell resonate too sharply for the exact solver over these lags; use a shorter "
        + "tau, or solver: backward-euler"
    case .noCapacitance: "no compartment has a capacitance; cm must be positive somewhere"
    case .inaccurate(let estimate, let tolerance):
      "the exact solver reaches an error of \(estimate) relative to the kernel's maximum, above the "
        + "tolerance \(tolerance); allow a larger tolerance or use solver: backward-euler"
    }
  }
}
