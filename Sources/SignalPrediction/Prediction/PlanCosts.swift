/// Counted costs of the ways, with coefficients measured on one core with AVX-512; they decide between
/// ways, so only their ratios matter.
struct PlanCosts {
  let outputs: Int

  /// Taps of each input.
  let taps: [Int]

  /// Seconds per operation of large matrix products.
  static let product = 1.0 / 45e9

  /// Seconds per operation of adding a scaled row.
  static let addition = 1.0 / 8e9

  /// Seconds per byte copied within the cache, and of signals written to memory.
  static let copy = 1.0 / 30e9
  static let write = 1.0 / 10e9

  /// Seconds per step and number of a state.
  static let state = 0.4e-9

  private var totalTaps: Double { Double(taps.reduce(0, +)) }

  func dense(rows: Int? = nil) -> PredictionPlan.Candidate {
    let phases = DenseConvolution.phases(rows: rows ?? outputs, taps: taps.max() ?? 1)
    let depth = totalTaps + Double(taps.count * (phases - 1))
    return candidate(
      .dense, operations: 2 * Double(rows ?? outputs) * depth,
      bytes: 16 * depth / Double(phases))
  }

  func lowRank(rank: Int, relativeError: Double) -> PredictionPlan.Candidate {
    let courses = dense(rows: rank)
    return candidate(
      .lowRank(rank: rank),
      operations: courses.operations + 2 * Double(rank) * Double(outputs),
      bytes: courses.bytes + 16 * Double(rank), relativeError: relativeError)
  }

  func stateSpace(rank: Int, systems: [ModeSystem], relativeError: Double)
    -> PredictionPlan.Candidate
  {
    let order = systems.reduce(0) { $0 + $1.order }
    let heads = systems.reduce(0) { $0 + $1.headTaps }
    let features = order + heads
    let mixed = ModeConvolution.mixingPays(outputs: outputs, rank: rank, features: features)
    return candidate(
      .stateSpace(order: order, headTaps: heads, rank: rank),
      operations: 2 * Double(mixed ? rank * (features + outputs) : outputs * features),
      bytes: 16 * Double(features + (mixed ? rank : 0)),
      extra: Double(order) * Self.state, relativeError: relativeError)
  }

  /// - Parameter density: rates that are not 0, per step, all inputs together.
  func events(density: Double) -> PredictionPlan.Candidate {
    let mean = totalTaps / Double(taps.count)
    let operations = 2 * density * mean * Double(outputs)
    return candidate(
      .events, operations: operations, bytes: 12 * operations,
      secondsPerOperation: Self.addition, bytesCost: false)
  }

  private func candidate(
    _ form: PredictionPlan.Form, operations: Double, bytes: Double,
    secondsPerOperation: Double = product, bytesCost: Bool = true, extra: Double = 0,
    relativeError: Double = 0
  ) -> PredictionPlan.Candidate {
    let written = 8 * Double(outputs) * Self.write
    return PredictionPlan.Candidate(
      form: form, operations: operations, bytes: bytes,
      secondsPerStep: operations * secondsPerOperation + (bytesCost ? bytes * Self.copy : 0)
        + extra + written,
      relativeError: relativeError)
  }

  /// Estimate of what finding a low rank and modes takes, seconds: sketches and the exact error of the
  /// rank, and singular value decompositions per input.
  var searchSeconds: Double {
    let rank = min(Double(outputs), 48)
    let longest = Double(taps.max() ?? 0)
    return 8 * Double(outputs) * totalTaps * rank * Self.product
      + Double(taps.count) * 40 * longest * 64 * 64 * Self.product
  }
}
