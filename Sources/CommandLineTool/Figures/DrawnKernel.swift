import KernelFiles
import LFPKernels
import Pictures

/// The part of a kernel that is drawn: the lags from 0 on, as before it kernels are zero.
struct DrawnKernel {
  /// `E → I`.
  let title: String
  let rows: Int

  /// Outputs × lags, row by row.
  let values: [Double]
  let positions: SamplePositions

  init(_ kernel: KernelFileContents.Kernel) {
    title = "\(kernel.presynaptic) → \(kernel.postsynaptic)"
    rows = kernel.values.rows
    let columns = kernel.values.columns
    let steps = (-kernel.firstLag / kernel.dt).rounded()
    let skipped = steps > 0 && steps < Double(columns) ? Int(steps) : 0
    var values: [Double] = []
    values.reserveCapacity(rows * (columns - skipped))
    kernel.values.withUnsafeEntries { entries in
      for row in 0..<kernel.values.rows {
        values += entries[row * columns + skipped..<(row + 1) * columns]
      }
    }
    self.values = values
    positions = SamplePositions(
      first: kernel.firstLag + Double(skipped) * kernel.dt, step: kernel.dt)
  }

  private var columns: Int { rows > 0 ? values.count / rows : 0 }

  /// Where the magnitude is largest; nil without a finite value.
  var peak: (row: Int, column: Int, lag: Double)? {
    var (best, largest) = (-1, -1.0)
    for (index, value) in values.enumerated() where value.isFinite && abs(value) > largest {
      (best, largest) = (index, abs(value))
    }
    guard best >= 0 else { return nil }
    let column = best % columns
    return (best / columns, column, positions.position(column))
  }

  /// From the least to the largest finite value, and 0.
  var range: ClosedRange<Double> {
    var (low, high) = (0.0, 0.0)
    for value in values where value.isFinite {
      (low, high) = (min(low, value), max(high, value))
    }
    return low...high
  }

  /// The values of all outputs at one lag.
  func values(at column: Int) -> [Double] {
    (0..<rows).map { values[$0 * columns + column] }
  }
}
