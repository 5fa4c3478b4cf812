public import CellMorphology
public import LinearAlgebra

/// The signal that a population's current dipole moment causes at electrodes or magnetic sensors: EEG,
/// MEG and their like.
///
/// The moment of the cells, in their own coordinates, is turned by the population's orientation and
/// put at its place in the volume conductor:
///
///     M = factor × D(location) · R · P
public struct DipoleSignal: ForwardModel {
  /// How currents make a moment, 3 × compartments.
  public let moment: any ForwardModel

  /// The volume conductor with its sensors.
  public let model: any DipoleModel

  /// Where the dipole is, um, in the conductor's coordinates.
  public let location: SIMD3<Double>

  /// How the population is turned in the conductor.
  public let orientation: RotationMatrix

  /// In which unit the signal is.
  public let outputUnit: DipoleSignalUnit

  /// Outputs × 3, in the output's unit per nA um of a moment in the population's coordinates.
  public let dipoleMatrix: Matrix

  /// - Parameters:
  ///   - moment: `CurrentDipoleMoment` of one cell, or `PopulationDipoleMoment`.
  ///   - model: the volume conductor.
  ///   - location: where the dipole is, um, in the conductor's coordinates.
  ///   - orientation: how the population is turned in the conductor; by default not at all.
  ///   - outputUnit: nil for mV of potentials and nA/um of magnetic fields.
  /// - Throws: `ForwardModelError` when the unit is not one of what the model measures, or the moment
  ///   is none, and what the model throws for a dipole at this place.
  public init(
    moment: any ForwardModel, model: any DipoleModel, location: SIMD3<Double>,
    orientation: RotationMatrix = .identity, outputUnit: DipoleSignalUnit? = nil
  ) throws {
    let unit = outputUnit ?? model.quantity.unit
    guard unit.quantity == model.quantity else {
      let possible = DipoleSignalUnit.allCases.filter { $0.quantity == model.quantity }
      throw ForwardModelError(
        parameter: "unit",
        "\(unit.rawValue) is not a unit of what is measured; possible are "
          + possible.map(\.rawValue).joined(separator: ", "))
    }
    guard moment.unit == "nA um" else {
      throw ForwardModelError(
        parameter: "moment", "a dipole moment in nA um is needed, not a signal in \(moment.unit)")
    }
    self.moment = moment
    self.model = model
    self.location = location
    self.orientation = orientation
    self.outputUnit = unit
    dipoleMatrix = DipoleSignal.turned(
      try model.dipoleMatrix(at: location), by: orientation, factor: unit.factor)
  }

  /// The signal of a population whose z axis points along `axis` in the conductor: outwards, or along
  /// the normal of the cortex.
  public init(
    moment: any ForwardModel, model: any DipoleModel, location: SIMD3<Double>,
    axis: SIMD3<Double>, outputUnit: DipoleSignalUnit? = nil
  ) throws {
    try self.init(
      moment: moment, model: model, location: location,
      orientation: RotationMatrix(turning: SIMD3(0, 0, 1), to: axis), outputUnit: outputUnit)
  }

  public var unit: String { outputUnit.rawValue }
  public var positions: [SIMD3<Double>] { model.positions }
  public var outputNames: [String] { model.outputNames }

  /// Outputs × compartments.
  ///
  /// - Throws: `ForwardModelError` when the moment has not three components.
  public func transformationMatrix(for compartments: Compartments) throws -> Matrix {
    let moments = try moment.transformationMatrix(for: compartments)
    guard moments.rows == 3 else {
      throw ForwardModelError(
        parameter: "moment", "the moment has \(moments.rows) components; it must have 3")
    }
    let count = moments.columns
    return Matrix(rows: dipoleMatrix.rows, columns: count) { target in
      moments.withUnsafeEntries { p in
        for row in 0..<dipoleMatrix.rows {
          let d = SIMD3(dipoleMatrix[row, 0], dipoleMatrix[row, 1], dipoleMatrix[row, 2])
          for i in 0..<count {
            target[row * count + i] = d.x * p[i] + d.y * p[count + i] + d.z * p[2 * count + i]
          }
        }
      }
    }
  }

  /// factor × matrix · R.
  private static func turned(
    _ matrix: Matrix, by orientation: RotationMatrix, factor: Double
  ) -> Matrix {
    let (x, y, z) = orientation.columns
    return Matrix(rows: matrix.rows, columns: 3) { target in
      for row in 0..<matrix.rows {
        let d = SIMD3(matrix[row, 0], matrix[row, 1], matrix[row, 2])
        target[3 * row] = factor * dot(d, x)
        target[3 * row + 1] = factor * dot(d, y)
        target[3 * row + 2] = factor * dot(d, z)
      }
    }
  }
}
