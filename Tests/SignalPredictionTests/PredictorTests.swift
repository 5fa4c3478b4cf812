import LinearAlgebra
import SignalPrediction
import Testing

@Suite struct PredictorTests {
  /// Of all kinds: a tap, an output, a step, kernels longer than signals, and block edges.
  @Test func allPlansAreTheDirectSumOverRandomShapes() throws {
    var random = Random(seed: 1)
    let shapes = [
      (1, [1], 1), (1, [1], 700), (1, [400], 3), (3, [5, 90, 1], 200), (40, [70], 130),
      (1, [200, 300], 2100), (5, [33], 513), (150, [20, 3], 40),
    ]
    for (outputs, taps, steps) in shapes {
      let responses = try ImpulseResponses(
        dt: 0.1, inputs: taps.indices.map { "\($0)" }, taps: taps.map { random.matrix(outputs, $0) }
      )
      let rates = random.matrix(taps.count, steps)
      let expected = exactSignals(responses, rates)
      for choice in [PredictionPlan.Choice.dense, .events, .automatic] {
        let predictor = try SignalPredictor(responses, plan: choice)
        // Sums of at most a thousand terms, as large together as 100 times the result.
        let difference = relativeDifference(try predictor.signals(rates), expected)
        #expect(difference < 1e-13, "\(outputs) x \(taps) x \(steps), \(choice)")
      }
    }
  }

  @Test func allPlansAgreeOnSmoothKernels() throws {
    var random = Random(seed: 2)
    let responses = try smoothResponses(outputs: 9, taps: [301, 420, 150])
    let rates = random.counts(3, 1500)
    let expected = exactSignals(responses, rates)
    for choice in PredictionPlan.Choice.allCases {
      let predictor = try SignalPredictor(responses, plan: choice)
      let difference = relativeDifference(try predictor.signals(rates), expected)
      print(predictor.plan, difference)
      #expect(difference < 1e-10, "\(choice): \(predictor.plan)")
    }
  }
}
