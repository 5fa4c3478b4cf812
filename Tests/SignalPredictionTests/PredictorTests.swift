import LinearAlgebra
import SignalPrediction
import Testing

@Suite struct PredictorTests {
  /// Of all kinds: a tap, an output, a step, kernels longer than signals, and block edges.
  @Test func allPlansAreTheDirectSumOverRandomShapes() throws {
    var random = Random(seed: 1)
    let shapes = [
      (1, [1], 1), (1, [1], 700), (1, [400], 3), (3, [5, 90, 1], 200), (40, [70], 130),
      (1, [200, 300], 2100), (5, [33], 513), (150, [20, 3], 40), (2, [17], 8193),
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
    for (outputs, taps) in [(9, [301, 420, 150]), (2, [500]), (40, [240, 200])] {
      let responses = try smoothResponses(outputs: outputs, taps: taps)
      let rates = random.counts(taps.count, 1100)
      let expected = exactSignals(responses, rates)
      for choice in PredictionPlan.Choice.allCases where choice != .lowRank || outputs > 4 {
        let predictor = try SignalPredictor(responses, plan: choice)
        let difference = relativeDifference(try predictor.signals(rates), expected)
        #expect(difference < 1e-10, "\(choice): \(predictor.plan)")
        #expect(predictor.plan.relativeError <= 1e-11)
      }
    }
  }

  /// A response that has not died away at its last tap ends there all the same.
  @Test func cutResponsesEnd() throws {
    for (decay, taps) in [(0.999, 300), (1.0, 200), (1.001, 250)] {
      var values = [Double](repeating: 1, count: taps)
      for k in 1..<taps { values[k] = values[k - 1] * decay }
      let responses = try ImpulseResponses(dt: 1, inputs: ["a"], taps: [Matrix([values])])
      var rates = Matrix(rows: 1, columns: 1500)
      for n in 0..<100 { rates[0, 5 * n] = Double(n % 7) }
      let expected = exactSignals(responses, rates)
      let predictor = try SignalPredictor(responses)
      let signals = try predictor.signals(rates)
      #expect(relativeDifference(signals, expected) < 1e-10, "\(predictor.plan)")
      var streaming = try StreamingPredictor(responses)
      let streamed = try streaming.advance(rates)
      #expect(relativeDifference(streamed, expected) < 1e-10)
      #expect(abs(streamed[0, 1499]) <= 1e-10 * expected.maximumMagnitude)
    }
  }

  @Test(arguments: PredictionPlan.Choice.allCases)
  func linearImpulseShift(_ choice: PredictionPlan.Choice) throws {
    var random = Random(seed: 3)
    let responses = try smoothResponses(outputs: 5, taps: [120, 80])
    let predictor = try SignalPredictor(responses, plan: choice)
    let (a, b) = (random.matrix(2, 400), random.matrix(2, 400))
    let sum = try predictor.signals(a + 3 * b)
    let parts = try predictor.signals(a) + 3 * predictor.signals(b)
    #expect(relativeDifference(sum, parts) < 1e-13)

    for (x, at) in [(0, 0), (1, 250)] {
      var impulse = Matrix(rows: 2, columns: 400)
      impulse[x, at] = 1
      let response = try predictor.signals(impulse)
      let taps = responses.taps[x]
      for e in 0..<5 {
        for n in 0..<400 {
          let k = n - at
          let expected = k >= 0 && k < taps.columns ? taps[e, k] : 0
          #expect(abs(response[e, n] - expected) <= 1e-10 * taps.maximumMagnitude)
        }
      }
    }

    var late = Matrix(rows: 2, columns: 400)
    for x in 0..<2 { for n in 37..<400 { late[x, n] = a[x, n - 37] } }
    let (original, shifted) = (try predictor.signals(a), try predictor.signals(late))
    var difference = 0.0
    for e in 0..<5 {
      for n in 0..<37 { #expect(shifted[e, n] == 0) }
      for n in 37..<400 { difference = max(difference, abs(shifted[e, n] - original[e, n - 37])) }
    }
    #expect(difference <= 1e-13 * original.maximumMagnitude)
  }

  @Test func zeroKernelsAndNoSteps() throws {
    let zero = try ImpulseResponses(
      dt: 1, inputs: ["a", "b"], taps: [Matrix(rows: 2, columns: 50), Matrix(rows: 2, columns: 3)])
    for choice in [PredictionPlan.Choice.automatic, .dense, .lowRank, .events] {
      let predictor = try SignalPredictor(zero, plan: choice)
      #expect(
        try predictor.signals(Matrix(rows: 2, columns: 90, repeating: 4))
          == Matrix(rows: 2, columns: 90))
      #expect(try predictor.signals(Matrix(rows: 2, columns: 0)).columns == 0)
    }
    var streaming = try StreamingPredictor(zero)
    #expect(try streaming.advance(Matrix(rows: 2, columns: 3)).maximumMagnitude == 0)
  }

  @Test func eventsAreRates() throws {
    var random = Random(seed: 4)
    let responses = try smoothResponses(outputs: 5, taps: [120, 80])
    for count in [0, 3, 900] {
      var rates = Matrix(rows: 2, columns: 3000)
      var events: [[InputEvent]] = [[], []]
      for _ in 0..<count {
        let event = InputEvent(
          step: random.integer(in: 0...2999), count: Double(random.integer(in: 1...3)))
        let x = random.integer(in: 0...1)
        events[x].append(event)
        rates[x, event.step] += event.count
      }
      let predictor = try SignalPredictor(responses)
      let signals = try predictor.signals(events: events, steps: 3000)
      let difference = (signals - (try predictor.signals(rates))).maximumMagnitude
      #expect(difference <= 1e-10 * signals.maximumMagnitude)
    }
  }

  @Test func choosesBySize() throws {
    var random = Random(seed: 8)
    let smooth = try smoothResponses(outputs: 64, taps: [400, 400])
    guard case .stateSpace = try SignalPredictor(smooth).plan.form else {
      Issue.record("smooth kernels are states")
      return
    }
    #expect(try SignalPredictor(smooth, expectedSteps: 10).plan.form == .dense)
    #expect(
      try SignalPredictor(smooth, expectedSteps: 10, eventsPerStep: 1e-4).plan.form == .events)
    let noise = try ImpulseResponses(
      dt: 1, inputs: ["a"], taps: [random.matrix(50, 300)])
    let plan = try SignalPredictor(noise).plan
    #expect(plan.form == .dense && plan.relativeError == 0 && plan.remarks.count == 2)
    #expect(plan.description.contains("* dense"))
    for choice in [PredictionPlan.Choice.lowRank, .stateSpace] {
      let error = #expect(throws: PredictionError.self) {
        try SignalPredictor(noise, plan: choice)
      }
      #expect(error?.kind == .unreachable)
    }
    let coarse = try SignalPredictor(smooth, plan: .stateSpace, tolerance: 1e-4).plan
    #expect(coarse.relativeError <= 1e-4 && coarse.relativeError > 1e-12)
  }
}
