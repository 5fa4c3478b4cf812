internal import ForwardModels
internal import LinearAlgebra

/// The matrices of all probes on one cell, one below the other.
struct ProbeStack {
  var matrix: Matrix
  var rows: [Range<Int>] = []
  var units: [String] = []

  init(_ probes: [Probe], on cell: PostsynapticCell) throws(NetworkError) {
    var storage: [Double] = []
    var count = 0
    for probe in probes {
      let part = try cell.matrix(of: probe, by: probe.measures.forwardModel)
      part.matrix.withUnsafeEntries { storage.append(contentsOf: $0) }
      rows.append(count..<count + part.matrix.rows)
      units.append(part.unit)
      count += part.matrix.rows
    }
    matrix = Matrix(rows: count, columns: cell.compartments.count, storage: storage)
  }
}
