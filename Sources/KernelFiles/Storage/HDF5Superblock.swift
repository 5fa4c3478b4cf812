/// The superblock of an HDF5 file, version 2 or 3: its last four bytes are a checksum of the rest.
///
/// Before version 2.0 the library resets a flag in images that `H5Fget_file_image` gives without
/// adapting this checksum, so that nobody can open them (HDF5 issue 1915).
enum HDF5Superblock {
  private static let size = 48

  /// Sets the checksum of a file's superblock to what it should be; files with an older one,
  /// which have no checksum, stay as they are.
  static func correctChecksum(_ file: inout [UInt8]) {
    guard file.count >= size, (2...3).contains(file[8]), file[9] == 8 else { return }
    let sum = checksum(file[..<(size - 4)])
    for position in 0..<4 { file[size - 4 + position] = UInt8(sum >> (8 * position) & 255) }
  }

  /// Bob Jenkins' hash "lookup3" (public domain) with initial value 0, byte by byte, as HDF5's
  /// format specification asks for metadata.
  static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var rest = bytes
    var state = SIMD3<UInt32>(repeating: 0xDEAD_BEEF &+ UInt32(truncatingIfNeeded: bytes.count))
    while rest.count > 12 {
      state &+= words(rest.prefix(12))
      mix(&state)
      rest = rest.dropFirst(12)
    }
    guard !rest.isEmpty else { return state.z }
    state &+= words(rest)
    finish(&state)
    return state.z
  }

  /// Up to 12 bytes as little-endian words.
  private static func words(_ bytes: ArraySlice<UInt8>) -> SIMD3<UInt32> {
    var result = SIMD3<UInt32>(repeating: 0)
    for (position, byte) in bytes.enumerated() {
      result[position / 4] |= UInt32(byte) << UInt32(8 * (position % 4))
    }
    return result
  }

  private static func rotated(_ word: UInt32, _ bits: UInt32) -> UInt32 {
    word << bits | word >> (32 - bits)
  }

  private static func mix(_ state: inout SIMD3<UInt32>) {
    var (a, b, c) = (state.x, state.y, state.z)
    a = (a &- c) ^ rotated(c, 4)
    c = c &+ b
    b = (b &- a) ^ rotated(a, 6)
    a = a &+ c
    c = (c &- b) ^ rotated(b, 8)
    b = b &+ a
    a = (a &- c) ^ rotated(c, 16)
    c = c &+ b
    b = (b &- a) ^ rotated(a, 19)
    a = a &+ c
    c = (c &- b) ^ rotated(b, 4)
    b = b &+ a
    state = SIMD3(a, b, c)
  }

  private static func finish(_ state: inout SIMD3<UInt32>) {
    var (a, b, c) = (state.x, state.y, state.z)
    c = (c ^ b) &- rotated(b, 14)
    a = (a ^ c) &- rotated(c, 11)
    b = (b ^ a) &- rotated(a, 25)
    c = (c ^ b) &- rotated(b, 16)
    a = (a ^ c) &- rotated(c, 4)
    b = (b ^ a) &- rotated(a, 14)
    c = (c ^ b) &- rotated(b, 24)
    state = SIMD3(a, b, c)
  }
}
