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
}
