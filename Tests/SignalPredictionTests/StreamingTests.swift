import LinearAlgebra
import SignalPrediction
import Testing

@Suite struct StreamingTests {
  static let forms: [StreamingPredictor.Form] = [.taps, .stateSpace(tolerance: 1e-11)]

  func signals(_ predictor: inout StreamingPredictor, _ rates: Matrix, _ steps: Range<Int>) throws
    -> [[Double]]
  {
    var result: [[Double]] = []
    var signals = [Double](repeating: 0, count: predictor.responses.outputs)
    for n in steps {
      try predictor.step(rates.column(n), into: &signals)
      result.append(signals)
    }
    return result
  }

  @Test(arguments: forms) func stepsAreTheDirectSum(_ form: StreamingPredictor.Form) throws {
    var random = Random(seed: 5)
    let responses = try smoothResponses(outputs: 5, taps: [260, 400, 3])
    let rates = random.counts(3, 1300)
    let expected = exactSignals(responses, rates)
    var predictor = try StreamingPredictor(responses, form: form)
    let stepped = Matrix(try signals(&predictor, rates, 0..<1300)).transposed
    #expect(relativeDifference(stepped, expected) < 1e-10)
    #expect(predictor.relativeError <= 1e-11 && predictor.step == 1300)
    if form != .taps { #expect(predictor.order > 0 && predictor.headTaps < 100) }
  }

  @Test(arguments: forms) func blocksOfAnySizeAreTheWhole(_ form: StreamingPredictor.Form) throws {
    var random = Random(seed: 6)
    let responses = try smoothResponses(outputs: 4, taps: [200, 120])
    let rates = random.counts(2, 900)
    var (whole, pieces) = (
      try StreamingPredictor(responses, form: form), try StreamingPredictor(responses, form: form)
    )
    let expected = try whole.advance(rates)
    var n = 0
    while n < 900 {
      let size = min(random.integer(in: 0...150), 900 - n)
      let part = rates.view(rows: 0..<2, columns: n..<n + size).copied()
      let result =
        size == 1
        ? Matrix(try signals(&pieces, rates, n..<n + 1)).transposed : try pieces.advance(part)
      let same = expected.view(rows: 0..<4, columns: n..<n + size).copied()
      // The same states; products of another shape may sum in another order.
      #expect((result - same).maximumMagnitude <= 1e-14 * expected.maximumMagnitude)
      n += size
    }
    #expect(pieces.state == whole.state)
  }

  @Test(arguments: forms) func restoredIsTheSameBitForBit(_ form: StreamingPredictor.Form) throws {
    var random = Random(seed: 7)
    let responses = try smoothResponses(outputs: 6, taps: [150, 333])
    let rates = random.counts(2, 1000)
    var predictor = try StreamingPredictor(responses, form: form)
    _ = try signals(&predictor, rates, 0..<417)
    let state = predictor.state
    let stored = PredictionState(
      identity: state.identity, systems: state.systems, step: state.step, values: state.values)
    let expected = try signals(&predictor, rates, 417..<1000)
    // Made anew, it might find other modes: other tests change BLAS's threads meanwhile.
    var other = predictor
    _ = try signals(&other, rates, 100..<130)
    try other.restore(stored)
    #expect(try signals(&other, rates, 417..<1000) == expected)
    #expect(other.state == predictor.state && other.step == 1000)
  }

  @Test func otherModesOfTheSameKernelsContinue() throws {
    var random = Random(seed: 9)
    let responses = try smoothResponses(outputs: 3, taps: [150, 90])
    let rates = random.counts(2, 600)
    var predictor = try StreamingPredictor(responses)
    _ = try predictor.advance(rates)
    var other = try StreamingPredictor(responses, form: .stateSpace(tolerance: 1e-7))
    #expect(other.order < predictor.order)
    try other.restore(predictor.state)
    let (expected, continued) = (try predictor.advance(rates), try other.advance(rates))
    #expect(relativeDifference(continued, expected) < 1e-6)
  }

  @Test func statesOfOthersAreRefused() throws {
    let responses = try smoothResponses(outputs: 2, taps: [150])
    let changed = try smoothResponses(outputs: 2, taps: [150], delays: [1.5])
    var predictor = try StreamingPredictor(responses)
    let own = predictor.state
    for foreign in [
      try StreamingPredictor(changed).state, try SignalPredictor(responses).initialState,
      try StreamingPredictor(responses, form: .taps).state,
      PredictionState(
        identity: own.identity, systems: own.systems, step: 0, values: own.values.dropLast()),
      PredictionState(
        identity: own.identity, systems: own.systems, step: 0, values: own.values.map { _ in .nan }),
      PredictionState(identity: own.identity, systems: 1, step: 0, values: [1, 2]),
    ] {
      let error = #expect(throws: PredictionError.self) { try predictor.restore(foreign) }
      #expect(error?.kind == .state)
    }
    #expect(predictor.state == own)
  }

  @Test func badRatesChangeNothing() throws {
    let responses = try smoothResponses(outputs: 2, taps: [50, 60])
    var predictor = try StreamingPredictor(responses)
    let before = predictor.state
    var signals = [7.0, 7.0]
    var short = [7.0]
    #expect(throws: PredictionError.self) { try predictor.step([1, .nan], into: &signals) }
    #expect(throws: PredictionError.self) { try predictor.step([1], into: &signals) }
    #expect(throws: PredictionError.self) { try predictor.step([1, 1], into: &short) }
    #expect(throws: PredictionError.self) {
      try predictor.advance(Matrix([[1, 2], [.infinity, 0]]))
    }
    #expect(throws: PredictionError.self) { try predictor.advance(Matrix([[1, 2]])) }
    #expect(throws: PredictionError.self) {
      try StreamingPredictor(responses, form: .stateSpace(tolerance: .nan))
    }
    #expect(predictor.state == before && signals == [7, 7])
  }

  @Test func spansAndArraysAreTheSame() throws {
    let responses = try smoothResponses(outputs: 3, taps: [50])
    var (a, b) = (try StreamingPredictor(responses), try StreamingPredictor(responses))
    var (x, y) = ([0.0, 0, 0], [0.0, 0, 0])
    for n in 0..<20 {
      try a.step([Double(n)], into: &x)
      let rates = [Double(n)]
      var span = y.mutableSpan
      try b.step(rates.span, into: &span)
    }
    #expect(x == y && x != [0, 0, 0])
  }
}
