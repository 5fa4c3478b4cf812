public import LinearAlgebra

/// Predicts signals from kernels that change with the state of the network:
/// V[e, n] = Σ_l Σ_X Σ_{k ≥ 0} H_lX[e, k] w_l[n - k] ν_X[n - k].
///
/// Each of some levels of the state has its impulse responses H_l, and weights w_l say how much of each
/// is taken at a time: one of them 1 picks a level, several interpolate. A spike keeps the response of the
/// state at its own time, so that the signal stays linear in spikes and has no jump where the state
/// changes: responses to earlier spikes run on beside those to later ones. With one level of weight 1 the
/// signal is that of a `SignalPredictor`, bit for bit.
public struct BankPredictor: Sendable {
  /// Names of the inputs, the same at all levels.
  public let inputs: [String]

  /// The number of levels.
  public let levels: Int

  /// Predicts from weighted rates: its inputs are those of the first level, then of the second, ...
  public let predictor: SignalPredictor

  /// - Parameters:
  ///   - levels: the impulse responses at each level.
  ///   - eventsPerStep: weighted rates that are not 0 per step, if known.
  /// - Throws: `PredictionError` when there is no level, or levels differ in step, inputs or outputs, and
  ///   as of `SignalPredictor`, whose parameters the others are.
  public init(
    _ levels: [ImpulseResponses], plan: PredictionPlan.Choice = .automatic,
    tolerance: Double = 1e-11, expectedSteps: Int? = nil, eventsPerStep: Double? = nil,
    threads: Int = 1
  ) throws(PredictionError) {
    guard let first = levels.first else {
      throw PredictionError(.shape, "a bank has no levels; at least one is needed")
    }
    for (index, level) in levels.enumerated() {
      guard level.dt == first.dt, level.inputs == first.inputs, level.outputs == first.outputs
      else {
        throw PredictionError(
          .shape,
          "level \(index) of a bank has another step, other inputs or outputs than the first")
      }
    }
    inputs = first.inputs
    self.levels = levels.count
    let responses =
      levels.count == 1
      ? first
      : try ImpulseResponses(
        dt: first.dt,
        inputs: levels.indices.flatMap { level in first.inputs.map { "\($0) @ \(level)" } },
        taps: levels.flatMap(\.taps))
    predictor = try SignalPredictor(
      responses, plan: plan, tolerance: tolerance, expectedSteps: expectedSteps,
      eventsPerStep: eventsPerStep, threads: threads)
  }

  /// The rates of the predictor's inputs, w_l ν_X.
  ///
  /// - Parameters:
  ///   - rates: inputs × steps.
  ///   - weights: levels × steps.
  /// - Throws: `PredictionError` when sizes do not fit.
  public func weighted(_ rates: Matrix, by weights: Matrix) throws(PredictionError) -> Matrix {
    guard rates.rows == inputs.count, weights.rows == levels, rates.columns == weights.columns
    else {
      throw PredictionError(
        .shape,
        "rates are \(rates.rows) x \(rates.columns) and weights \(weights.rows) x "
          + "\(weights.columns); \(inputs.count) inputs and \(levels) levels have as many steps")
    }
    let (steps, inputs) = (rates.columns, rates.rows)
    var result = Matrix(rows: levels * inputs, columns: steps)
    result.withUnsafeMutableEntries { target in
      rates.withUnsafeEntries { rates in
        weights.withUnsafeEntries { weights in
          for row in 0..<levels * inputs {
            let (level, input) = (row / inputs, row % inputs)
            for n in 0..<steps {
              target[row * steps + n] = weights[level * steps + n] * rates[input * steps + n]
            }
          }
        }
      }
    }
    return result
  }

  /// The state before the first step: all rates were 0.
  public var initialState: PredictionState { predictor.initialState }

  /// Outputs × steps from rates, inputs × steps, and weights, levels × steps.
  ///
  /// - Throws: `PredictionError` when sizes do not fit or a number is not finite.
  public func signals(
    _ rates: Matrix, weights: Matrix, threads: Int = 1
  ) throws(PredictionError) -> Matrix {
    try predictor.signals(try weighted(rates, by: weights), threads: threads)
  }

  /// Signals of a piece of a longer signal.
  ///
  /// - Throws: `PredictionError` also when the state is of other impulse responses.
  public func signals(
    _ rates: Matrix, weights: Matrix, continuing state: inout PredictionState, threads: Int = 1
  ) throws(PredictionError) -> Matrix {
    try predictor.signals(
      try weighted(rates, by: weights), continuing: &state, threads: threads)
  }
}
