internal import LinearAlgebra

/// Sums over cells, and over squares, of each copy of a lattice.
struct LatticeSums {
  let rows, columns, copies: Int

  /// Cells in each copy.
  var cells = 0

  /// For each copy the sums of all entries, then those of their squares.
  private var storage: [Double]

  init(rows: Int, columns: Int, copies: Int) {
    self.rows = rows
    self.columns = columns
    self.copies = copies
    storage = Array(repeating: 0, count: 2 * copies * rows * columns)
  }

  mutating func withCopies<Result>(
    _ body: (UnsafeMutablePointer<Double>) throws -> Result
  ) rethrows -> Result? {
    try storage.withUnsafeMutableBufferPointer { try $0.baseAddress.map(body) }
  }

  private func moments(_ copy: Int, _ entry: Int) -> (mean: Double, square: Double) {
    let (n, count) = (Double(cells), rows * columns)
    let start = 2 * copy * count + entry
    return (storage[start] / n, storage[start + count] / n)
  }

  /// Mean and twice the standard error of one number for each copy.
  private func summary(_ value: (Int) -> Double) -> (mean: Double, error: Double) {
    let n = Double(copies)
    let values = (0..<copies).map(value)
    let mean = values.reduce(0, +) / n
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
    return (mean, 2 * (variance / n).squareRoot())
  }

  func mean() -> PopulationMatrix {
    matrix { entry in summary { moments($0, entry).mean } }
  }

  func standardDeviation(_ split: SplitSquares?) -> PopulationMatrix {
    matrix { entry in
      // About one mean for all copies, so that the error of the mean is of second order.
      let mean = summary { moments($0, entry).mean }.mean
      var variance = summary { copy in
        let m = moments(copy, entry)
        return m.square - 2 * mean * m.mean + mean * mean
      }
      if let split {
        let more = split.excessOfVariance(entry, smoothMean: mean)
        variance.mean += more.value
        variance.error += more.error
      }
      // Sums of equal squares are equal to rounding.
      let noise = 1e-13 * mean * mean
      let value = variance.mean > noise ? variance.mean.squareRoot() : 0
      return (value, (max(0, variance.mean) + variance.error).squareRoot() - value)
    }
  }

  private func matrix(_ entry: (Int) -> (mean: Double, error: Double)) -> PopulationMatrix {
    let entries = (0..<rows * columns).map(entry)
    let result = Matrix(rows: rows, columns: columns, storage: entries.map(\.mean))
    let error = entries.reduce(0) { max($0, $1.error) }
    let largest = result.maximumMagnitude
    return PopulationMatrix(matrix: result, relativeError: error > 0 ? error / largest : 0)
  }
}
