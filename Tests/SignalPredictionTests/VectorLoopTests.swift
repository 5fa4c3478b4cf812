import CVectorMath
import Testing

/// The loops in C that predictions use, beside plain ones, for odd shapes.
@Suite struct VectorLoopTests {
  /// Reproducible numbers in [-1, 1), in no order.
  private static func numbers(_ count: Int, seed: Int) -> [Double] {
    (0..<count).map { index in
      let place = (index + 1) * 7919 + seed * 104_729
      return Double(place % 20_011) / 10_005.5 - 1
    }
  }

  /// Memory between and after the rows must stay as it was.
  private static let untouched = 1e99

  @Test(arguments: [1, 2, 3, 5, 8, 13, 17, 33])
  func product(rows: Int) {
    for columns in [0, 1, 2, 7, 8, 9, 31, 32, 33, 65, 130] {
      for terms in [1, 2, 3, 4, 7, 16, 19] {
        for add in [false, true] { compareProduct(rows, columns, terms, add: add) }
      }
    }
  }

  private func compareProduct(_ rows: Int, _ columns: Int, _ terms: Int, add: Bool) {
    let (aStride, bStride, cStride) = (terms + 3, columns + 1, columns + 2)
    let a = Self.numbers(rows * aStride, seed: 1)
    let b = Self.numbers(terms * bStride, seed: 2)
    var c = [Double](repeating: Self.untouched, count: rows * cStride)
    for i in 0..<rows { for j in 0..<columns { c[i * cStride + j] = Double(i - j) } }
    var expected = c
    for i in 0..<rows {
      for j in 0..<columns {
        var sum = add ? expected[i * cStride + j] : 0
        for k in 0..<terms { sum += a[i * aStride + k] * b[k * bStride + j] }
        expected[i * cStride + j] = sum
      }
    }
    cvm_product(rows, columns, terms, a, aStride, b, bStride, add ? 1 : 0, &c, cStride)
    // Rounding of sums of so many terms below 1, and of the number that they are added to.
    let bound = Double(terms + 130) * 1e-15
    let isEqual = zip(c, expected).allSatisfy { abs($0 - $1) <= bound }
    #expect(isEqual, "\(rows) x \(terms) x \(columns), add: \(add)")
  }

  @Test(arguments: [0, 1, 2, 3, 7, 8, 9, 16, 17, 33, 70])
  func modes(pairs: Int) {
    for singles in [0, 1, 2, 5, 8, 15, 40] {
      for steps in [0, 1, 2, 37] {
        for (leaves, writes) in [(false, true), (true, true), (true, false)] {
          compareModes(steps, pairs, singles, leaves: leaves, writes: writes)
        }
      }
    }
  }

  private func compareModes(
    _ steps: Int, _ pairs: Int, _ singles: Int, leaves: Bool, writes: Bool
  ) {
    let order = 2 * pairs + singles
    let poles = Self.numbers(order, seed: 3).map { 0.7 * $0 }
    let tails = Self.numbers(order, seed: 4)
    let (entering, leaving) = (Self.numbers(steps, seed: 5), Self.numbers(steps, seed: 6))
    let stride = steps + 3
    var state = Self.numbers(order, seed: 7)
    var rows = [Double](repeating: Self.untouched, count: order * stride)
    var (expected, expectedRows) = (state, rows)
    for n in 0..<steps {
      let out = leaves ? leaving[n] : 0
      for m in 0..<pairs {
        let (re, im) = (expected[m], expected[m + pairs])
        let (p, q) = (poles[m], poles[m + pairs])
        expected[m] = p * re - q * im + entering[n] - tails[m] * out
        expected[m + pairs] = p * im + q * re - tails[m + pairs] * out
      }
      for m in 2 * pairs..<order {
        expected[m] = poles[m] * expected[m] + entering[n] - tails[m] * out
      }
      for m in 0..<order { expectedRows[m * stride + n] = expected[m] }
    }
    rows.withUnsafeMutableBufferPointer { rows in
      leaving.withUnsafeBufferPointer { leaving in
        cvm_modes(
          steps, pairs, singles, poles, tails, &state, entering,
          leaves ? leaving.baseAddress : nil, writes ? rows.baseAddress : nil, stride)
      }
    }
    if !writes { expectedRows = rows }
    // |pole| < 1: rounding does not grow.
    let isEqual =
      zip(state, expected).allSatisfy { abs($0 - $1) <= 1e-13 }
      && zip(rows, expectedRows).allSatisfy { abs($0 - $1) <= 1e-13 }
    #expect(isEqual, "\(pairs) pairs, \(singles) singles, \(steps) steps, \(leaves), \(writes)")
  }
}
