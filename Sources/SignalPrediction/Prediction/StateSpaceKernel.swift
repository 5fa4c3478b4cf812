public import LinearAlgebra

/// A kernel as the impulse response of a small linear system, with some first taps apart:
/// H[e, k] = taps[e, k - onset] for onset ≤ k < onset + taps, H[e, k] = Σ_j Re(R[e, j] p_j^(k - onset - taps))
/// from there up to `end`, and 0 elsewhere.
///
/// Poles come from Ho & Kalman's realisation (Kung 1978; Juang & Pappa 1985), residues R from least squares.
/// Poles off the real axis have a positive imaginary part and stand for their conjugates, too.
public struct StateSpaceKernel: Sendable, Equatable {
  /// The first lag that is not 0, in steps.
  public let onset: Int

  /// One past the last lag that is not 0.
  public let end: Int

  /// Outputs × taps.
  public let taps: Matrix

  /// Real and imaginary parts of the poles; those with an imaginary part first.
  public let polesReal, polesImaginary: [Double]

  /// Outputs × poles.
  public let residuesReal, residuesImaginary: Matrix

  /// Bound on max_e Σ_k |δH[e, k]| / max_e Σ_k |H[e, k]|.
  public let relativeError: Double

  /// A form that was stored.
  ///
  /// - Throws: `PredictionError` where the parts do not fit together.
  public init(
    onset: Int, end: Int, taps: Matrix, polesReal: [Double], polesImaginary: [Double],
    residuesReal: Matrix, residuesImaginary: Matrix, relativeError: Double
  ) throws(PredictionError) {
    let count = polesReal.count
    let isComplex = polesImaginary.map { $0 > 0 }
    guard onset >= 0, end >= onset, polesImaginary.count == count,
      [residuesReal, residuesImaginary].allSatisfy({ $0.rows == taps.rows && $0.columns == count }),
      polesImaginary.allSatisfy({ $0 >= 0 }),
      !zip(isComplex, isComplex.dropFirst()).contains(where: { !$0 && $1 })
    else {
      throw PredictionError(.shape, "poles, residues and taps of a kernel do not fit together")
    }
    self.onset = onset
    self.end = end
    self.taps = taps
    self.polesReal = polesReal
    self.polesImaginary = polesImaginary
    self.residuesReal = residuesReal
    self.residuesImaginary = residuesImaginary
    self.relativeError = relativeError
  }

  /// Finds the system of lowest order that reaches the tolerance.
  ///
  /// - Parameters:
  ///   - kernel: outputs × lags.
  ///   - tapCount: first lags that are kept as they are, 0 or more.
  ///   - order: the greatest number of states; a complex pole has two.
  ///   - tolerance: bound on `relativeError`, in 0 ..< 1.
  /// - Throws: `PredictionError` when a setting is out of range, a number is not finite, or no such
  ///   system reaches the tolerance.
  public init(
    _ kernel: Matrix, tapCount: Int = 48, order: Int = 24, tolerance: Double = 1e-6
  ) throws(PredictionError) {
    guard tapCount >= 0, order >= 0, tolerance >= 0, tolerance < 1 else {
      throw PredictionError(
        .setting,
        "\(tapCount) taps, order \(order), tolerance \(tolerance): the first two are 0 or more, the "
          + "tolerance in 0 ..< 1")
    }
    guard kernel.rows > 0, allFinite(kernel) else {
      throw PredictionError(.notFinite, "a kernel has no outputs, or a tap that is not finite")
    }
    let fit = ModeFit(courses: kernel, gain: gain(kernel), tolerance: tolerance)
    let support = fit.support
    let head = min(support.onset + tapCount, support.end)
    var system = ModeSystem(onset: support.onset, taps: head, rank: kernel.rows)
    if head < support.end {
      // LAPACK's results depend on the number of threads.
      let found = BLASThreads.single {
        Result { () throws(LinearAlgebraError) in
          support.end - head >= 8
            ? try fit.fit(onset: support.onset, head: head, end: support.end, limit: order) : nil
        }
      }
      do {
        guard let best = try found.get() else {
          throw PredictionError(
            .unreachable,
            "no system of \(order) states and \(tapCount) taps reaches the tolerance \(tolerance)")
        }
        system = best
      } catch let error as PredictionError {
        throw error
      } catch {
        throw PredictionError(.numerical, "\(error)")
      }
    }
    try self.init(system, kernel, tapCount: tapCount, head: head, end: support.end)
  }

  private init(
    _ system: ModeSystem, _ kernel: Matrix, tapCount: Int, head: Int, end: Int
  ) throws(PredictionError) {
    let (pairs, count) = (system.pairs, system.pairs + system.singles)
    var taps = Matrix(rows: kernel.rows, columns: tapCount)
    var real = Matrix(rows: kernel.rows, columns: count)
    var imaginary = real
    for e in 0..<kernel.rows {
      for k in system.onset..<head { taps[e, k - system.onset] = kernel[e, k] }
      for j in 0..<pairs {
        // a Re p^k + b Im p^k = Re((a - ib) p^k).
        real[e, j] = system.residues[e, j]
        imaginary[e, j] = -system.residues[e, pairs + j]
      }
      for j in pairs..<count { real[e, j] = system.residues[e, pairs + j] }
    }
    let packed = system.poles
    try self.init(
      onset: system.onset, end: end, taps: taps,
      polesReal: Array(packed.prefix(pairs)) + packed.dropFirst(2 * pairs),
      polesImaginary: Array(packed.dropFirst(pairs).prefix(pairs))
        + [Double](repeating: 0, count: system.singles),
      residuesReal: real, residuesImaginary: imaginary, relativeError: system.relativeError)
  }

  /// The kernel, outputs × lags.
  ///
  /// - Throws: `PredictionError` when LAPACK fails.
  public func values(lags: Int) throws(PredictionError) -> Matrix {
    var poles = PoleSet()
    for (re, im) in zip(polesReal, polesImaginary) {
      if im > 0 { poles.complex.append((re, im)) } else { poles.real.append(re) }
    }
    let (head, pairs) = (onset + taps.columns, poles.complex.count)
    let length = max(0, min(end, lags) - head)
    var residues = Matrix(rows: taps.rows, columns: poles.order)
    var result = Matrix(rows: taps.rows, columns: lags)
    for e in 0..<taps.rows {
      for j in polesReal.indices {
        residues[e, j < pairs ? j : pairs + j] = residuesReal[e, j]
        if j < pairs { residues[e, pairs + j] = -residuesImaginary[e, j] }
      }
      for k in onset..<max(onset, min(head, end, lags)) { result[e, k] = taps[e, k - onset] }
    }
    guard length > 0, poles.order > 0 else { return result }
    do {
      let tail = try residues.times(poles.responses(length: length))
      for e in 0..<taps.rows {
        for k in 0..<length { result[e, head + k] = tail[e, k] }
      }
    } catch {
      throw PredictionError(.numerical, "\(error)")
    }
    return result
  }
}
