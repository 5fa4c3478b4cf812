/// The hash XXH64 of bytes (Yann Collet's xxHash specification 0.1.1, section "XXH64 algorithm"): fast,
/// and good enough to find damage; not against forgery.
package func xxHash64(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
  var rest = bytes[...]
  var hash: UInt64
  if bytes.count >= 32 {
    var lanes = SIMD4<UInt64>(seed &+ prime1 &+ prime2, seed &+ prime2, seed, seed &- prime1)
    var at = 0
    while at + 32 <= bytes.count {
      for lane in 0..<4 {
        let word = UInt64(
          littleEndian: bytes.loadUnaligned(fromByteOffset: at + 8 * lane, as: UInt64.self))
        lanes[lane] = round(lanes[lane], word)
      }
      at += 32
    }
    rest = bytes[at...]
    hash =
      rotated(lanes.x, 1) &+ rotated(lanes.y, 7) &+ rotated(lanes.z, 12) &+ rotated(lanes.w, 18)
    for lane in 0..<4 { hash = (hash ^ round(0, lanes[lane])) &* prime1 &+ prime4 }
  } else {
    hash = seed &+ prime5
  }
  hash &+= UInt64(bytes.count)
  return finish(hash, rest)
}

/// The hash of an array.
package func xxHash64(_ bytes: [UInt8], seed: UInt64 = 0) -> UInt64 {
  bytes.withUnsafeBytes { xxHash64($0, seed: seed) }
}

private let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
private let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
private let prime3: UInt64 = 0x1656_67B1_9E37_79F9
private let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
private let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

/// The last bytes, fewer than 32, and the avalanche.
private func finish(_ start: UInt64, _ bytes: Slice<UnsafeRawBufferPointer>) -> UInt64 {
  var hash = start
  let bytes = UnsafeRawBufferPointer(rebasing: bytes)
  var at = 0
  while at + 8 <= bytes.count {
    let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
    hash = rotated(hash ^ round(0, word), 27) &* prime1 &+ prime4
    at += 8
  }
  if at + 4 <= bytes.count {
    let word = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self))
    hash = rotated(hash ^ (UInt64(word) &* prime1), 23) &* prime2 &+ prime3
    at += 4
  }
  while at < bytes.count {
    hash = rotated(hash ^ (UInt64(bytes[at]) &* prime5), 11) &* prime1
    at += 1
  }
  hash = (hash ^ (hash >> 33)) &* prime2
  hash = (hash ^ (hash >> 29)) &* prime3
  return hash ^ (hash >> 32)
}

@inline(__always)
private func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
  rotated(lane &+ word &* prime2, 31) &* prime1
}

@inline(__always)
private func rotated(_ value: UInt64, _ bits: UInt64) -> UInt64 {
  value << bits | value >> (64 - bits)
}
