import CSodium
import Foundation

/// The SHA-256 digest of bytes, as 64 lower-case hexadecimal digits.
public func sha256(_ bytes: [UInt8]) -> String {
  hexadecimal(sha256Digest(bytes))
}

/// The SHA-256 digest of bytes, as 32 bytes.
func sha256Digest(_ bytes: [UInt8]) -> [UInt8] {
  var digest = [UInt8](repeating: 0, count: 32)
  crypto_hash_sha256(&digest, bytes, UInt64(bytes.count))
  return digest
}

/// The SHA-256 digest of a text in UTF-8, as 64 lower-case hexadecimal digits.
public func sha256(_ text: String) -> String { sha256(Array(text.utf8)) }

/// The SHA-256 digest of a file, piece by piece.
///
/// - Parameter path: the file, or `-` for standard input.
/// - Throws: `StorageError` if it cannot be read.
public func sha256(ofFile path: String) throws(StorageError) -> String {
  if path == InputBytes.standardInput {
    switch InputBytes.rawStandardInput {
    case .success(let bytes): return sha256(Array(bytes))
    case .failure(let problem):
      throw StorageError(.notReadable, file: path, problem: problem.message)
    }
  }
  guard let handle = FileHandle(forReadingAtPath: path) else {
    throw StorageError(.notReadable, file: path, problem: "cannot be opened")
  }
  defer { try? handle.close() }
  var state = crypto_hash_sha256_state()
  crypto_hash_sha256_init(&state)
  do {
    while let piece = try handle.read(upToCount: 1 << 22), !piece.isEmpty {
      piece.withUnsafeBytes { bytes in
        if let start = bytes.bindMemory(to: UInt8.self).baseAddress {
          crypto_hash_sha256_update(&state, start, UInt64(bytes.count))
        }
      }
    }
  } catch {
    throw StorageError(
      .notReadable, file: path, problem: "cannot be read: \(error.localizedDescription)")
  }
  var digest = [UInt8](repeating: 0, count: 32)
  crypto_hash_sha256_final(&state, &digest)
  return hexadecimal(digest)
}

private func hexadecimal(_ bytes: [UInt8]) -> String {
  let digits = Array("0123456789abcdef".utf8)
  return String(
    decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
