import LFPKernels

/// A dataset of kernels that are stored as linear systems.
enum StateSpacePart: String, CaseIterable {
  /// First lag that is not 0 and one past the last, in steps from `first_lag` on.
  case support
  case taps
  case polesReal = "poles_real"
  case polesImaginary = "poles_imaginary"
  case residuesReal = "residues_real"
  case residuesImaginary = "residues_imaginary"

  /// See `StateSpaceKernel.relativeError`.
  case error

  var hasUnit: Bool { [.taps, .residuesReal, .residuesImaginary].contains(self) }

  /// Of one point.
  func shape(_ space: StoredResults.StateSpace, outputs: Int) -> [Int] {
    switch self {
    case .support: [2]
    case .taps: [outputs, space.taps]
    case .polesReal, .polesImaginary: [space.order]
    case .residuesReal, .residuesImaginary: [outputs, space.order]
    case .error: []
    }
  }

  /// Appends the numbers of a kernel, filled up with zeros.
  func append(_ kernel: StateSpaceKernel, order: Int, to values: inout [Double]) {
    switch self {
    case .support: values += [Double(kernel.onset), Double(kernel.end)]
    case .taps: values += kernel.taps.storage
    case .polesReal: values += Self.filled(kernel.polesReal, order)
    case .polesImaginary: values += Self.filled(kernel.polesImaginary, order)
    case .residuesReal: values += Self.filled(kernel.residuesReal, order)
    case .residuesImaginary: values += Self.filled(kernel.residuesImaginary, order)
    case .error: values.append(kernel.relativeError)
    }
  }

  private static func filled(_ values: [Double], _ count: Int) -> [Double] {
    values + [Double](repeating: 0, count: count - values.count)
  }

  private static func filled(_ matrix: Matrix, _ count: Int) -> [Double] {
    (0..<matrix.rows).flatMap { filled(Array(matrix.row($0)), count) }
  }
}
