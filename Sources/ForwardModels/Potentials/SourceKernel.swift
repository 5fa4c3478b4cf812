internal import CellMorphology
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

/// Eight at a time, the last group filled up with its last member.
func groups<Group>(of indices: [Int], _ make: ([Int]) -> Group) -> [Group] {
  stride(from: 0, to: indices.count, by: 8).map { first in
    make((0..<8).map { indices[min(first + $0, indices.count - 1)] })
  }
}

func lanes(_ indices: [Int], _ value: (Int) -> Double) -> Lanes {
  Lanes(indices.map(value))
}
