public import CellMorphology
public import LinearAlgebra

/// The current dipole moment of a population with rotational symmetry about the z axis: of the
/// moment sum_i r_i I_i only the z component remains (Hagen et al. 2022).
public struct PopulationDipoleMoment: ForwardModel, Equatable {
  public init() {}

  public var unit: String { "nA um" }
  public var outputNames: [String] { ["Px", "Py", "Pz"] }

  /// 3 × compartments, um: rows x and y are 0, row z holds the midpoints' depths.
  public func transformationMatrix(for compartments: Compartments) -> Matrix {
    let count = compartments.count
    var result = Matrix(rows: 3, columns: count)
    for i in 0..<count { result[2, i] = compartments.midpointZ(i) }
    return result
  }
}
