/// Random numbers that depend on a seed, a name and an index alone, so that each point of a sweep can be
/// drawn by itself.
///
/// The number with index i is output i + 1 of the generator SplitMix64 (Steele, Lea and Flood 2014,
/// doi:10.1145/2660193.2660195) whose state begins at `mix(seed) ^ h`, where h is the 64-bit FNV-1a hash
/// of the name in UTF-8 and `mix` SplitMix64's output function.
struct CounterBasedRandom: Sendable, Equatable {
  private let key: UInt64

  init(seed: UInt64, name: String) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    key = Self.mix(seed) ^ hash
  }

  /// SplitMix64 from a state.
  init(state: UInt64) { key = state }

  func bits(at index: Int) -> UInt64 {
    Self.mix(key &+ (UInt64(truncatingIfNeeded: index) &+ 1) &* 0x9E37_79B9_7F4A_7C15)
  }

  /// A number between 0 and 1, neither of them: an odd multiple of 2^-53.
  func uniform(at index: Int) -> Double { (Double(bits(at: index) >> 12) + 0.5) * 0x1p-52 }

  /// Where `index` goes in a random permutation of 0 ..< count.
  ///
  /// A Feistel network of eight rounds permutes the smallest 4^k numbers that hold them all; what falls
  /// beyond `count` is permuted again (Black and Rogaway 2002, doi:10.1007/3-540-45760-7_9).
  func permuted(_ index: Int, of count: Int) -> Int {
    var halfBits = 1
    while halfBits < 31, 1 << (2 * halfBits) < count { halfBits += 1 }
    let mask = UInt64(1) << UInt64(halfBits) - 1
    var value = UInt64(index)
    repeat {
      var (left, right) = (value >> UInt64(halfBits), value & mask)
      for round in 0..<8 {
        let mixed = Self.mix(key &+ UInt64(round) &* 0xD1B5_4A32_D192_ED03 ^ right)
        (left, right) = (right, (left ^ mixed) & mask)
      }
      value = left << UInt64(halfBits) | right
    } while value >= UInt64(count)
    return Int(value)
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
