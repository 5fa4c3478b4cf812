import KernelFiles

/// What is stored of one point.
struct PointRecord: Sendable {
  enum Status: UInt8, Sendable {
    case absent = 0
    case complete = 1
    case failed = 2
  }

  let point: Int
  var status: Status

  /// Why it failed, in UTF-8, at most `ResultLayout.messageBytes`.
  var message: [UInt8] = []

  /// Zeros where there is no network, because a value is not possible.
  var identity = [UInt8](repeating: 0, count: 32)

  /// A failed point.
  init(_ point: Int, failure: String, identity: [UInt8]?) {
    self.point = point
    status = .failed
    message = Self.cut(failure)
    if let identity { self.identity = identity }
  }

  init(_ point: Int, identity: [UInt8]) {
    self.point = point
    status = .complete
    self.identity = identity
  }

  /// A text cut to the length of messages, between characters, on one line.
  private static func cut(_ text: String) -> [UInt8] {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: "; ")
    let text = line.isEmpty ? "unknown" : line
    let limit = ResultLayout.messageBytes
    if text.utf8.count <= limit { return Array(text.utf8) }
    var result: [UInt8] = []
    for character in text {
      let bytes = character.utf8
      if result.count + bytes.count > limit - 3 { break }
      result += bytes
    }
    return result + "…".utf8
  }
}

/// The checksum of a point: XXH64 of each part in turn, started from the one before.
struct PointChecksum {
  private(set) var value: UInt64

  /// - Parameter message: with the zeros that fill it up.
  init(status: UInt8, message: UnsafeRawBufferPointer, identity: UnsafeRawBufferPointer) {
    value = xxHash64(identity, seed: UInt64(status))
    value = xxHash64(message, seed: value)
  }

  mutating func add(_ bytes: UnsafeRawBufferPointer) { value = xxHash64(bytes, seed: value) }
}
