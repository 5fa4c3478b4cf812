internal import ForwardModels

/// How the current of a compartment is spread in space, by its name in description files.
public enum CurrentSpread: String, Sendable, Equatable, CaseIterable {
  /// Each compartment is a point at its midpoint.
  case point

  /// Each compartment is a line from its start to its end.
  case line

  /// The root compartment is a point, the others are lines.
  case somaAsPoint = "soma_as_point"

  var source: CurrentSource {
    switch self {
    case .point: .points
    case .line: .lines
    case .somaAsPoint: .linesAndPoints([0])
    }
  }
}
