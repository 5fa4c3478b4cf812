import LinearAlgebra

/// A reproducible stream of random numbers (SplitMix64).
struct Random {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func bits() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Evenly distributed in [-1, 1).
  mutating func number() -> Double { Double(bits() >> 11) * 0x1p-52 - 1 }

  mutating func integer(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(bits() % UInt64(range.count))
  }

  mutating func vector(_ count: Int) -> [Double] { (0..<count).map { _ in number() } }

  mutating func matrix(_ rows: Int, _ columns: Int) -> Matrix {
    Matrix(rows: rows, columns: columns, storage: vector(rows * columns))
  }
}

/// Kinds of matrices that find different faults.
enum Kind: String, CaseIterable, Sendable {
  case random, diagonal, zero, rankDeficient, graded, scaledUp, scaledDown

  func matrix(_ rows: Int, _ columns: Int, _ random: inout Random) -> Matrix {
    let full = random.matrix(rows, columns)
    switch self {
    case .random: return full
    case .zero: return Matrix(rows: rows, columns: columns)
    case .diagonal: return full.mapped { $0 == $1 ? $2 : 0 }
    case .rankDeficient:
      let rank = max(1, min(rows, columns) / 2)
      return naiveProduct(random.matrix(rows, rank), random.matrix(rank, columns))
    case .graded:
      // From 1 to 1e-12 down the rows and columns.
      return full.mapped { i, j, x in
        x * power(1e-6, Double(i) / Double(rows)) * power(1e-6, Double(j) / Double(columns))
      }
    case .scaledUp: return 1e150 * full
    case .scaledDown: return 1e-150 * full
    }
  }

  func symmetric(_ order: Int, _ random: inout Random) -> Matrix {
    let half = matrix(order, order, &random)
    return half.mapped { i, j, x in 0.5 * (x + half[j, i]) }
  }
}

/// base^exponent for exponents in [0, 1), by 40 square roots.
private func power(_ base: Double, _ exponent: Double) -> Double {
  var (result, root, rest) = (1.0, base, exponent)
  for _ in 0..<40 {
    root = root.squareRoot()
    rest *= 2
    if rest >= 1 {
      result *= root
      rest -= 1
    }
  }
  return result
}

extension Matrix {
  func mapped(_ transform: (Int, Int, Double) -> Double) -> Matrix {
    var result = self
    for i in 0..<rows { for j in 0..<columns { result[i, j] = transform(i, j, self[i, j]) } }
    return result
  }

  /// The largest sum of magnitudes in a row, which no scaling lets overflow.
  var infinityNorm: Double {
    (0..<rows).reduce(0) { max($0, row($1).reduce(0) { $0 + abs($1) }) }
  }
}

/// The product by the definition.
func naiveProduct(_ a: Matrix, _ b: Matrix) -> Matrix {
  var result = Matrix(rows: a.rows, columns: b.columns)
  for i in 0..<a.rows {
    for j in 0..<b.columns {
      var sum = 0.0
      for k in 0..<a.columns { sum += a[i, k] * b[k, j] }
      result[i, j] = sum
    }
  }
  return result
}

/// LAPACK's dimensionless residual, norm / (n scale eps), whose accepted limit is 30: 0 where
/// nothing is left, and infinite where anything is left of nothing or is not a number.
func residual(_ difference: Matrix, order: Int, scale: Double) -> Double {
  let norm = difference.infinityNorm
  if norm == 0 { return 0 }
  let ratio = norm / scale / (Double(max(order, 1)) * 0x1p-52)
  return ratio.isNaN ? .infinity : ratio
}

let residualLimit = 30.0

/// The larger of two numbers; NaN when either is, so that no test passes on NaN.
func largestOrNaN(_ a: Double, _ b: Double) -> Double { a.isNaN || b.isNaN ? .nan : max(a, b) }
