internal import CVectorMath
internal import LinearAlgebra

/// An input's kernel as some taps and the modes of a linear system: for each mode
/// s[n] = λ s[n-1] + ν[n - head] - λ^(taps - head) ν[n - taps], and the time courses at lags onset ..<
/// head are kept, those from head on are residues · s. The last term ends the response at the last tap,
/// exactly. Modes with λ off the real axis are kept as real and imaginary part.
struct ModeSystem: Sendable {
  /// First lag at which the kernel is not 0.
  var onset: Int

  /// First lag that the modes stand for.
  var head: Int

  /// One past the last lag at which the kernel is not 0.
  var taps: Int

  /// Complex modes, and real ones.
  var pairs: Int
  var singles: Int

  /// Re λ and Im λ of all complex modes, λ of all real ones.
  var poles: [Double]

  /// λ^(taps - head), in the same order.
  var tails: [Double]

  /// r × order.
  var residues: Matrix

  /// Bound on the error, relative to the kernel's gain.
  var relativeError: Double

  /// States, and entries of the state vector.
  var order: Int { 2 * pairs + singles }
  var headTaps: Int { head - onset }
  var features: Int { order + headTaps }

  /// A kernel that is taps only.
  init(onset: Int, taps: Int, rank: Int) {
    self.onset = onset
    self.taps = taps
    head = taps
    (pairs, singles) = (0, 0)
    (poles, tails) = ([], [])
    residues = Matrix(rows: rank, columns: 0)
    relativeError = 0
  }

  init(
    onset: Int, head: Int, taps: Int, poles: PoleSet, residues: Matrix, relativeError: Double
  ) {
    self.onset = onset
    self.head = head
    self.taps = taps
    self.residues = residues
    self.relativeError = relativeError
    pairs = poles.complex.count
    singles = poles.real.count
    self.poles = poles.packed
    tails = poles.power(taps - head).packed
  }

  /// Advances the state by some steps, and writes it after each to a column of `rows`, unless that is nil.
  ///
  /// - Parameter rates: those of the steps; `taps` steps before them are read where `ending`.
  func advance(
    _ state: UnsafeMutablePointer<Double>, steps: Int, rates: UnsafePointer<Double>,
    ending: Bool = true, rows: UnsafeMutablePointer<Double>?, stride: Int
  ) {
    cvm_modes(
      steps, pairs, singles, poles, tails, state, rates - head, ending ? rates - taps : nil, rows,
      stride)
  }

  /// The state after the steps before `rates`, from nothing but the rates that it depends on.
  func settle(_ state: UnsafeMutablePointer<Double>, rates: UnsafePointer<Double>) {
    state.update(repeating: 0, count: order)
    // ν[n - head] for n = -(taps - head) ..< 0; what left before is in no state.
    advance(
      state, steps: taps - head, rates: rates - (taps - head), ending: false, rows: nil, stride: 0)
  }
}

extension ModeSystem {
  /// The state after rates of at least `taps` steps.
  func settled(_ rates: [Double]) -> [Double] {
    var state = [Double](repeating: 0, count: order)
    let end = rates.count
    state.withUnsafeMutableBufferPointer { state in
      rates.withUnsafeBufferPointer { rates in
        if let state = state.baseAddress, let rates = rates.baseAddress {
          settle(state, rates: rates + end)
        }
      }
    }
    return state
  }
}

/// Poles of a real linear system: each complex one stands for itself and its conjugate.
struct PoleSet: Sendable, Equatable {
  var complex: [(re: Double, im: Double)] = []
  var real: [Double] = []

  var order: Int { 2 * complex.count + real.count }

  var packed: [Double] { complex.map(\.re) + complex.map(\.im) + real }

  static func == (left: PoleSet, right: PoleSet) -> Bool { left.packed == right.packed }

  func power(_ exponent: Int) -> PoleSet {
    var result = PoleSet()
    result.complex = complex.map { PoleSet.power($0, exponent) }
    result.real = real.map { PoleSet.power(($0, 0), exponent).re }
    return result
  }

  private static func power(_ base: (re: Double, im: Double), _ exponent: Int)
    -> (re: Double, im: Double)
  {
    var (square, result, rest) = (base, (re: 1.0, im: 0.0), exponent)
    while rest > 0 {
      if rest & 1 == 1 {
        result = (
          result.re * square.re - result.im * square.im,
          result.re * square.im + result.im * square.re
        )
      }
      square = (square.re * square.re - square.im * square.im, 2 * square.re * square.im)
      rest >>= 1
    }
    return result
  }

  /// The impulse responses of the modes, order × length, in the order of `packed`.
  func responses(length: Int) -> Matrix {
    var pulse = [Double](repeating: 0, count: length)
    if length > 0 { pulse[0] = 1 }
    var state = [Double](repeating: 0, count: order)
    return Matrix(rows: order, columns: length) { rows in
      cvm_modes(
        length, complex.count, real.count, packed, packed, &state, pulse, nil, rows.baseAddress,
        length)
    }
  }
}
