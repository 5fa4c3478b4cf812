import CSodium

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The SHA-256 digest of a file behind its end: 8 bytes of magic and 32 of digest.
///
/// HDF5 ignores what follows the end that its superblock tells, and cuts it off when another
/// program changes the file. Its own checksums cover neither numbers nor texts, and the library
/// may crash or never return when the latter are damaged; so a file is checked before it sees it.
enum ChecksumTrailer {
  static let magic = Array("LFPKsha2".utf8)
  static let size = 40

  /// Appends the trailer to a complete file.
  static func append(to file: inout [UInt8]) {
    let digest = sha256Digest(file)
    file += magic + digest
  }

  /// Checks a file that ends in a trailer; files without one are taken as they are.
  ///
  /// - Throws: `StorageError` of kind `damaged` if the digest is another.
  static func check(_ path: String, size fileSize: Int) throws(StorageError) {
    guard fileSize > size else { return }
    let descriptor = SystemCall.retrying { open(path, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw SystemCall.error(errno, file: path, action: "open") }
    defer { _ = close(descriptor) }
    var trailer = [UInt8](repeating: 0, count: size)
    guard try read(descriptor, &trailer, at: fileSize - size, path) == size,
      trailer.starts(with: magic)
    else { return }
    var state = crypto_hash_sha256_state()
    crypto_hash_sha256_init(&state)
    var block = [UInt8](repeating: 0, count: 1 << 20)
    var done = 0
    while done < fileSize - size {
      let count = min(try read(descriptor, &block, at: done, path), fileSize - size - done)
      guard count > 0 else { break }
      crypto_hash_sha256_update(&state, block, UInt64(count))
      done += count
    }
    var digest = [UInt8](repeating: 0, count: 32)
    crypto_hash_sha256_final(&state, &digest)
    guard trailer.dropFirst(magic.count).elementsEqual(digest) else {
      throw StorageError(
        .damaged, file: path, problem: "is damaged: its content does not match its checksum",
        remedy: "write or copy it again")
    }
  }

  private static func read(
    _ descriptor: Int32, _ buffer: inout [UInt8], at offset: Int, _ path: String
  ) throws(StorageError) -> Int {
    let capacity = buffer.count
    let count = SystemCall.retrying { pread(descriptor, &buffer, capacity, off_t(offset)) }
    guard count >= 0 else { throw SystemCall.error(errno, file: path, action: "read") }
    return count
  }
}
