internal import Dispatch
internal import LinearAlgebra

/// The potential at a point of 1 nA in each compartment.
protocol SourceKernel: Sendable {
  /// Number of compartments.
  var count: Int { get }

  /// Writes the potentials at a point, mV per nA, one for each compartment.
  func potentials(at point: SIMD3<Double>, into row: UnsafeMutablePointer<Double>)

  /// The same for some of the compartments.
  func selecting(_ indices: [Int]) -> Self
}

/// The potentials at all contacts: at their centres, or averaged over their surfaces.
func potentialMatrix(
  contacts: [SIMD3<Double>], surfaces: [ContactSurface], kernel: some SourceKernel
) -> Matrix {
  let averages = surfaces.map(SurfaceAverage.init)
  return Matrix(rows: contacts.count, columns: kernel.count) { target in
    guard let base = target.baseAddress else { return }
    let rows = SharedRows(base: base, columns: kernel.count)
    let work = target.count * (surfaces.isEmpty ? 1 : 64)
    forEachIndex(contacts.count, work: work) { j in
      if averages.isEmpty {
        kernel.potentials(at: contacts[j], into: rows[j])
      } else {
        let average = averages[averages.count == 1 ? 0 : j]
        average.write(of: kernel, at: contacts[j], into: rows[j])
      }
    }
  }
}

/// Calls `body` for 0..<count, on several threads where there is work for them.
func forEachIndex(_ count: Int, work: Int, _ body: @Sendable (Int) -> Void) {
  guard work >= 1 << 19, count > 1 else {
    for j in 0..<count { body(j) }
    return
  }
  let blocks = min(count, 64)
  DispatchQueue.concurrentPerform(iterations: blocks) { block in
    for j in (block * count / blocks)..<((block + 1) * count / blocks) { body(j) }
  }
}

/// Rows of a matrix that threads write, each its own.
struct SharedRows: @unchecked Sendable {
  let base: UnsafeMutablePointer<Double>
  let columns: Int

  subscript(row: Int) -> UnsafeMutablePointer<Double> { base + row * columns }
}

/// Columns of numbers, one number for each compartment in each, one column after another.
struct Columns: Sendable, Equatable {
  let count: Int
  private(set) var values: [Double]

  init(count: Int, _ columns: [(Int) -> Double]) {
    self.count = count
    values = columns.flatMap { column in (0..<count).map(column) }
  }

  private init(count: Int, values: [Double]) {
    self.count = count
    self.values = values
  }

  subscript(column: Int, index: Int) -> Double { values[column * count + index] }

  func selecting(_ indices: [Int]) -> Columns {
    guard count > 0 else { return self }
    let chosen = stride(from: 0, to: values.count, by: count).flatMap { first in
      indices.map { values[first + $0] }
    }
    return Columns(count: indices.count, values: chosen)
  }

  /// Calls `body` with the address of a column.
  func withColumn<Result>(_ column: Int, _ body: (UnsafePointer<Double>) -> Result) -> Result? {
    values.withUnsafeBufferPointer { all in
      all.baseAddress.map { body($0 + column * count) }
    }
  }
}

extension SIMD3<Double> {
  /// Calls `body` with the three numbers in a row.
  func withNumbers(_ body: (UnsafePointer<Double>) -> Void) {
    withUnsafeBytes(of: self) { bytes in
      bytes.assumingMemoryBound(to: Double.self).baseAddress.map(body)
    }
  }
}
