/// Why a sweep cannot be run or joined, and what to do.
public struct SweepError: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}
