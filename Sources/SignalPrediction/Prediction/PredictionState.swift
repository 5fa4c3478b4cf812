/// What a prediction remembers of its past, to be continued. Its numbers can be stored and given back; a
/// state of other impulse responses, or of another kind of predictor, is refused.
public struct PredictionState: Sendable, Equatable, Codable {
  /// Of the impulse responses and the kind of predictor.
  public let identity: UInt64

  /// Of the linear systems that stand for the kernels; 0 where there are none.
  public let systems: UInt64

  /// Steps that were predicted so far.
  public internal(set) var step: Int

  /// What the predictor remembers; see there.
  public internal(set) var values: [Double]

  public init(identity: UInt64, systems: UInt64 = 0, step: Int, values: [Double]) {
    self.identity = identity
    self.systems = systems
    self.step = step
    self.values = values
  }

  /// - Parameters:
  ///   - count: how many values there are if the systems are the same.
  ///   - others: at least so many values are there, if they are not.
  /// - Throws: `PredictionError` when the state is another's, or has been cut or spoilt.
  func check(
    identity: UInt64, systems: UInt64 = 0, count: Int, others: Int = 0
  ) throws(PredictionError) {
    guard self.identity == identity else {
      throw PredictionError(
        .state, "the state belongs to other impulse responses or to another kind of predictor")
    }
    let complete = self.systems == systems ? values.count == count : values.count >= others
    guard complete, step >= 0 else {
      throw PredictionError(
        .state, "the state has \(values.count) numbers and step \(step); \(count) numbers are due")
    }
    guard values.allSatisfy(\.isFinite) else {
      throw PredictionError(.state, "a number of the state is not finite")
    }
  }
}
