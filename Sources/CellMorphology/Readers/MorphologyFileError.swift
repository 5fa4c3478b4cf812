/// Why a morphology file cannot be read: where, what is wrong, and what would be right.
public struct MorphologyFileError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Nil when the format itself could not be told.
  public let format: MorphologyFormat?

  /// Number of the line, from 1; nil when the file as a whole is wrong.
  public let line: Int?

  /// What is wrong.
  public let problem: String

  /// What would be right.
  public let remedy: String

  public init(format: MorphologyFormat?, line: Int?, problem: String, remedy: String) {
    self.format = format
    self.line = line
    self.problem = problem
    self.remedy = remedy
  }

  public var description: String {
    let place = line.map { "line \($0): " } ?? ""
    return "\(place)\(problem); \(remedy)"
  }
}
