/// A failure of a matrix operation.
public enum LinearAlgebraError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Operands whose shapes do not fit, as "rows x columns" of each.
  case shape(operation: String, left: String, right: String)

  /// LAPACK's `info` code: -i for an invalid argument i (such as NaN or infinity), i > 0 for a failure that the
  /// routine's documentation names (singular pivot i, no convergence).
  case lapack(routine: String, info: Int)

  public var description: String {
    switch self {
    case .shape(let operation, let left, let right):
      "\(operation): shapes \(left) and \(right) do not fit"
    case .lapack(let routine, let info):
      info < 0
        ? "LAPACK's \(routine) was given an invalid argument \(-info) (a number that is not "
          + "finite, or a wrong size)"
        : "LAPACK's \(routine) failed with info \(info)"
    }
  }

  static func check(_ routine: String, _ info: Int32) throws(LinearAlgebraError) {
    if info != 0 { throw .lapack(routine: routine, info: Int(info)) }
  }
}
