internal import CellMorphology
internal import ForwardModels
internal import LinearAlgebra

/// A forward model whose outputs have names.
struct NamedOutputs: ForwardModel {
  let model: any ForwardModel
  let outputNames: [String]

  var unit: String { model.unit }
  var positions: [SIMD3<Double>] { model.positions }

  /// The named model without its names.
  static func unwrapped(_ model: any ForwardModel) -> any ForwardModel {
    (model as? NamedOutputs).map { unwrapped($0.model) } ?? model
  }

  func transformationMatrix(for compartments: Compartments) throws -> Matrix {
    try model.transformationMatrix(for: compartments)
  }
}
