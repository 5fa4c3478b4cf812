internal import CVectorMath
internal import LinearAlgebra

/// State space: the features of an input are the states of its modes and some delayed rates; weighted sums
/// of all features are the r time courses, and these are mixed. Where mixing costs more than it saves,
/// outputs are summed at once.
struct ModeConvolution: Sendable {
  let systems: [ModeSystem]

  /// Outputs × r; nil where the weights have outputs as rows.
  let mixing: Matrix?

  /// r (or outputs) × features: per input its states, then its head taps.
  let weights: Matrix

  /// Where the features of each input begin, and their number.
  let starts: [Int]

  init(_ kernels: LowRankKernels, _ systems: [ModeSystem]) throws(LinearAlgebraError) {
    self.systems = systems
    let starts = systems.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.features) }
    var weights = Matrix(rows: kernels.rank, columns: starts[systems.count])
    for (x, system) in systems.enumerated() {
      for i in 0..<kernels.rank {
        for j in 0..<system.order { weights[i, starts[x] + j] = system.residues[i, j] }
        for j in 0..<system.headTaps {
          weights[i, starts[x] + system.order + j] = kernels.courses[x][i, system.onset + j]
        }
      }
    }
    self.starts = starts
    if Self.mixingPays(
      outputs: kernels.mixing.rows, rank: kernels.rank, features: weights.columns)
    {
      mixing = kernels.mixing
      self.weights = weights
    } else {
      mixing = nil
      self.weights = try kernels.mixing.times(weights)
    }
  }

  static func mixingPays(outputs: Int, rank: Int, features: Int) -> Bool {
    rank * (features + outputs) < outputs * features
  }

  /// Steps at a time: features and time courses stay in the cache.
  private var block: Int {
    let width = weights.columns + weights.rows
    return max(128, min(1024, (98304 / max(1, width)) / 64 * 64))
  }

  func convolve(
    _ rates: RatePointers, steps: Int, active: [Int], into output: UnsafeMutablePointer<Double>,
    rowStride: Int
  ) {
    let (count, rows, block) = (weights.columns, weights.rows, self.block)
    let buffer = UnsafeMutablePointer<Double>.allocate(
      capacity: count + block * (count + rows))
    defer { buffer.deallocate() }
    let (states, features) = (buffer, buffer + count)
    let courses = features + block * count
    for x in active { systems[x].settle(states + starts[x], rates: rates[x]) }
    for first in stride(from: 0, to: steps, by: block) {
      let size = min(block, steps - first)
      for x in active {
        systems[x].advance(
          states + starts[x], steps: size, rates: rates[x] + first,
          rows: features + starts[x] * block, stride: block)
        let delayed = features + (starts[x] + systems[x].order) * block
        for j in 0..<systems[x].headTaps {
          (delayed + j * block).update(
            from: rates[x] + first - systems[x].onset - j, count: size)
        }
      }
      guard let mixing else {
        sum(active, features, block: block, count: size, into: output + first, rowStride)
        continue
      }
      sum(active, features, block: block, count: size, into: courses, block)
      mix(
        mixing, courses, rowStride: block, columns: size, into: output + first,
        rowStride: rowStride)
    }
  }

  /// Weights times features, over runs of neighbouring inputs.
  private func sum(
    _ active: [Int], _ features: UnsafePointer<Double>, block: Int, count: Int,
    into target: UnsafeMutablePointer<Double>, _ rowStride: Int
  ) {
    var add: Int32 = 0
    weights.withUnsafeEntries { entries in
      guard let entries = entries.baseAddress else { return }
      for run in runs(active) {
        let (from, to) = (starts[run.lowerBound], starts[run.upperBound])
        cvm_product(
          weights.rows, count, to - from, entries + from, weights.columns, features + from * block,
          block, add, target, rowStride)
        add = 1
      }
    }
    if add == 0 {
      for i in 0..<weights.rows { (target + i * rowStride).update(repeating: 0, count: count) }
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
