internal import LinearAlgebra

/// The ways of computing signals, and the choice between them.
enum PredictionMethod: Sendable {
  case dense(DenseConvolution)
  case lowRank(LowRankConvolution)
  case stateSpace(ModeConvolution)
  case events(EventSum)

  func convolve(
    _ rates: RatePointers, steps: Int, active: [Int], into output: UnsafeMutablePointer<Double>,
    rowStride: Int
  ) {
    switch self {
    case .dense(let method):
      method.convolve(
        rates, range: 0..<steps, active: active, into: output, rowStride: rowStride)
    case .lowRank(let method):
      method.convolve(rates, steps: steps, active: active, into: output, rowStride: rowStride)
    case .stateSpace(let method):
      method.convolve(rates, steps: steps, active: active, into: output, rowStride: rowStride)
    case .events(let method):
      method.convolve(rates, steps: steps, active: active, into: output, rowStride: rowStride)
    }
  }
}

/// What is known of kernels and of the rates to come.
struct PlanSearch {
  let responses: ImpulseResponses
  let choice: PredictionPlan.Choice
  let tolerance: Double
  let expectedSteps: Int?
  let eventsPerStep: Double?
  let threads: Int

  private var costs: PlanCosts {
    PlanCosts(outputs: responses.outputs, taps: responses.taps.map(\.columns))
  }

  func run() throws(PredictionError) -> (PredictionMethod, PredictionPlan) {
    var offers: [(candidate: PredictionPlan.Candidate, method: PredictionMethod?)] = []
    var remarks: [String] = []
    let dense = costs.dense()
    offers.append((dense, nil))
    if let eventsPerStep {
      offers.append(
        (costs.events(density: eventsPerStep), .events(EventSum(kernels: responses.taps))))
    } else if choice == .events {
      offers.append(
        (
          costs.events(density: Double(responses.inputs.count)),
          .events(EventSum(kernels: responses.taps))
        ))
    }
    if choice == .lowRank || choice == .stateSpace || searchPays(dense) {
      try search(&offers, &remarks)
    } else if choice == .automatic {
      remarks.append("low rank and state space: the search would take longer than it could save")
    }
    let suitable = offers.filter { matches($0.candidate.form) }
    guard
      let best = suitable.min(by: { $0.candidate.secondsPerStep < $1.candidate.secondsPerStep })
    else {
      throw PredictionError(
        .unreachable,
        "no \(choice.rawValue) form of these kernels reaches the tolerance \(tolerance) with fewer "
          + "operations than dense; take a larger tolerance, or another plan")
    }
    let plan = PredictionPlan(
      form: best.candidate.form, candidates: offers.map(\.candidate),
      relativeError: best.candidate.relativeError, remarks: remarks)
    return (best.method ?? .dense(DenseConvolution(responses.taps)), plan)
  }

  private func matches(_ form: PredictionPlan.Form) -> Bool {
    switch (choice, form) {
    case (.automatic, _), (.dense, .dense), (.lowRank, .lowRank), (.stateSpace, .stateSpace),
      (.events, .events):
      true
    default: false
    }
  }

  private func searchPays(_ dense: PredictionPlan.Candidate) -> Bool {
    guard choice == .automatic else { return false }
    guard let expectedSteps else { return true }
    return Double(expectedSteps) * dense.secondsPerStep > costs.searchSeconds
  }

  private func search(
    _ offers: inout [(candidate: PredictionPlan.Candidate, method: PredictionMethod?)],
    _ remarks: inout [String]
  ) throws(PredictionError) {
    guard let kernels = try LowRankKernels(responses, tolerance: rankTolerance) else {
      remarks.append("low rank: the rank at the tolerance is more than 3/4 of the outputs")
      if choice != .lowRank, responses.outputs <= 64 { try searchModes(nil, &offers, &remarks) }
      return
    }
    let candidate = costs.lowRank(rank: kernels.rank, relativeError: kernels.relativeError)
    offers.append((candidate, .lowRank(LowRankConvolution(kernels))))
    if choice != .lowRank { try searchModes(kernels, &offers, &remarks) }
  }

  /// Half is left for modes.
  private var rankTolerance: Double { choice == .lowRank ? tolerance : 0.5 * tolerance }

  private func searchModes(
    _ kernels: LowRankKernels?,
    _ offers: inout [(candidate: PredictionPlan.Candidate, method: PredictionMethod?)],
    _ remarks: inout [String]
  ) throws(PredictionError) {
    let kernels = kernels ?? LowRankKernels(asTheyAre: responses)
    let systems = try modeSystems(of: kernels)
    guard systems.contains(where: { $0.order > 0 }) else {
      remarks.append("state space: no system of few states reaches the tolerance")
      return
    }
    let error = systems.reduce(0) { max($0, $1.relativeError) } + kernels.relativeError
    let candidate = costs.stateSpace(
      rank: kernels.rank, systems: systems, relativeError: error)
    do {
      offers.append((candidate, .stateSpace(try ModeConvolution(kernels, systems))))
    } catch {
      throw PredictionError(.numerical, "\(error)")
    }
  }

  /// The systems of all inputs.
  func modeSystems(of kernels: LowRankKernels) throws(PredictionError) -> [ModeSystem] {
    let gains = responses.gains
    let tolerance = tolerance - kernels.relativeError
    let fits = parallelMap(Array(gains.indices), threads: threads) { x in
      Result { () throws(LinearAlgebraError) in
        try ModeFit(courses: kernels.courses[x], gain: gains[x], tolerance: tolerance).best()
      }
    }
    do {
      return try fits.map { fit throws(LinearAlgebraError) in try fit.get() }
    } catch {
      throw PredictionError(.numerical, "\(error)")
    }
  }
}

extension LowRankKernels {
  /// Every output is a time course of its own.
  init(asTheyAre responses: ImpulseResponses) {
    mixing = .identity(responses.outputs)
    courses = responses.taps
    relativeError = 0
  }
}
