/// Why a signal cannot be predicted, compared or filtered.
public struct PredictionError: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Kind: Sendable, Equatable {
    /// Sizes that do not fit each other.
    case shape

    /// A number that is NaN or infinite.
    case notFinite

    /// A setting outside of its range.
    case setting

    /// The asked form of a plan cannot reach the tolerance.
    case unreachable

    /// A state that belongs to other kernels or to another form.
    case state

    /// LAPACK failed.
    case numerical
  }

  public let kind: Kind

  /// What is wrong with which value, and what would be right.
  public let description: String

  /// An error with its explanation.
  public init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
