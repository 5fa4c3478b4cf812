package import LinearAlgebra

/// A kernel as its first lags and the modes of a linear system for the rest:
/// H[e, head + n] = Σ_m Re(residue[e, m] pole_m^n).
package struct KernelModes: Sendable {
  /// Real and imaginary part of each pole; one that is not real stands for its conjugate, too.
  package let poles: [SIMD2<Double>]

  /// Outputs × modes, output by output: real and imaginary parts.
  package let residues: [SIMD2<Double>]

  /// Bound on the error of any output, the sum of magnitudes over lags, relative to the largest sum of
  /// magnitudes of an output.
  package let relativeError: Double

  /// Finds the modes of a kernel.
  ///
  /// - Parameters:
  ///   - kernel: outputs × lags.
  ///   - head: lags that are not to be described by modes.
  ///   - states: at most so many; a pole that is not real takes two.
  ///   - tolerance: bound on the relative error.
  /// - Returns: nil where that many states do not reach the tolerance.
  package init?(
    _ kernel: Matrix, head: Int, states: Int, tolerance: Double
  ) throws(LinearAlgebraError) {
    let gain = (0..<kernel.rows).map { kernel.row($0).reduce(0) { $0 + abs($1) } }.max() ?? 0
    guard gain > 0 else {
      (poles, residues, relativeError) = ([], [], 0)
      return
    }
    let fit = ModeFit(courses: kernel, gain: gain, tolerance: tolerance)
    guard
      let system = try fit.system(head: head, limit: min(states, ModeFit.maximumOrder))
    else { return nil }
    let (pairs, singles) = (system.pairs, system.singles)
    poles =
      (0..<pairs).map { SIMD2(system.poles[$0], system.poles[pairs + $0]) }
      + (0..<singles).map { SIMD2(system.poles[2 * pairs + $0], 0) }
    var residues: [SIMD2<Double>] = []
    for e in 0..<kernel.rows {
      // a Re z + b Im z = Re((a - i b) z)
      residues += (0..<pairs).map {
        SIMD2(system.residues[e, $0], -system.residues[e, pairs + $0])
      }
      residues += (0..<singles).map { SIMD2(system.residues[e, 2 * pairs + $0], 0) }
    }
    self.residues = residues
    relativeError = system.relativeError
  }
}

extension ModeFit {
  /// The system of the lowest order that stands for all lags from `head` on; nil above `limit`.
  fileprivate func system(head: Int, limit: Int) throws(LinearAlgebraError) -> ModeSystem? {
    guard head + 8 <= courses.columns, limit >= 1 else { return nil }
    return try fit(onset: 0, head: head, end: courses.columns, limit: limit)
  }
}
