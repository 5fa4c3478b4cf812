internal import CVectorMath
public import LinearAlgebra

/// Predicts signals one time step at a time, inside of a simulation's loop.
///
/// A step takes constant time and allocates no memory: states of a linear system stand for the kernels,
/// whatever their length, and some first taps where that is cheaper. A response ends at its last tap
/// exactly, for which the rates of so many steps are kept.
///
///     var predictor = try StreamingPredictor(responses)
///     try predictor.step(rates, into: &signals)   // once per time step
public struct StreamingPredictor: Sendable {
  public enum Form: Sendable, Equatable {
    /// States of a linear system, found to the tolerance on `relativeError`. An input for which no
    /// system of few states reaches it keeps its taps.
    case stateSpace(tolerance: Double)

    /// All taps: exact, in time in proportion to their number.
    case taps
  }

  public let responses: ImpulseResponses

  /// States and taps that a step works on, all inputs together, and time courses that are mixed.
  public let order: Int
  public let headTaps: Int
  public let rank: Int

  /// As of `PredictionPlan.relativeError`.
  public let relativeError: Double

  /// Steps so far.
  public private(set) var step = 0
  private let model: ModeConvolution
  private let identity: UInt64
  private let systemsIdentity: UInt64

  /// Features, time courses, and per input a ring of rates.
  private var memory: [Double]
  private let layout: StreamingLayout

  /// Where the newest rate is in each ring.
  private var position = 0

  /// - Throws: `PredictionError` when the tolerance is not in 0 ..< 1 or LAPACK fails.
  public init(
    _ responses: ImpulseResponses, form: Form = .stateSpace(tolerance: 1e-11), threads: Int = 1
  ) throws(PredictionError) {
    self.responses = responses
    var tolerance = 0.0
    if case .stateSpace(let asked) = form { tolerance = asked }
    guard tolerance >= 0, tolerance < 1 else {
      throw PredictionError(.setting, "the tolerance is \(tolerance); it must be in 0 ..< 1")
    }
    let search = PlanSearch(
      responses: responses, choice: .stateSpace, tolerance: tolerance, expectedSteps: nil,
      eventsPerStep: nil, threads: threads)
    let (kernels, systems, model) = try BLASThreads.single {
      Result { () throws(PredictionError) in try search.systems(form) }
    }.get()
    self.model = model
    order = systems.reduce(0) { $0 + $1.order }
    headTaps = systems.reduce(0) { $0 + $1.headTaps }
    rank = kernels.rank
    relativeError = systems.reduce(0) { max($0, $1.relativeError) } + kernels.relativeError
    layout = StreamingLayout(
      features: model.weights.columns, courses: model.weights.rows,
      inputs: responses.inputs.count, ring: responses.maximumTaps + 1)
    memory = Array(repeating: 0, count: layout.count)
    var hash = FingerprintHash()
    for system in systems {
      hash.add(UInt64(system.head))
      for pole in system.poles { hash.add(pole.bitPattern) }
    }
    systemsIdentity = hash.value
    // Not that of a predictor of whole signals.
    identity = responses.fingerprint ^ (form == .taps ? 1 : 2)
  }

  /// One time step: takes the rate of each input and writes each output's signal.
  ///
  /// - Throws: `PredictionError` when sizes do not fit or a rate is not finite; nothing has happened then.
  public mutating func step(
    _ rates: UnsafeBufferPointer<Double>, into signals: UnsafeMutableBufferPointer<Double>
  ) throws(PredictionError) {
    guard rates.count == responses.inputs.count, signals.count == responses.outputs else {
      throw PredictionError(
        .shape,
        "\(rates.count) rates and \(signals.count) signals were given; there are "
          + "\(responses.inputs.count) inputs and \(responses.outputs) outputs")
    }
    guard let source = rates.baseAddress, let target = signals.baseAddress else { return }
    for (x, rate) in rates.enumerated() where !rate.isFinite { throw notFinite(rate, x) }
    push(source, stride: 1)
    memory.withUnsafeMutableBufferPointer { memory in
      guard let memory = memory.baseAddress else { return }
      let courses = memory + layout.courseStart
      let sums = model.mixing == nil ? target : courses
      let (rows, features) = (model.weights.rows, model.weights.columns)
      // BLAS does nothing where there are no columns.
      if features == 0 { sums.update(repeating: 0, count: rows) }
      model.weights.withUnsafeEntries { weights in
        guard features > 0, let weights = weights.baseAddress else { return }
        matrixVectorProduct(m: rows, n: features, weights, rowStride: features, memory, into: sums)
      }
      model.mixing?.withUnsafeEntries { weights in
        guard let weights = weights.baseAddress else { return }
        matrixVectorProduct(
          m: responses.outputs, n: rows, weights, rowStride: rows, courses, into: target)
      }
    }
  }

  /// One time step, with spans.
  ///
  /// - Throws: as of the form with pointers.
  public mutating func step(
    _ rates: Span<Double>, into signals: inout MutableSpan<Double>
  ) throws(PredictionError) {
    let result = rates.withUnsafeBufferPointer { rates in
      signals.withUnsafeMutableBufferPointer { signals in
        Result { () throws(PredictionError) in try step(rates, into: signals) }
      }
    }
    try result.get()
  }

  /// One time step, with arrays.
  ///
  /// - Throws: as of the form with pointers.
  public mutating func step(
    _ rates: [Double], into signals: inout [Double]
  ) throws(PredictionError) {
    let result = rates.withUnsafeBufferPointer { rates in
      signals.withUnsafeMutableBufferPointer { signals in
        Result { () throws(PredictionError) in try step(rates, into: signals) }
      }
    }
    try result.get()
  }

  /// Several time steps: outputs × steps from rates, inputs × steps. States are those of single steps
  /// bit for bit, signals up to rounding.
  ///
  /// - Throws: `PredictionError` when sizes do not fit or a rate is not finite; nothing has happened then.
  public mutating func advance(_ rates: Matrix) throws(PredictionError) -> Matrix {
    guard rates.rows == responses.inputs.count else {
      throw PredictionError(
        .shape, "the rates have \(rates.rows) rows; there are \(responses.inputs.count) inputs")
    }
    for x in 0..<rates.rows {
      for value in rates.row(x) where !value.isFinite { throw notFinite(value, x) }
    }
    let features = model.weights.columns
    var states = Matrix(rows: rates.columns, columns: features)
    for n in 0..<rates.columns {
      rates.withUnsafeEntries { entries in
        guard let entries = entries.baseAddress else { return }
        push(entries + n, stride: rates.columns)
      }
      states.withUnsafeMutableEntries { states in
        memory.withUnsafeBufferPointer { memory in
          for i in 0..<features { states[n * features + i] = memory[i] }
        }
      }
    }
    return try mixed(states)
  }

  private func mixed(_ states: Matrix) throws(PredictionError) -> Matrix {
    do {
      let sums = try model.weights.times(states, transposingOther: true)
      return try model.mixing?.times(sums) ?? sums
    } catch {
      throw PredictionError(.numerical, "\(error)")
    }
  }

  /// Takes the rates of a step into the rings, moves the states on, and lays out the delayed rates.
  private mutating func push(_ rates: UnsafePointer<Double>, stride: Int) {
    let size = layout.ring
    position = position == 0 ? size - 1 : position - 1
    step += 1
    let position = self.position
    memory.withUnsafeMutableBufferPointer { memory in
      guard let memory = memory.baseAddress else { return }
      for (x, system) in model.systems.enumerated() {
        let ring = memory + layout.ringStart + 2 * size * x
        // Twice, so that any stretch of the past lies in one piece: lag k is at k from the newest.
        ring[position] = rates[x * stride]
        ring[position + size] = rates[x * stride]
        let newest = ring + position
        let state = memory + model.starts[x]
        if system.order > 0 {
          cvm_modes(
            1, system.pairs, system.singles, system.poles, system.tails, state,
            newest + system.head, newest + system.taps, nil, 0)
        }
        (state + system.order).update(from: newest + system.onset, count: system.headTaps)
      }
    }
  }

  private func notFinite(_ rate: Double, _ input: Int) -> PredictionError {
    PredictionError(.notFinite, "a rate of '\(responses.inputs[input])' is \(rate)")
  }
}

extension PlanSearch {
  /// What a streaming predictor works with.
  fileprivate func systems(
    _ form: StreamingPredictor.Form
  ) throws(PredictionError) -> (LowRankKernels, [ModeSystem], ModeConvolution) {
    let lowRank =
      form == .taps ? nil : try LowRankKernels(responses, tolerance: 0.5 * tolerance)
    let kernels = lowRank ?? LowRankKernels(asTheyAre: responses)
    let systems =
      form == .taps
      ? kernels.courses.map { ModeSystem(onset: 0, taps: $0.columns, rank: $0.rows) }
      : try modeSystems(of: kernels)
    do {
      return (kernels, systems, try ModeConvolution(kernels, systems))
    } catch {
      throw PredictionError(.numerical, "\(error)")
    }
  }
}

extension StreamingPredictor {
  /// All that a continuation needs: per input its rates, the newest first, and then all states.
  public var state: PredictionState {
    var values: [Double] = []
    for x in responses.inputs.indices {
      let start = layout.ringStart + 2 * layout.ring * x + position
      values += memory[start..<start + layout.ring]
    }
    for (start, system) in zip(model.starts, model.systems) {
      values += memory[start..<start + system.order]
    }
    return PredictionState(
      identity: identity, systems: systemsIdentity, step: step, values: values)
  }

  /// Continues from a state of a predictor of the same impulse responses and form: bit for bit as if
  /// there had been no break. Where LAPACK has found other linear systems for the same kernels, as it may
  /// on another machine, states are computed anew from the rates, and signals are the same up to the
  /// tolerance.
  ///
  /// - Throws: `PredictionError` for any other state; nothing has happened then.
  public mutating func restore(_ state: PredictionState) throws(PredictionError) {
    let (size, inputs) = (layout.ring, responses.inputs.count)
    try state.check(
      identity: identity, systems: systemsIdentity, count: inputs * size + order,
      others: inputs * size)
    position = 0
    step = state.step
    var next = inputs * size
    for (x, system) in model.systems.enumerated() {
      let rates = state.values[x * size..<(x + 1) * size]
      let ring = layout.ringStart + 2 * size * x
      for (k, rate) in rates.enumerated() {
        memory[ring + k] = rate
        memory[ring + size + k] = rate
      }
      let states = model.starts[x]..<model.starts[x] + system.order
      if state.systems == systemsIdentity {
        memory.replaceSubrange(states, with: state.values[next..<next + system.order])
        next += system.order
      } else {
        memory.replaceSubrange(states, with: system.settled(Array(rates.reversed())))
      }
    }
  }
}

/// Where things are in a streaming predictor's memory: features first.
private struct StreamingLayout: Sendable {
  /// Rates of an input that are kept: one more than the taps.
  let ring: Int
  let courseStart: Int
  let ringStart: Int
  let count: Int

  init(features: Int, courses: Int, inputs: Int, ring: Int) {
    self.ring = ring
    courseStart = features
    ringStart = courseStart + courses
    count = ringStart + 2 * ring * inputs
  }
}
