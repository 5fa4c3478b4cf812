public import CellMorphology
public import LinearAlgebra

/// The current dipole moment of one cell, P = sum_i r_i I_i, with r_i the compartments' midpoints
/// (Lindén et al. 2010, J Comput Neurosci 29: 423).
///
/// As the currents of a cell sum to zero, it does not depend on where the origin is.
public struct CurrentDipoleMoment: ForwardModel, Equatable {
  public init() {}

  public var unit: String { "nA um" }
  public var outputNames: [String] { ["Px", "Py", "Pz"] }

  /// 3 × compartments, um: column i is the midpoint of compartment i.
  public func transformationMatrix(for compartments: Compartments) -> Matrix {
    let count = compartments.count
    return Matrix(rows: 3, columns: count) { target in
      for i in 0..<count {
        let midpoint = compartments.midpoint(i)
        target[i] = midpoint.x
        target[count + i] = midpoint.y
        target[2 * count + i] = midpoint.z
      }
    }
  }
}
