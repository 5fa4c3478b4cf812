import LinearAlgebra
import SignalPrediction
import Testing

@Suite struct BadInputTests {
  @Test func kernels() {
    let good = Matrix([[1, 2]])
    let cases: [(Double, [String], [Matrix], PredictionError.Kind)] = [
      (0, ["a"], [good], .setting), (.nan, ["a"], [good], .setting), (1, [], [], .shape),
      (1, ["a", "b"], [good], .shape), (1, ["a", "a"], [good, good], .setting),
      (1, ["a", "b"], [good, Matrix([[1], [2]])], .shape),
      (1, ["a"], [Matrix(rows: 1, columns: 0)], .shape),
      (1, ["a"], [Matrix(rows: 0, columns: 1)], .shape),
      (1, ["a"], [Matrix([[1, .nan]])], .notFinite),
      (1, ["a"], [Matrix([[1, -.infinity]])], .notFinite),
    ]
    for (dt, inputs, taps, kind) in cases {
      let error = #expect(throws: PredictionError.self) {
        try ImpulseResponses(dt: dt, inputs: inputs, taps: taps)
      }
      #expect(error?.kind == kind)
    }
  }

  @Test func ratesStatesAndSettings() throws {
    let responses = try smoothResponses(outputs: 2, taps: [30, 40])
    let predictor = try SignalPredictor(responses)
    func kind(_ body: () throws -> Void) -> PredictionError.Kind? {
      #expect(throws: PredictionError.self, performing: body)?.kind
    }
    #expect(kind { _ = try predictor.signals(Matrix(rows: 3, columns: 5)) } == .shape)
    let error = #expect(throws: PredictionError.self) {
      try predictor.signals(Matrix([[0, 1, 2], [0, .nan, 2]]))
    }
    #expect(error?.kind == .notFinite && error?.description.contains("'X1' at step 1") == true)
    let other = try SignalPredictor(smoothResponses(outputs: 2, taps: [30, 41]))
    var state = other.initialState
    #expect(
      kind { _ = try predictor.signals(Matrix(rows: 2, columns: 5), continuing: &state) } == .state)
    for event in [InputEvent(step: -1), InputEvent(step: 9), InputEvent(step: 0, count: .nan)] {
      #expect(kind { _ = try predictor.signals(events: [[event], []], steps: 9) } == .setting)
    }
    #expect(kind { _ = try predictor.signals(events: [[]], steps: 9) } == .shape)
    for tolerance in [-1, 1, Double.nan] {
      #expect(kind { _ = try SignalPredictor(responses, tolerance: tolerance) } == .setting)
    }
    #expect(kind { _ = try SignalPredictor(responses, expectedSteps: -1) } == .setting)
    #expect(kind { _ = try SignalPredictor(responses, eventsPerStep: .nan) } == .setting)
  }

  /// Products and sums of finite numbers that are not finite are an error in every plan and step.
  @Test(arguments: PredictionPlan.Choice.allCases)
  func overflow(choice: PredictionPlan.Choice) throws {
    let smooth = try smoothResponses(outputs: 40, taps: [300, 400])
    let responses = try ImpulseResponses(
      dt: smooth.dt, inputs: smooth.inputs, taps: smooth.taps.map { 1e140 * $0 })
    let predictor = try SignalPredictor(responses, plan: choice)
    let rates = Matrix(rows: 2, columns: 500) { target in
      for i in target.indices { target[i] = i % 7 == 0 ? 1e200 : 0 }
    }
    var state = predictor.initialState
    let error = #expect(throws: PredictionError.self) {
      try predictor.signals(rates, continuing: &state)
    }
    #expect(error?.kind == .notFinite && error?.description.contains("too large") == true)
    #expect(state == predictor.initialState)
  }

  @Test(arguments: [StreamingPredictor.Form.taps, .stateSpace(tolerance: 1e-11)])
  func overflowInAStream(form: StreamingPredictor.Form) throws {
    let smooth = try smoothResponses(outputs: 4, taps: [300])
    let responses = try ImpulseResponses(
      dt: smooth.dt, inputs: smooth.inputs, taps: smooth.taps.map { 1e140 * $0 })
    var predictor = try StreamingPredictor(responses, form: form)
    let start = predictor.state
    var signals = [0.0, 0, 0, 0]
    let error = #expect(throws: PredictionError.self) {
      for _ in 0..<300 { try predictor.step([1e200], into: &signals) }
    }
    #expect(error?.kind == .notFinite)
    try predictor.restore(start)
    try predictor.step([1], into: &signals)
    let second = #expect(throws: PredictionError.self) {
      try predictor.advance(
        Matrix(rows: 1, columns: 300) { for i in $0.indices { $0[i] = 1e200 } })
    }
    #expect(second?.kind == .notFinite)
  }

  /// The smallest and largest kernels that can be: no NaN, an error where sums are not finite.
  @Test func extremeKernels() throws {
    let smooth = try smoothResponses(outputs: 40, taps: [300])
    let least = Double.leastNormalMagnitude
    for scale in [1e-12 * least, 0.01 * least, 1e-300, 1e290] {
      let responses = try ImpulseResponses(
        dt: smooth.dt, inputs: smooth.inputs, taps: smooth.taps.map { scale * $0 })
      for choice in [PredictionPlan.Choice.automatic, .dense] {
        let plan = try SignalPredictor(responses, plan: choice, expectedSteps: 100_000)
        _ = try plan.signals(Matrix(rows: 1, columns: 500) { for i in $0.indices { $0[i] = 1 } })
      }
      _ = try StreamingPredictor(responses)
    }
    #expect(throws: PredictionError.self) {
      try ImpulseResponses(dt: 0.1, inputs: ["a"], taps: [Matrix([[1e308, 1e308]])])
    }
  }
}
