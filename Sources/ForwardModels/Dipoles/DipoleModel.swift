public import LinearAlgebra

/// A linear map from a current dipole at a place to measured signals: a volume conductor with its
/// electrodes or magnetic sensors.
public protocol DipoleModel: Sendable {
  /// What the outputs are.
  var quantity: DipoleQuantity { get }

  /// Where each output is measured, um; empty for outputs without a position.
  var positions: [SIMD3<Double>] { get }

  /// What each output is called, where positions do not tell; else empty.
  var outputNames: [String] { get }

  /// The matrix, outputs × 3: column j is the signal of a moment of 1 nA um along axis j, in the
  /// quantity's own unit.
  ///
  /// - Parameter location: where the dipole is, um, in the same coordinates as the positions.
  /// - Throws: `ForwardModelError` when the dipole cannot be there.
  func dipoleMatrix(at location: SIMD3<Double>) throws -> Matrix
}

extension DipoleModel {
  public var outputNames: [String] { [] }
}

/// What a dipole model measures.
public enum DipoleQuantity: Sendable, Equatable {
  /// In mV.
  case potential

  /// The magnetic field H, in nA/um = 1e-3 A/m.
  case magneticField

  /// The unit of a dipole matrix times nA um.
  public var unit: DipoleSignalUnit {
    switch self {
    case .potential: .millivolt
    case .magneticField: .nanoamperePerMicrometre
    }
  }
}

/// The units in which signals of dipoles are given.
public enum DipoleSignalUnit: String, Sendable, Equatable, CaseIterable {
  case millivolt = "mV"
  case microvolt = "uV"

  /// The magnetic field H: 1 nA/um = 1e-3 A/m.
  case nanoamperePerMicrometre = "nA/um"

  /// The magnetic flux density B = mu0 H.
  case tesla = "T"
  case femtotesla = "fT"

  /// The magnetic constant as the reference has it, 4 pi 1e-7 T m/A; that of CODATA 2022 is larger by
  /// 1.3e-10 of itself.
  public static let magneticConstant = 4e-7 * Double.pi

  /// What is measured in this unit.
  public var quantity: DipoleQuantity {
    switch self {
    case .millivolt, .microvolt: .potential
    case .nanoamperePerMicrometre, .tesla, .femtotesla: .magneticField
    }
  }

  /// How many of this unit the quantity's own unit is.
  public var factor: Double {
    switch self {
    case .millivolt, .nanoamperePerMicrometre: 1
    case .microvolt: 1e3
    case .tesla: 1e-3 * DipoleSignalUnit.magneticConstant
    case .femtotesla: 1e12 * DipoleSignalUnit.magneticConstant
    }
  }
}
