internal import CVectorMath
internal import LinearAlgebra

/// Kernels times a block-Toeplitz matrix of rates, built in blocks that fit the cache.
///
/// Few rows make slow matrix products. So `phases` neighbouring times of each row are rows of their own:
/// row (e, i) holds the kernel shifted by i steps, and columns of the Toeplitz matrix are `phases` steps
/// apart. Its entries are then so many times fewer, too.
struct DenseConvolution: Sendable {
  let rows: Int
  let phases: Int

  /// Per input, rows · phases × taps + phases - 1.
  private let expanded: [Matrix]
  private let taps: [Int]

  /// Columns of a block, and rows of the Toeplitz matrix that are built at a time.
  private static let blockColumns = 512
  private static let blockDepth = 256

  /// - Parameter kernels: per input, rows × taps.
  init(_ kernels: [Matrix]) {
    rows = kernels[0].rows
    taps = kernels.map(\.columns)
    let longest = taps.max() ?? 1
    let phases = Self.phases(rows: rows, taps: longest)
    self.phases = phases
    expanded = phases == 1 ? kernels : kernels.map { Self.expand($0, phases: phases) }
  }

  static func phases(rows: Int, taps: Int) -> Int {
    max(1, min((128 + rows - 1) / rows, 64, taps / 16))
  }

  private static func expand(_ kernel: Matrix, phases: Int) -> Matrix {
    let (taps, depth) = (kernel.columns, kernel.columns + phases - 1)
    var result = Matrix(rows: kernel.rows * phases, columns: depth)
    result.withUnsafeMutableEntries { target in
      kernel.withUnsafeEntries { source in
        for e in 0..<kernel.rows {
          for i in 0..<phases {
            // Tap k multiplies the rate phases - 1 - i + k steps before the last of the phases.
            let start = (e * phases + i) * depth + phases - 1 - i
            for k in 0..<taps { target[start + k] = source[e * taps + k] }
          }
        }
      }
    }
    return result
  }

  /// Writes rows × range.count signals.
  func convolve(
    _ rates: RatePointers, range: Range<Int>, active: [Int],
    into output: UnsafeMutablePointer<Double>, rowStride: Int
  ) {
    let depth = active.reduce(1) { max($0, taps[$1] + phases - 1) }
    let scratch = Scratch(
      toeplitz: Self.blockDepth * Self.blockColumns,
      product: phases == 1 ? 0 : rows * phases * Self.blockColumns,
      phase: phases == 1 ? 0 : phases * (Self.blockColumns + depth / phases + 2))
    defer { scratch.free() }
    var first = range.lowerBound
    while first < range.upperBound {
      let steps = min(Self.blockColumns * phases, range.upperBound - first)
      let target = output + (first - range.lowerBound)
      if phases == 1 {
        multiply(rates, first: first, columns: steps, active, scratch, target, rowStride)
      } else {
        let columns = (steps + phases - 1) / phases
        multiply(
          rates, first: first, columns: columns, active, scratch, scratch.product, columns,
          available: steps)
        interleave(scratch.product, columns: columns, steps: steps, into: target, rowStride)
      }
      first += steps
    }
  }

  /// One block: the sum over inputs and over slices of lags.
  private func multiply(
    _ rates: RatePointers, first: Int, columns: Int, _ active: [Int], _ scratch: Scratch,
    _ target: UnsafeMutablePointer<Double>, _ rowStride: Int, available: Int = 0
  ) {
    var add: Int32 = 0
    for input in active {
      let depth = taps[input] + phases - 1
      var source = PhasedRates(rates[input] + first, phases: phases)
      if phases > 1 {
        source.split(columns: columns, depth: depth, available: available, into: scratch.phase)
      }
      for start in stride(from: 0, to: depth, by: Self.blockDepth) {
        let count = min(Self.blockDepth, depth - start)
        for d in 0..<count {
          (scratch.toeplitz + d * columns).update(from: source[start + d], count: columns)
        }
        expanded[input].withUnsafeEntries { kernel in
          guard let kernel = kernel.baseAddress else { return }
          cvm_product(
            rows * phases, columns, count, kernel + start, depth, scratch.toeplitz, columns, add,
            target, rowStride)
        }
        add = 1
      }
    }
    if active.isEmpty {
      for e in 0..<rows * phases { (target + e * rowStride).update(repeating: 0, count: columns) }
    }
  }

  private func interleave(
    _ product: UnsafePointer<Double>, columns: Int, steps: Int,
    into target: UnsafeMutablePointer<Double>, _ rowStride: Int
  ) {
    for e in 0..<rows {
      for i in 0..<phases where i < steps {
        let source = product + (e * phases + i) * columns
        let row = target + e * rowStride + i
        for j in 0..<(steps - i + phases - 1) / phases { row[j * phases] = source[j] }
      }
    }
  }
}

/// Rates of one input, split into those of every phase: phase s holds the rates at s + phases · j.
private struct PhasedRates {
  private let rates: UnsafePointer<Double>
  private let phases: Int
  private var split: UnsafePointer<Double>?

  /// Columns before the block, and in all, of a phase.
  private var lead = 0
  private var width = 0

  init(_ rates: UnsafePointer<Double>, phases: Int) {
    self.rates = rates
    self.phases = phases
  }

  mutating func split(
    columns: Int, depth: Int, available: Int, into buffer: UnsafeMutablePointer<Double>
  ) {
    lead = (depth - 1) / phases
    width = lead + columns
    for s in 0..<phases {
      let row = buffer + s * width
      for j in 0..<width {
        let step = (j - lead) * phases + s
        // Before the oldest rate that a tap meets, and past the last step, nothing is read.
        row[j] = step < available && step > phases - 1 - depth ? rates[step] : 0
      }
    }
    split = UnsafePointer(buffer)
  }

  /// The row of the Toeplitz matrix of what is `lag` steps before the last phase.
  subscript(lag: Int) -> UnsafePointer<Double> {
    guard let split else { return rates - lag }
    let behind = lag / phases
    let s = phases - 1 - lag % phases
    return split + s * width + lead - behind
  }
}

private struct Scratch {
  let toeplitz: UnsafeMutablePointer<Double>
  let product: UnsafeMutablePointer<Double>
  let phase: UnsafeMutablePointer<Double>

  init(toeplitz: Int, product: Int, phase: Int) {
    self.toeplitz = .allocate(capacity: toeplitz)
    self.product = .allocate(capacity: product)
    self.phase = .allocate(capacity: phase)
  }

  func free() {
    toeplitz.deallocate()
    product.deallocate()
    phase.deallocate()
  }
}
