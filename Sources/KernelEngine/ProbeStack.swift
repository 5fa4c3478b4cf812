internal import CellMorphology
internal import Distributions
internal import ForwardModels
internal import LinearAlgebra

/// The matrices of all probes on one population's cells, one below the other.
struct ProbeStack {
  /// For each depth of the somata outputs × compartments; their sum over depths is the mean, as shares
  /// of the population are part of them.
  private(set) var matrices: [Matrix]

  /// What the last polynomials over depth add to these, by which the average is judged; empty where one
  /// cell stands for all.
  private(set) var last: [Matrix] = []
  private(set) var rows: [Range<Int>] = []

  /// For each probe whether `last` is of responses alone, so that the average's error is like its square.
  private(set) var isSquared: [Bool] = []
  private(set) var units: [String] = []

  var outputCount: Int { rows.last?.upperBound ?? 0 }

  init(_ probes: [Probe], on cell: PostsynapticCell) throws(NetworkError) {
    matrices = []
    let columns = cell.compartments.count
    let depths = cell.depths
    if depths.isMean {
      var storage: [Double] = []
      for probe in probes {
        let part = try cell.matrix(of: probe, by: probe.measures.forwardModel)
        part.matrix.withUnsafeEntries { storage.append(contentsOf: $0) }
        append(part.matrix.rows, part.unit)
      }
      matrices = [Matrix(rows: outputCount, columns: columns, storage: storage)]
      return
    }
    var parts: [DepthMatrices] = []
    for probe in probes {
      let part = try cell.depthMatrices(of: probe)
      append(part.outputs, part.unit)
      isSquared.append(part.isDepthIndependent)
      parts.append(part)
    }
    let count = outputCount
    func stacked(_ storage: (DepthMatrices) -> [Double]) -> [Matrix] {
      let storages = parts.map(storage)
      return depths.offsets.indices.map { k in
        Matrix(rows: count, columns: columns) { target in
          var place = 0
          for (part, storage) in zip(parts, storages) {
            let size = part.outputs * columns
            for i in 0..<size { target[place + i] = storage[k * size + i] }
            place += size
          }
        }
      }
    }
    matrices = stacked(\.all)
    last = stacked(\.last)
  }

  /// Estimated errors of the average from what the last polynomials add, both relative to the largest
  /// value, for each probe.
  ///
  /// A Gauss rule of n nodes is exact up to degree 2 n - 1: where a response is averaged with one matrix,
  /// what is left out is of the order of the square of its coefficients of order n.
  func averageErrors(fromLast ratios: [Double]) -> [Double] {
    zip(ratios, isSquared).map { $1 ? $0 * $0 : $0 }
  }

  private mutating func append(_ outputs: Int, _ unit: String) {
    rows.append(outputCount..<outputCount + outputs)
    units.append(unit)
  }
}
