/// What can go wrong when a picture is described or drawn.
public enum PictureError: Error, Equatable, Sendable {
  /// The ending of a file name belongs to no picture format; `allowed` names those that do.
  case unknownEnding(fileName: String, allowed: [String])

  /// The numbers of values do not agree.
  case shape(what: String, expected: Int, found: Int)

  /// A quantity that must be finite and positive is not.
  case notPositive(what: String, value: Double)

  /// A PNG would have more pixels along one side than Cairo can hold.
  case tooManyPixels(width: Double, height: Double, limit: Int)

  /// Cairo refused; `status` is its own explanation.
  case cairo(status: String)
}

extension PictureError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknownEnding(let fileName, let allowed):
      return
        "'\(fileName)' ends in no known picture format; allowed: \(allowed.joined(separator: ", "))"
    case .shape(let what, let expected, let found):
      return "\(what): expected \(expected), found \(found)"
    case .notPositive(let what, let value):
      return "\(what) must be positive and finite, found \(value)"
    case .tooManyPixels(let width, let height, let limit):
      return "a PNG of \(width) × \(height) pixels is too large (at most \(limit) along a side); "
        + "draw fewer panels, use a smaller scale, or write SVG or PDF"
    case .cairo(let status):
      return "the drawing library Cairo failed: \(status)"
    }
  }
}
