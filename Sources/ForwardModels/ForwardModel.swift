public import CellMorphology
public import LinearAlgebra

/// A linear map from the membrane currents of a cell's compartments to measured signals.
///
/// As in LFPykit: signal = matrix × currents, with currents in nA, outward positive.
public protocol ForwardModel: Sendable {
  /// What the outputs are: `mV` for potentials, `nA um` for dipole moments.
  var unit: String { get }

  /// Where each output is measured, um; empty for outputs without a position (dipole moments).
  var positions: [SIMD3<Double>] { get }

  /// What each output is called, where positions do not tell: `Px`, `Py`, `Pz`; else empty.
  var outputNames: [String] { get }

  /// The matrix, outputs × compartments, in `unit` per nA.
  func transformationMatrix(for compartments: Compartments) throws -> Matrix
}

extension ForwardModel {
  public var positions: [SIMD3<Double>] { [] }
  public var outputNames: [String] { [] }
}
