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
    var all = depths.offsets.map { _ in [Double]() }
    var last = all
    for probe in probes {
      let part = try cell.depthMoments(of: probe)
      append(part.moments[0][0].rows, part.unit)
      var node = 0
      for (piece, moments) in zip(depths.pieces, part.moments) {
        for k in 0..<piece.count {
          let factors = piece.factors(ofNode: k)
          all[node] += moments.sum(with: factors.all).storage
          last[node] += moments.sum(with: factors.last).storage
          node += 1
        }
      }
    }
    let count = outputCount
    matrices = all.map { Matrix(rows: count, columns: columns, storage: $0) }
    self.last = last.map { Matrix(rows: count, columns: columns, storage: $0) }
  }

  private mutating func append(_ outputs: Int, _ unit: String) {
    rows.append(outputCount..<outputCount + outputs)
    units.append(unit)
  }
}

extension [Matrix] {
  fileprivate func sum(with factors: [Double]) -> Matrix {
    var result = Matrix(rows: self[0].rows, columns: self[0].columns)
    for (matrix, factor) in zip(self, factors) where factor != 0 {
      result.add(matrix, times: factor)
    }
    return result
  }
}

extension PostsynapticCell {
  /// For each piece of the distribution of depths the moments of a probe's matrix, and its unit.
  ///
  /// - Throws: `NetworkError`, which names the probe and the population.
  fileprivate func depthMoments(
    of probe: Probe
  ) throws(NetworkError) -> (moments: [[Matrix]], unit: String) {
    try measuring(probe) {
      let somata = model.somata
      let named = try probe.measures.forwardModel(for: somata)
      let moments: [[Matrix]]
      if let model = NamedOutputs.unwrapped(named) as? any DepthMomentsModel {
        moments = try depths.pieces.map { try model.depthMoments(for: compartments, $0) }
      } else {
        moments = try depths.pieces.map {
          try adaptiveDepthMoments($0, tolerance: settings.averageTolerance) { offset in
            try matrix(of: probe, movedBy: offset)
          }
        }
      }
      for matrix in moments.joined() {
        guard matrix.columns == compartments.count else {
          throw ForwardModelError(
            parameter: "",
            "its matrix has \(matrix.columns) columns for \(compartments.count) compartments")
        }
        guard matrix.maximumMagnitude.isFinite else {
          throw ForwardModelError(
            parameter: "", "its matrix is not finite; are its numbers in their units?")
        }
      }
      return (moments, named.unit)
    }
  }

  /// The matrix of a population whose somata all are at one depth.
  private func matrix(of probe: Probe, movedBy offset: Double) throws -> Matrix {
    let somata = model.somata
    let model = try probe.measures.forwardModel(
      for: Somata(radius: somata.radius, depth: .constant(somata.depth.mean + offset)))
    return try model.transformationMatrix(
      for: compartments.placed(at: compartments.somaPosition + SIMD3(0, 0, offset)))
  }
}
