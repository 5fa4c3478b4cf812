import CSodium

/// The SHA-256 digest of bytes, as 64 lower-case hexadecimal digits.
public func sha256(_ bytes: [UInt8]) -> String {
  let digits = Array("0123456789abcdef".utf8)
  let pairs = sha256Digest(bytes).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
  return String(decoding: pairs, as: UTF8.self)
}

/// The SHA-256 digest of bytes, as 32 bytes.
func sha256Digest(_ bytes: [UInt8]) -> [UInt8] {
  var digest = [UInt8](repeating: 0, count: 32)
  crypto_hash_sha256(&digest, bytes, UInt64(bytes.count))
  return digest
}

/// The SHA-256 digest of a text in UTF-8, as 64 lower-case hexadecimal digits.
public func sha256(_ text: String) -> String { sha256(Array(text.utf8)) }
