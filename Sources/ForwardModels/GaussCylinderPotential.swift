public import CellMorphology
public import LinearAlgebra
public struct GaussCylinderPotential: ForwardModel {
  public init(z: [Double], sigma: Double, radius: Double, scale: Double) throws {}
  public var unit: String { "mV" }
  public func transformationMatrix(for compartments: Compartments) throws -> Matrix { Matrix(rows: 0, columns: 0) }
}
public struct PopulationDipoleMoment: ForwardModel {
  public init() {}
  public var unit: String { "nA um" }
  public func transformationMatrix(for compartments: Compartments) throws -> Matrix { Matrix(rows: 0, columns: 0) }
}
public struct PointSourcePotential: ForwardModel {
  public init(contacts: [SIMD3<Double>], sigma: Double) throws {}
  public var unit: String { "mV" }
  public func transformationMatrix(for compartments: Compartments) throws -> Matrix { Matrix(rows: 0, columns: 0) }
}
public struct LineSourcePotential: ForwardModel {
  public init(contacts: [SIMD3<Double>], sigma: Double) throws {}
  public var unit: String { "mV" }
  public func transformationMatrix(for compartments: Compartments) throws -> Matrix { Matrix(rows: 0, columns: 0) }
}
