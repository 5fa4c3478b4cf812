import LFPKernels

/// The numbers that the outputs of a kernel come down to.
struct KernelMeasures {
  var peak: [Double] = []
  var latency: [Double] = []
  var integral: [Double] = []
  var norm: [Double] = []
  var difference: [Double] = []

  /// - Parameters:
  ///   - kernel: outputs × lags dt, 2 dt, ...
  ///   - base: what it is compared with; nil where no difference is wanted.
  init(_ kernel: Matrix, dt: Double, base: Matrix?) {
    let lags = kernel.columns
    kernel.withUnsafeEntries { values in
      for output in 0..<kernel.rows {
        let row = UnsafeBufferPointer(rebasing: values[output * lags..<(output + 1) * lags])
        let (lag, sum, squares) = Self.summary(row)
        peak.append(lag.map { row[$0] } ?? 0)
        latency.append(lag.map { Double($0 + 1) * dt } ?? 0)
        integral.append(sum * dt)
        norm.append((squares * dt).squareRoot())
      }
    }
    guard let base else { return }
    kernel.withUnsafeEntries { values in
      base.withUnsafeEntries { base in
        for output in 0..<kernel.rows {
          var squares = 0.0
          for k in output * lags..<(output + 1) * lags {
            let distance = values[k] - base[k]
            squares += distance * distance
          }
          difference.append((squares * dt).squareRoot())
        }
      }
    }
  }

  /// The first lag of the largest magnitude (nil where all values are 0), the sum and the sum of
  /// squares. Sums run over eight interleaved parts, in a fixed order.
  private static func summary(
    _ row: UnsafeBufferPointer<Double>
  ) -> (peak: Int?, sum: Double, squares: Double) {
    var sums = SIMD8<Double>.zero
    var squares = SIMD8<Double>.zero
    var largest = SIMD8<Double>.zero
    let whole = row.count / 8 * 8
    if let start = row.baseAddress {
      let bytes = UnsafeRawPointer(start)
      for at in stride(from: 0, to: whole, by: 8) {
        let part = bytes.loadUnaligned(fromByteOffset: 8 * at, as: SIMD8<Double>.self)
        sums += part
        squares += part * part
        largest = largest.replacing(with: part, where: part .> largest)
        largest = largest.replacing(with: -part, where: -part .> largest)
      }
    }
    var (sum, square, most) = (sums.sum(), squares.sum(), largest.max())
    for at in whole..<row.count {
      sum += row[at]
      square += row[at] * row[at]
      most = max(most, abs(row[at]))
    }
    guard most > 0 else { return (nil, sum, square) }
    return (row.firstIndex { abs($0) == most }, sum, square)
  }

  subscript(measure: StoredResults.Measure) -> [Double] {
    switch measure {
    case .peak: peak
    case .latency: latency
    case .integral: integral
    case .norm: norm
    case .difference: difference
    }
  }
}

extension StoredResults.Measure {
  /// Of a kernel in a unit.
  func unit(_ unit: String) -> String {
    switch self {
    case .peak: unit
    case .latency: "ms"
    case .integral: "\(unit) ms"
    case .norm, .difference: "\(unit) sqrt(ms)"
    }
  }
}
