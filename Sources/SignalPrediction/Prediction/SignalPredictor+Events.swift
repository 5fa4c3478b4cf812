public import LinearAlgebra

/// Spikes of an input in one time step.
public struct InputEvent: Sendable, Equatable {
  public var step: Int

  /// Number of spikes, or any weight.
  public var count: Double

  public init(step: Int, count: Double = 1) {
    self.step = step
    self.count = count
  }
}

extension SignalPredictor {
  /// Outputs × steps from events per input, in any order; events in one step add up. Where the counted
  /// cost of summing shifted kernels is below that of the plan, they are summed.
  ///
  /// - Throws: `PredictionError` when there are not as many lists as inputs, or an event is not in 0 ..<
  ///   steps or its count not finite.
  public func signals(
    events: [[InputEvent]], steps: Int, inputs: [String]? = nil, threads: Int = 1
  ) throws(PredictionError) -> Matrix {
    guard events.count == responses.inputs.count, steps >= 0 else {
      throw PredictionError(
        .shape,
        "there are \(events.count) lists of events for \(responses.inputs.count) inputs and "
          + "\(steps) steps")
    }
    var rates = Matrix(rows: events.count, columns: steps)
    for (x, list) in events.enumerated() {
      for event in list {
        guard event.step >= 0, event.step < steps, event.count.isFinite else {
          throw PredictionError(
            .setting,
            "an event of '\(responses.inputs[x])' has step \(event.step) and count "
              + "\(event.count); steps are 0 ..< \(steps)")
        }
        rates[x, event.step] += event.count
      }
    }
    guard steps > 0, costOfEvents(rates) < (chosen?.secondsPerStep ?? 0) else {
      return try signals(rates, inputs: inputs, threads: threads)
    }
    let active = try indices(inputs)
    return Matrix(rows: responses.outputs, columns: steps) { target in
      convolve(
        .events(EventSum(kernels: responses.taps)), rates, initialState, active, target, threads)
    }
  }

  private var chosen: PredictionPlan.Candidate? { plan.candidates.first { $0.form == plan.form } }

  private func costOfEvents(_ rates: Matrix) -> Double {
    let filled = rates.withUnsafeEntries { $0.count { $0 != 0 } }
    return PlanCosts(outputs: responses.outputs, taps: responses.taps.map(\.columns))
      .events(density: Double(filled) / Double(rates.columns)).secondsPerStep
  }
}
