internal import CellMorphology
internal import ForwardModels
internal import LinearAlgebra

/// A forward model whose outputs have names.
struct NamedOutputs: ForwardModel {
  let model: any ForwardModel
  let outputNames: [String]

  var unit: String { model.unit }
  var positions: [SIMD3<Double>] { model.positions }

  func transformationMatrix(for compartments: Compartments) throws -> Matrix {
    try model.transformationMatrix(for: compartments)
  }
}
