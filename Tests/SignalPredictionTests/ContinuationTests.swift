import LinearAlgebra
import SignalPrediction
import Testing

@Suite struct ContinuationTests {
  @Test(arguments: PredictionPlan.Choice.allCases)
  func piecesAreTheWhole(_ choice: PredictionPlan.Choice) throws {
    var random = Random(seed: 11)
    let responses = try smoothResponses(outputs: 7, taps: [130, 301])
    let rates = random.counts(2, 1200)
    let predictor = try SignalPredictor(responses, plan: choice)
    let whole = try predictor.signals(rates)
    var state = predictor.initialState
    var n = 0
    while n < 1200 {
      let size = min(random.integer(in: 0...250), 1200 - n)
      let part = rates.view(rows: 0..<2, columns: n..<n + size).copied()
      let result = try predictor.signals(part, continuing: &state)
      let same = whole.view(rows: 0..<7, columns: n..<n + size).copied()
      #expect((result - same).maximumMagnitude <= 1e-13 * whole.maximumMagnitude)
      n += size
      #expect(state.step == n)
    }
  }

  @Test func blocksAreGivenInTurnAndTheSame() throws {
    var random = Random(seed: 12)
    let responses = try smoothResponses(outputs: 3, taps: [140])
    let rates = random.counts(1, 1000)
    let predictor = try SignalPredictor(responses)
    let whole = try predictor.signals(rates)
    var state = predictor.initialState
    var next = 0
    var kept: [Matrix] = []
    try predictor.forEachBlock(
      steps: 1000, blockSteps: 300, continuing: &state,
      rates: { rates.view(rows: 0..<1, columns: $0).copied() },
      body: { range, block in
        #expect(range.lowerBound == next && block.columns == range.count)
        next = range.upperBound
        kept.append(block)
      })
    #expect(next == 1000 && kept.map(\.columns) == [300, 300, 300, 100])
    for (i, block) in kept.enumerated() {
      let same = whole.view(rows: 0..<3, columns: 300 * i..<300 * i + block.columns).copied()
      #expect((block - same).maximumMagnitude <= 1e-13 * whole.maximumMagnitude)
    }
    #expect(throws: PredictionError.self) {
      try predictor.forEachBlock(
        steps: 10, blockSteps: 0, continuing: &state, rates: { _ in rates }, body: { _, _ in })
    }
    #expect(throws: PredictionError.self) {
      try predictor.forEachBlock(
        steps: 10, continuing: &state, rates: { _ in rates }, body: { _, _ in })
    }
  }

  @Test(arguments: PredictionPlan.Choice.allCases)
  func threadsChangeNoBit(_ choice: PredictionPlan.Choice) throws {
    var random = Random(seed: 13)
    let responses = try smoothResponses(outputs: 4, taps: [40, 60])
    let rates = random.counts(2, 17000, density: 0.02)
    let predictor = try SignalPredictor(responses, plan: choice)
    let one = try predictor.signals(rates)
    for threads in [2, 3, 16] {
      #expect(try predictor.signals(rates, threads: threads) == one)
    }
    #expect(
      try SignalPredictor(responses, plan: choice, threads: 3).signals(rates).columns == 17000)
  }

  @Test(arguments: PredictionPlan.Choice.allCases)
  func groupsAreSignalsOfTheirInputsAlone(_ choice: PredictionPlan.Choice) throws {
    var random = Random(seed: 14)
    let responses = try smoothResponses(outputs: 4, taps: [90, 150, 40])
    let rates = random.counts(3, 700)
    let predictor = try SignalPredictor(responses, plan: choice)
    let groups = try predictor.signals(rates, groups: [["X2", "X0"], ["X1"], []])
    let scale = groups[0].maximumMagnitude
    for (inputs, signal) in zip([[0, 2], [1], []], groups) {
      var alone = Matrix(rows: 3, columns: 700)
      for x in inputs { for n in 0..<700 { alone[x, n] = rates[x, n] } }
      let expected = exactSignals(responses, alone)
      #expect((signal - expected).maximumMagnitude <= 1e-10 * scale)
    }
    let total = try predictor.signals(rates)
    // Modes cancel each other to some digits.
    #expect((groups[0] + groups[1] - total).maximumMagnitude <= 1e-11 * scale)
    for bad in [["X7"], ["X0", "X0"]] {
      #expect(throws: PredictionError.self) { try predictor.signals(rates, inputs: bad) }
    }
  }

  @Test func memoryOfTheCaller() throws {
    let responses = try smoothResponses(outputs: 2, taps: [9])
    let predictor = try SignalPredictor(responses)
    let rates = Matrix([[1, 2, 3, 4, 5]])
    var (state, memory) = (predictor.initialState, [Double](repeating: 0, count: 10))
    try memory.withUnsafeMutableBufferPointer {
      try predictor.write(rates, continuing: &state, into: $0)
    }
    let signals = try predictor.signals(rates)
    #expect(memory == Array(signals.row(0)) + Array(signals.row(1)))
    var short = [0.0]
    let error = #expect(throws: PredictionError.self) {
      try short.withUnsafeMutableBufferPointer {
        try predictor.write(rates, continuing: &state, into: $0)
      }
    }
    #expect(error?.kind == .shape && state.step == 5)
  }
}
