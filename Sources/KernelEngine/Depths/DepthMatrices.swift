internal import CellMorphology
internal import Distributions
internal import ForwardModels
internal import LinearAlgebra

/// The matrices of one probe that belong to the depths of a population's somata.
struct DepthMatrices {
  let outputs: Int
  let unit: String
  let isDepthIndependent: Bool

  /// For each depth the entries of the matrix, outputs × compartments, row by row.
  private(set) var all: [Double] = []

  /// What the last polynomials are of these; where the matrix is the same at all depths, what they would
  /// be if all its moments were.
  private(set) var last: [Double] = []

  /// - Parameter moments: for each piece of the distribution of depths.
  init(
    _ depths: SomaDepths, moments: [[Matrix]], unit: String, isDepthIndependent: Bool
  ) throws(LinearAlgebraError) {
    outputs = moments[0][0].rows
    self.unit = unit
    self.isDepthIndependent = isDepthIndependent
    for (piece, moments) in zip(depths.pieces, moments) {
      let factors = (0..<piece.count).map { piece.factors(ofNode: $0) }
      let size = moments[0].rows * moments[0].columns
      if isDepthIndependent {
        let root = 1 / piece.spread.mass.squareRoot()
        let matrix = root * moments[0]
        for (k, factor) in factors.enumerated() {
          all += (piece.weights[k] * matrix).storage
          last += (factor.last.reduce(0, +) * piece.spread.mass.squareRoot() * matrix).storage
        }
        continue
      }
      let entries = Matrix(rows: moments.count, columns: size) { target in
        for (j, moment) in moments.enumerated() {
          moment.withUnsafeEntries { source in
            for i in 0..<size { target[j * size + i] = source[i] }
          }
        }
      }
      all += try Matrix(factors.map(\.all)).times(entries).storage
      last += try Matrix(factors.map(\.last)).times(entries).storage
    }
  }
}

extension PostsynapticCell {
  /// The matrices of a probe at the depths of the somata.
  ///
  /// - Throws: `NetworkError`, which names the probe and the population.
  func depthMatrices(of probe: Probe) throws(NetworkError) -> DepthMatrices {
    try measuring(probe) {
      let named = try probe.measures.forwardModel(for: model.somata)
      let moments: [[Matrix]]
      var isDepthIndependent = false
      if let model = NamedOutputs.unwrapped(named) as? any DepthMomentsModel {
        isDepthIndependent = model.isDepthIndependent
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
      return try DepthMatrices(
        depths, moments: moments, unit: named.unit, isDepthIndependent: isDepthIndependent)
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
