public enum Distribution: Sendable, Equatable, Hashable {
  case stub
  public var standardDeviation: Double { 0 }
}
