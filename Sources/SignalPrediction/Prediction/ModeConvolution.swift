internal import LinearAlgebra

/// State space: per input some delayed rates and the states of its modes; their sum in the r time
/// courses, and these mixed. Where mixing costs more than it saves, outputs are summed at once.
struct ModeConvolution: Sendable {
  let systems: [ModeSystem]

  /// Outputs × r; nil where the weights have outputs as rows.
  let mixing: Matrix?

  /// r (or outputs) × states of all inputs, and × head taps of all inputs.
  let stateWeights: Matrix
  let headWeights: Matrix

  /// Where the columns of each input begin.
  private let stateStart: [Int]
  private let headStart: [Int]

  init(_ kernels: LowRankKernels, _ systems: [ModeSystem]) throws(LinearAlgebraError) {
    self.systems = systems
    stateStart = Self.starts(systems.map(\.order))
    headStart = Self.starts(systems.map(\.headTaps))
    let (rank, starts) = (kernels.rank, (stateStart, headStart))
    var states = Matrix(rows: rank, columns: starts.0.last ?? 0)
    var heads = Matrix(rows: rank, columns: starts.1.last ?? 0)
    for (x, system) in systems.enumerated() {
      for i in 0..<rank {
        for j in 0..<system.order { states[i, starts.0[x] + j] = system.residues[i, j] }
        for j in 0..<system.headTaps {
          heads[i, starts.1[x] + j] = kernels.courses[x][i, system.onset + j]
        }
      }
    }
    let features = states.columns + heads.columns
    if Self.mixingPays(outputs: kernels.mixing.rows, rank: rank, features: features) {
      mixing = kernels.mixing
      (stateWeights, headWeights) = (states, heads)
    } else {
      mixing = nil
      stateWeights = try kernels.mixing.times(states)
      headWeights = try kernels.mixing.times(heads)
    }
  }

  static func mixingPays(outputs: Int, rank: Int, features: Int) -> Bool {
    rank * (features + outputs) < outputs * features
  }

  private static func starts(_ counts: [Int]) -> [Int] {
    counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
  }

  /// Steps at a time: states and time courses stay in the cache.
  private var block: Int {
    let width = stateWeights.columns + headWeights.columns + stateWeights.rows
    return max(128, min(1024, (98304 / max(1, width)) / 64 * 64))
  }

  func convolve(
    _ rates: RatePointers, steps: Int, active: [Int], into output: UnsafeMutablePointer<Double>,
    rowStride: Int
  ) {
    let (order, heads, rows) = (
      stateWeights.columns, headWeights.columns, stateWeights.rows
    )
    let block = self.block
    let buffer = UnsafeMutablePointer<Double>.allocate(
      capacity: order + block * (order + heads + rows))
    defer { buffer.deallocate() }
    let state = buffer
    let history = state + order
    let delayed = history + block * order
    let courses = delayed + block * heads
    for x in active { systems[x].settle(state + stateStart[x], rates: rates[x]) }
    for first in stride(from: 0, to: steps, by: block) {
      let count = min(block, steps - first)
      for x in active {
        let now = rates[x] + first
        systems[x].advance(
          state + stateStart[x], steps: count, rates: now, rows: history + stateStart[x],
          stride: order)
        for j in 0..<systems[x].headTaps {
          (delayed + (headStart[x] + j) * block).update(
            from: now - systems[x].onset - j, count: count)
        }
      }
      let target = mixing == nil ? output + first : courses
      let stride = mixing == nil ? rowStride : block
      sum(active, history, delayed, block: block, count: count, into: target, stride)
      if let mixing {
        mix(
          mixing, courses, rowStride: block, columns: count, into: output + first,
          rowStride: rowStride)
      }
    }
  }

  /// Weights times states and delayed rates, over runs of neighbouring inputs.
  private func sum(
    _ active: [Int], _ history: UnsafePointer<Double>, _ delayed: UnsafePointer<Double>, block: Int,
    count: Int, into target: UnsafeMutablePointer<Double>, _ rowStride: Int
  ) {
    var beta = 0.0
    let (order, heads) = (stateWeights.columns, headWeights.columns)
    stateWeights.withUnsafeEntries { states in
      headWeights.withUnsafeEntries { taps in
        for run in runs(active) {
          let states = (stateStart[run.lowerBound], stateStart[run.upperBound], states)
          if states.1 > states.0, let weights = states.2.baseAddress {
            matrixProduct(
              m: stateWeights.rows, n: count, k: states.1 - states.0, weights + states.0,
              rowStride: order, transposed: history + states.0, rowStride: order, beta: beta,
              into: target, rowStride: rowStride)
            beta = 1
          }
          let (from, to) = (headStart[run.lowerBound], headStart[run.upperBound])
          if to > from, let weights = taps.baseAddress {
            matrixProduct(
              m: headWeights.rows, n: count, k: to - from, weights + from, rowStride: heads,
              delayed + from * block, rowStride: block, beta: beta, into: target,
              rowStride: rowStride)
            beta = 1
          }
        }
      }
    }
    if beta == 0 {
      for i in 0..<stateWeights.rows {
        (target + i * rowStride).update(repeating: 0, count: count)
      }
    }
  }
}

/// Neighbouring numbers of an ascending list.
func runs(_ indices: [Int]) -> [Range<Int>] {
  var result: [Range<Int>] = []
  for index in indices {
    if let last = result.last, last.upperBound == index {
      result[result.count - 1] = last.lowerBound..<index + 1
    } else {
      result.append(index..<index + 1)
    }
  }
  return result
}
