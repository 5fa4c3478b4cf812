/// What a prediction remembers of its past, to be continued. Its numbers can be stored and given back; a
/// state of other impulse responses, or of another kind of predictor, is refused.
public struct PredictionState: Sendable, Equatable, Codable {
  /// Of the impulse responses and the kind of predictor.
  public let identity: UInt64

  /// Steps that were predicted so far.
  public internal(set) var step: Int

  /// What the predictor remembers; see there.
  public internal(set) var values: [Double]

  public init(identity: UInt64, step: Int, values: [Double]) {
    self.identity = identity
    self.step = step
    self.values = values
  }

  /// - Throws: `PredictionError` when the state is another's, or has been cut or spoilt.
  func check(identity: UInt64, count: Int) throws(PredictionError) {
    guard self.identity == identity else {
      throw PredictionError(
        .state, "the state belongs to other impulse responses or to another kind of predictor")
    }
    guard values.count == count, step >= 0 else {
      throw PredictionError(
        .state, "the state has \(values.count) numbers and step \(step); \(count) numbers are due")
    }
    guard values.allSatisfy(\.isFinite) else {
      throw PredictionError(.state, "a number of the state is not finite")
    }
  }
}
