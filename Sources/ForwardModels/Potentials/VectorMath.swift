/// Eight numbers that are worked on at once.
typealias Lanes = SIMD8<Double>

/// 1 / sqrt(x), to 2 ulp for normal positive x; finite for x = 0, so that x / sqrt(x) is 0 there.
///
/// Newton's method from a guess by halving the exponent: the compiler turns multiplications of lanes
/// into vector instructions, but not their square roots.
@inline(__always)
func reciprocalSquareRoot(_ x: Lanes) -> Lanes {
  let bits = unsafeBitCast(x, to: SIMD8<UInt64>.self)
  let guess = SIMD8<UInt64>(repeating: 0x5FE6_EB50_C7B5_37A9) &- (bits &>> 1)
  var y = unsafeBitCast(guess, to: Lanes.self)
  let half = 0.5 * x
  y *= 1.5 - (half * y) * y
  y *= 1.5 - (half * y) * y
  y *= 1.5 - (half * y) * y
  y *= 1.5 - (half * y) * y
  return y
}

/// sqrt(x), to 3 ulp; 0 for 0.
@inline(__always)
func squareRoot(_ x: Lanes) -> Lanes { x * reciprocalSquareRoot(x) }

/// artanh(x) / x for |x| <= 0.2 from the square of x, to 1 ulp.
@inline(__always)
func artanhRatio(square y: Lanes) -> Lanes {
  var sum = Lanes(repeating: 1.0 / 21)
  sum = sum * y + 1.0 / 19
  sum = sum * y + 1.0 / 17
  sum = sum * y + 1.0 / 15
  sum = sum * y + 1.0 / 13
  sum = sum * y + 1.0 / 11
  sum = sum * y + 1.0 / 9
  sum = sum * y + 1.0 / 7
  sum = sum * y + 1.0 / 5
  sum = sum * y + 1.0 / 3
  return sum * y + 1
}

/// The natural logarithm of normal positive numbers, to 2 ulp.
///
/// x = m 2^k with m in [sqrt(1/2), sqrt(2)): log m = 2 artanh((m - 1) / (m + 1)), and k is added in
/// two parts of log 2.
@inline(__always)
func logarithm(_ x: Lanes) -> Lanes {
  let bits = unsafeBitCast(x, to: SIMD8<UInt64>.self)
  // sqrt(1/2) maps to the start of an exponent, so that its upper bits are those of k.
  let shifted = bits &- 0x3FE6_A09E_667F_3BCD
  // k + 2^11 in the low bits of 2^52: a conversion that is a subtraction.
  let biased = ((shifted &+ (0x800 &<< 52)) &>> 52) & 0xFFF
  let k = unsafeBitCast(biased | 0x4330_0000_0000_0000, to: Lanes.self) - 4_503_599_627_372_544
  let m = unsafeBitCast(
    bits &- (shifted & 0xFFF0_0000_0000_0000), to: Lanes.self)
  let s = (m - 1) / (m + 1)
  let log2High = 0.693147180369123816490, log2Low = 1.90821492927058770002e-10
  return k * log2High + (2 * s * artanhRatio(square: s * s) + k * log2Low)
}

/// Writes the lanes of a group to its place in a row, as many as the row has.
@inline(__always)
func store(_ values: Lanes, to row: UnsafeMutablePointer<Double>, group: Int, count: Int) {
  let first = 8 * group
  if first + 8 <= count {
    UnsafeMutableRawPointer(row + first).storeBytes(of: values, as: Lanes.self)
  } else {
    for lane in 0..<(count - first) { row[first + lane] = values[lane] }
  }
}
