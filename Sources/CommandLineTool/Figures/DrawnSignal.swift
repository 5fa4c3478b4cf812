import KernelFiles
import LFPKernels
import Pictures

/// A signal as a picture can show it: long ones are reduced to the least and the greatest value of each of
/// many stretches of time, in the order in which they come, so that no peak is lost.
struct DrawnSignal {
  let rows: Int

  /// Outputs × samples, row by row.
  let values: [Double]
  let positions: SamplePositions

  /// More samples than this are reduced.
  static let mostSamples = 8000
  private static let stretches = 2000

  init(_ file: SignalFile, _ signal: Int) throws(StorageError) {
    let header = file.header
    rows = header.signals[signal].outputs
    guard header.count > Self.mostSamples else {
      values = try file.read(signal).storage
      positions = SamplePositions(first: header.firstTime, step: header.dt)
      return
    }
    let length = (header.count + Self.stretches - 1) / Self.stretches
    let count = (header.count + length - 1) / length
    var reduced = [Double](repeating: 0, count: rows * 2 * count)
    // Whole stretches, about a million numbers at a time.
    let together = max(1, 1_000_000 / (length * rows))
    for first in stride(from: 0, to: count, by: together) {
      let columns = first * length..<min((first + together) * length, header.count)
      let block = try file.read(signal, columns: columns)
      for row in 0..<rows {
        for stretch in first..<min(first + together, count) {
          let start = stretch * length - columns.lowerBound
          let extremes = Self.extremes(block, row, start..<min(start + length, block.columns))
          reduced[(row * count + stretch) * 2] = extremes.0
          reduced[(row * count + stretch) * 2 + 1] = extremes.1
        }
      }
    }
    values = reduced
    let step = Double(length) * header.dt
    positions = SamplePositions(first: header.firstTime + step / 4, step: step / 2)
  }

  private static func extremes(
    _ block: Matrix, _ row: Int, _ columns: Range<Int>
  ) -> (Double, Double) {
    var (low, high) = (columns.lowerBound, columns.lowerBound)
    for column in columns {
      if block[row, column] < block[row, low] { low = column }
      if block[row, column] > block[row, high] { high = column }
    }
    return (block[row, min(low, high)], block[row, max(low, high)])
  }

  var columns: Int { rows > 0 ? values.count / rows : 0 }

  /// The values, each row less its mean.
  var valuesWithoutMeans: [Double] {
    var result = values
    for start in stride(from: 0, to: values.count, by: max(1, columns)) {
      let range = start..<start + columns
      let mean = values[range].reduce(0, +) / Double(columns)
      for index in range { result[index] -= mean }
    }
    return result
  }

  func row(_ index: Int) -> [Double] { Array(values[index * columns..<(index + 1) * columns]) }
}
