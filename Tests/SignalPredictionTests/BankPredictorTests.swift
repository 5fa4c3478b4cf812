import LinearAlgebra
import Testing

@testable import SignalPrediction

@Suite struct BankPredictorTests {
  private static let (outputs, taps, steps) = (3, 40, 500)

  private static func level(_ seed: Double) throws -> ImpulseResponses {
    let matrices = (0..<2).map { input in
      var matrix = Matrix(rows: outputs, columns: taps - 7 * input)
      for e in 0..<matrix.rows {
        for k in 0..<matrix.columns {
          let (row, lag) = (Double(e), Double(k))
          matrix[e, k] = (seed + row - Double(input)) * lag / (1 + lag * lag)
        }
      }
      return matrix
    }
    return try ImpulseResponses(dt: 0.1, inputs: ["E", "I"], taps: matrices)
  }

  private static let rates = {
    var rates = Matrix(rows: 2, columns: steps)
    for n in 0..<steps {
      rates[0, n] = Double((n * 7919) % 5)
      rates[1, n] = Double((n * 104729) % 3)
    }
    return rates
  }()

  /// Weights that change from block to block and sum to 1.
  private static let weights = {
    var weights = Matrix(rows: 3, columns: steps)
    for n in 0..<steps {
      let part = Double(n / 50) / 10
      weights[n / 250, n] = 1 - part
      weights[n / 250 + 1, n] = part
    }
    return weights
  }()

  /// The sum over spikes, each with the kernel of the state at its time; rounding of 160 terms.
  @Test func eachSpikeTakesTheKernelOfItsTime() throws {
    let levels = try [1.0, 2, 4].map { try Self.level($0) }
    let found = try BankPredictor(levels).signals(Self.rates, weights: Self.weights)
    for e in 0..<Self.outputs {
      for n in 0..<Self.steps {
        var (sum, scale) = (0.0, 0.0)
        for (l, level) in levels.enumerated() {
          for (x, taps) in level.taps.enumerated() {
            for k in 0..<min(taps.columns, n + 1) {
              let term = taps[e, k] * Self.weights[l, n - k] * Self.rates[x, n - k]
              sum += term
              scale += abs(term)
            }
          }
        }
        #expect(abs(found[e, n] - sum) <= 1e-11 * max(scale, 1))
      }
    }
  }

  @Test func oneLevelIsThePlainPrediction() throws {
    let level = try Self.level(1.5)
    let ones = Matrix(rows: 1, columns: Self.steps, repeating: 1)
    for plan in [PredictionPlan.Choice.automatic, .dense] {
      let bank = try BankPredictor([level], plan: plan)
      #expect(
        try bank.signals(Self.rates, weights: ones)
          == SignalPredictor(level, plan: plan).signals(Self.rates))
    }
  }

  /// Constant weights are a kernel between the levels.
  @Test func constantWeightsInterpolateKernels() throws {
    let levels = try [Self.level(1), Self.level(3)]
    var weights = Matrix(rows: 2, columns: Self.steps, repeating: 0.25)
    for n in 0..<Self.steps { weights[1, n] = 0.75 }
    let between = try ImpulseResponses(
      dt: 0.1, inputs: ["E", "I"],
      taps: zip(levels[0].taps, levels[1].taps).map { 0.25 * $0 + 0.75 * $1 })
    let found = try BankPredictor(levels).signals(Self.rates, weights: weights)
    let expected = try SignalPredictor(between).signals(Self.rates)
    #expect((found - expected).maximumMagnitude <= 1e-11 * expected.maximumMagnitude)
  }

  @Test func piecesAreTheWhole() throws {
    let bank = try BankPredictor([1.0, 2, 4].map { try Self.level($0) })
    let whole = try bank.signals(Self.rates, weights: Self.weights)
    var state = bank.initialState
    for range in [0..<130, 130..<131, 131..<500] {
      func part(_ matrix: Matrix) -> Matrix {
        matrix.view(rows: 0..<matrix.rows, columns: range).copied()
      }
      let piece = try bank.signals(
        part(Self.rates), weights: part(Self.weights), continuing: &state)
      #expect((piece - part(whole)).maximumMagnitude <= 1e-12 * whole.maximumMagnitude)
    }
  }

  @Test func badInput() throws {
    #expect(throws: PredictionError.self) { try BankPredictor([]) }
    let other = try ImpulseResponses(
      dt: 0.1, inputs: ["E"], taps: [Matrix(rows: 3, columns: 4)])
    #expect(throws: PredictionError.self) { try BankPredictor([Self.level(1), other]) }
    let bank = try BankPredictor([Self.level(1), Self.level(2)])
    #expect(throws: PredictionError.self) {
      try bank.signals(Self.rates, weights: Matrix(rows: 1, columns: Self.steps))
    }
    #expect(throws: PredictionError.self) {
      try bank.signals(Self.rates, weights: Matrix(rows: 2, columns: Self.steps - 1))
    }
    #expect(throws: PredictionError.self) {
      try bank.signals(
        Self.rates, weights: Matrix(rows: 2, columns: Self.steps, repeating: .infinity))
    }
  }
}
