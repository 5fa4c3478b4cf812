internal import LinearAlgebra

/// Finds the modes of a kernel's time courses: Ho & Kalman's realisation from a Hankel matrix by its
/// singular value decomposition (Kung 1978; Juang & Pappa 1985), with few random combinations of the
/// Hankel matrix's rows in place of all, and then the residues by least squares.
struct ModeFit {
  /// r × taps.
  let courses: Matrix

  /// max_e Σ_k |H[e, k]| of the kernel; errors are relative to it.
  let gain: Double
  let tolerance: Double

  /// Columns that a system may cost in all.
  static let maximumOrder = 72

  /// The system with the fewest states and taps together that reaches the tolerance; taps alone where
  /// that is cheaper, or nothing else does.
  func best() throws(LinearAlgebraError) -> ModeSystem {
    let (onset, end) = support
    var best = ModeSystem(onset: onset, taps: max(end, onset), rank: courses.rows)
    var worse = 0
    for offset in [0, 16, 32, 48, 64, 96, 128, 192] {
      let limit = min(best.order + best.headTaps - 1 - offset, Self.maximumOrder)
      guard limit >= 1, end - onset - offset >= 8 else { break }
      if let system = try fit(onset: onset, head: onset + offset, end: end, limit: limit) {
        best = system
        worse = 0
      } else if best.order > 0 {
        worse += 1
        if worse == 2 { break }
      }
    }
    return best
  }

  /// First lag that is not 0, and one past the last.
  var support: (onset: Int, end: Int) {
    func isZero(_ k: Int) -> Bool { (0..<courses.rows).allSatisfy { courses[$0, k] == 0 } }
    guard let onset = (0..<courses.columns).first(where: { !isZero($0) }) else { return (0, 0) }
    let last = (0..<courses.columns).last { !isZero($0) } ?? onset
    return (onset, last + 1)
  }

  /// The lowest order that reaches the tolerance with the given head.
  func fit(
    onset: Int, head: Int, end: Int, limit: Int
  ) throws(LinearAlgebraError) -> ModeSystem? {
    let target = courses.view(rows: 0..<courses.rows, columns: head..<end).copied()
    let hankel = try HankelSketch(target, limit: limit)
    var order = hankel.order(above: 3 * tolerance)
    var steps = 0
    while order <= min(limit, hankel.maximumOrder), steps < 8 {
      let poles = try hankel.poles(order: order)
      if poles.order <= limit, let fit = try residues(poles, target) {
        return ModeSystem(
          onset: onset, head: head, taps: end, poles: poles, residues: fit.residues,
          relativeError: fit.error)
      }
      order += 2
      steps += 1
    }
    return nil
  }

  /// Least squares, with the error that is left; nil above the tolerance.
  private func residues(
    _ poles: PoleSet, _ target: Matrix
  ) throws(LinearAlgebraError) -> (residues: Matrix, error: Double)? {
    let basis = poles.responses(length: target.columns)
    guard basis.maximumMagnitude.isFinite else { return nil }
    let svd = try SingularValueDecomposition(basis)
    // X basis = target: X = target rightᵀ / values leftᵀ.
    var coefficients = try target.times(svd.right, transposingOther: true)
    let smallest = 1e-14 * (svd.values.first ?? 0)
    for j in 0..<coefficients.columns {
      let factor = svd.values[j] > smallest ? 1 / svd.values[j] : 0
      for i in 0..<coefficients.rows { coefficients[i, j] *= factor }
    }
    let residues = try coefficients.times(svd.left, transposingOther: true)
    let rest = target - (try residues.times(basis))
    var sum = 0.0
    for k in 0..<rest.columns {
      var square = 0.0
      for i in 0..<rest.rows { square += rest[i, k] * rest[i, k] }
      sum += square.squareRoot()
    }
    let error = (sum + rounding(residues, basis)) / gain
    return error <= tolerance ? (residues, error) : nil
  }
}

extension ModeFit {
  /// What rounding does to sums of modes that cancel each other, on the scale of the gain.
  private func rounding(_ residues: Matrix, _ basis: Matrix) -> Double {
    var sum = 0.0
    for j in 0..<basis.rows {
      let square = residues.column(j).reduce(0) { $0 + $1 * $1 }
      sum += square.squareRoot() * basis.row(j).reduce(0) { $0 + abs($1) }
    }
    return sum * 0x1p-53
  }
}

/// The singular values and right singular vectors of random combinations of a Hankel matrix's rows.
private struct HankelSketch {
  private let values: [Double]

  /// Leading right vectors times themselves one step later.
  private let shifted: Matrix

  /// Their last entries.
  private let last: [Double]

  var maximumOrder: Int { values.count }

  init(_ courses: Matrix, limit: Int) throws(LinearAlgebraError) {
    let length = courses.columns
    let depth = max(1, length / 3)
    let width = length - depth + 1
    let count = min(limit + 8, width - 1)
    let combined = Self.combinations(of: courses, count: count, depth: depth, width: width)
    let svd = try SingularValueDecomposition(combined)
    values = svd.values
    let right = svd.right
    let rows = 0..<right.rows
    shifted = try right.view(rows: rows, columns: 1..<width).times(
      right.view(rows: rows, columns: 0..<width - 1), transposingOther: true)
    last = right.column(width - 1)
  }

  /// Each row the sum of random rows of the Hankel matrix: random mixtures of the courses at random
  /// delays, so that every row obeys the same recursion.
  private static func combinations(of courses: Matrix, count: Int, depth: Int, width: Int)
    -> Matrix
  {
    var random = RandomNumbers(seed: 4)
    let terms = min(depth, 24)
    var mixture = [Double](repeating: 0, count: courses.columns)
    var result = Matrix(rows: count, columns: width)
    result.withUnsafeMutableEntries { target in
      courses.withUnsafeEntries { source in
        guard let target = target.baseAddress, let source = source.baseAddress else { return }
        for a in 0..<count {
          mixture.withUnsafeMutableBufferPointer { mixture in
            guard let mixture = mixture.baseAddress else { return }
            mixture.update(repeating: 0, count: courses.columns)
            for i in 0..<courses.rows {
              addScaled(
                count: courses.columns, random.number(), source + i * courses.columns, to: mixture)
            }
            for term in 0..<terms {
              // The undelayed row is in all: it holds what decays fastest.
              let delay = term == 0 ? 0 : Int(random.bits() % UInt64(depth))
              addScaled(count: width, random.number(), mixture + delay, to: target + a * width)
            }
          }
        }
      }
    }
    return result
  }

  /// How many singular values are above a fraction of the first.
  func order(above fraction: Double) -> Int {
    max(1, values.count { $0 > fraction * (values.first ?? 0) })
  }

  /// The eigenvalues of the matrix that takes the leading right vectors one step on; those outside of the
  /// unit circle are moved onto it.
  func poles(order: Int) throws(LinearAlgebraError) -> PoleSet {
    var matrix = shifted.view(rows: 0..<order, columns: 0..<order).copied()
    // The vectors without their last entry are not orthonormal: their Gram matrix is 1 - l lᵀ.
    let square = last[..<order].reduce(0) { $0 + $1 * $1 }
    if square < 1 - 1e-8 {
      let projected = try matrix.times(Array(last[..<order]))
      for i in 0..<order {
        for j in 0..<order { matrix[i, j] += projected[i] * last[j] / (1 - square) }
      }
    }
    let eigenvalues = try GeneralEigenvalues(matrix)
    var result = PoleSet()
    for (re, im) in zip(eigenvalues.real, eigenvalues.imaginary) where im >= 0 {
      let size = (re * re + im * im).squareRoot()
      let factor = size > 1 ? 1 / size : 1
      if im > 0 {
        result.complex.append((re * factor, im * factor))
      } else {
        result.real.append(re * factor)
      }
    }
    return result
  }
}
