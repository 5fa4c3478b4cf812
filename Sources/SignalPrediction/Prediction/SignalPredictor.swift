public import LinearAlgebra

/// Predicts signals from rates: V[e, n] = Σ_X Σ_{k ≥ 0} H_X[e, k] ν_X[n - k].
///
/// Rates before the first step are 0, or those of a `PredictionState`. Rates are in the unit that the
/// kernels are per (for kernels of a network: spikes of the population per time step), signals in the
/// kernels' unit. Results are bit for bit the same for any number of threads.
///
///     let predictor = try SignalPredictor(responses)
///     print(predictor.plan)
///     let signals = try predictor.signals(rates)   // outputs × times
public struct SignalPredictor: Sendable {
  public let responses: ImpulseResponses

  /// How signals are computed, and why so.
  public let plan: PredictionPlan
  private let method: PredictionMethod
  private let identity: UInt64

  /// Chooses a plan.
  ///
  /// - Parameters:
  ///   - plan: a way that is to be taken, or the one with the lowest cost.
  ///   - tolerance: bound on the plan's `relativeError`, in 0 ..< 1.
  ///   - expectedSteps: how many steps will be predicted in all, if known: for few, no time is spent on
  ///     looking for a better way than the direct one.
  ///   - eventsPerStep: rates that are not 0 per step, all inputs together, if known: makes sums of
  ///     shifted kernels a candidate.
  ///   - threads: used in finding the plan.
  /// - Throws: `PredictionError` when a setting is out of range, or the asked plan cannot reach the
  ///   tolerance.
  public init(
    _ responses: ImpulseResponses, plan: PredictionPlan.Choice = .automatic,
    tolerance: Double = 1e-11, expectedSteps: Int? = nil, eventsPerStep: Double? = nil,
    threads: Int = 1
  ) throws(PredictionError) {
    guard tolerance >= 0, tolerance < 1 else {
      throw PredictionError(.setting, "the tolerance is \(tolerance); it must be in 0 ..< 1")
    }
    if let expectedSteps, expectedSteps < 0 {
      throw PredictionError(.setting, "\(expectedSteps) steps are expected; there are 0 or more")
    }
    if let eventsPerStep, !(eventsPerStep >= 0) {
      throw PredictionError(.setting, "\(eventsPerStep) events per step; there are 0 or more")
    }
    self.responses = responses
    // LAPACK's results depend on the number of threads.
    (method, self.plan) = try BLASThreads.single {
      Result { () throws(PredictionError) in
        try PlanSearch(
          responses: responses, choice: plan, tolerance: tolerance, expectedSteps: expectedSteps,
          eventsPerStep: eventsPerStep, threads: threads
        ).run()
      }
    }.get()
    identity = responses.fingerprint
  }

  /// The state before the first step: all rates were 0. Its values are, per input, the rates of the last
  /// `responses.maximumTaps` steps. It may be continued with any plan of the same impulse responses.
  public var initialState: PredictionState {
    PredictionState(
      identity: identity, step: 0,
      values: Array(repeating: 0, count: responses.inputs.count * responses.maximumTaps))
  }

  /// Outputs × times from rates, inputs × times.
  ///
  /// - Parameters:
  ///   - inputs: the inputs whose signals are summed; nil for all.
  ///   - threads: stretches of time that are computed side by side; BLAS runs on one thread within.
  /// - Throws: `PredictionError` when the rates have another number of inputs or are not finite, or an
  ///   input is unknown.
  public func signals(
    _ rates: Matrix, inputs: [String]? = nil, threads: Int = 1
  ) throws(PredictionError) -> Matrix {
    var state = initialState
    return try signals(rates, continuing: &state, inputs: inputs, threads: threads)
  }

  /// Signals of a piece of a longer signal: equal to that part of the whole up to rounding.
  ///
  /// - Throws: `PredictionError` as of `signals(_:inputs:threads:)`, and when the state is of other
  ///   impulse responses; it is then left as it was.
  public func signals(
    _ rates: Matrix, continuing state: inout PredictionState, inputs: [String]? = nil,
    threads: Int = 1
  ) throws(PredictionError) -> Matrix {
    let active = try indices(inputs)
    try check(rates, state)
    let result = Matrix(rows: responses.outputs, columns: rates.columns) { target in
      convolve(rates, state, active, target, threads)
    }
    advance(&state, rates)
    return result
  }

  /// One signal per group of inputs, such as the pathways onto one population. Nothing is stored but what
  /// is asked for.
  ///
  /// - Throws: `PredictionError` as of `signals(_:inputs:threads:)`.
  public func signals(
    _ rates: Matrix, groups: [[String]], threads: Int = 1
  ) throws(PredictionError) -> [Matrix] {
    var result: [Matrix] = []
    for group in groups { result.append(try signals(rates, inputs: group, threads: threads)) }
    return result
  }

  /// Writes signals into memory of the caller, outputs × times row by row.
  ///
  /// - Throws: `PredictionError` as of `signals(_:continuing:inputs:threads:)`, and when the memory has
  ///   another size.
  public func write(
    _ rates: Matrix, continuing state: inout PredictionState, inputs: [String]? = nil,
    into signals: UnsafeMutableBufferPointer<Double>, threads: Int = 1
  ) throws(PredictionError) {
    let active = try indices(inputs)
    try check(rates, state)
    guard signals.count == responses.outputs * rates.columns else {
      throw PredictionError(
        .shape,
        "there is memory for \(signals.count) numbers; \(responses.outputs) outputs x "
          + "\(rates.columns) times are written")
    }
    convolve(rates, state, active, signals, threads)
    advance(&state, rates)
  }

  private func convolve(
    _ rates: Matrix, _ state: PredictionState, _ active: [Int],
    _ output: UnsafeMutableBufferPointer<Double>, _ threads: Int
  ) {
    convolve(method, rates, state, active, output, threads)
  }

  /// Stretches of time whose length does not depend on the number of threads.
  func convolve(
    _ method: PredictionMethod, _ rates: Matrix, _ state: PredictionState, _ active: [Int],
    _ output: UnsafeMutableBufferPointer<Double>, _ threads: Int
  ) {
    guard let base = output.baseAddress, rates.columns > 0 else { return }
    // Different stretches are written by different threads.
    nonisolated(unsafe) let target = base
    let (history, steps) = (responses.maximumTaps, rates.columns)
    let length = max(8192, (4 * history + 1023) / 1024 * 1024)
    let past = state.values
    BLASThreads.single {
      parallelFor((steps + length - 1) / length, threads: threads) { index in
        let range = index * length..<min(steps, (index + 1) * length)
        rates.withUnsafeEntries { entries in
          guard let entries = entries.baseAddress else { return }
          let window = RateWindow(
            past: past, history: history, rates: entries, rowStride: steps, inputs: rates.rows,
            range: range)
          window.withPointers { pointers in
            method.convolve(
              pointers, steps: range.count, active: active, into: target + range.lowerBound,
              rowStride: steps)
          }
        }
      }
    }
  }

  private func advance(_ state: inout PredictionState, _ rates: Matrix) {
    let (history, steps) = (responses.maximumTaps, rates.columns)
    let new = min(history, steps)
    state.values.withUnsafeMutableBufferPointer { values in
      for x in 0..<rates.rows {
        let start = x * history
        for i in 0..<history - new { values[start + i] = values[start + i + new] }
        for i in 0..<new { values[start + history - new + i] = rates[x, steps - new + i] }
      }
    }
    state.step += steps
  }

  private func check(_ rates: Matrix, _ state: PredictionState) throws(PredictionError) {
    guard rates.rows == responses.inputs.count else {
      throw PredictionError(
        .shape,
        "the rates have \(rates.rows) rows; the kernels have \(responses.inputs.count) inputs "
          + "(\(responses.inputs.joined(separator: ", ")))")
    }
    guard allFinite(rates) else { throw notFinite(rates) }
    try state.check(
      identity: identity, count: responses.inputs.count * responses.maximumTaps)
  }

  private func notFinite(_ rates: Matrix) -> PredictionError {
    for x in 0..<rates.rows {
      if let n = (0..<rates.columns).first(where: { !rates[x, $0].isFinite }) {
        return PredictionError(
          .notFinite, "the rate of '\(responses.inputs[x])' at step \(n) is \(rates[x, n])")
      }
    }
    return PredictionError(.notFinite, "rates are so large that their sum is not finite")
  }

  /// - Throws: `PredictionError` for names that are unknown or twice there.
  func indices(_ names: [String]?) throws(PredictionError) -> [Int] {
    guard let names else { return Array(responses.inputs.indices) }
    var result: [Int] = []
    for name in names {
      guard let index = responses.inputs.firstIndex(of: name), !result.contains(index) else {
        throw PredictionError(
          .setting,
          "'\(name)' is no input, or is given twice; inputs are "
            + responses.inputs.joined(separator: ", "))
      }
      result.append(index)
    }
    return result.sorted()
  }
}
