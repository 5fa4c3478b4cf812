/// A part of a sweep's points: the k-th of n ranges that follow each other, as equal as possible.
public struct SweepShard: Sendable, Equatable, CustomStringConvertible {
  /// From 1 to `count`.
  public let number: Int
  public let count: Int

  /// - Throws: `SweepError` unless 1 <= number <= count.
  public init(_ number: Int, of count: Int) throws(SweepError) {
    guard count >= 1, number >= 1, number <= count else {
      throw SweepError(
        "there is no shard \(number)/\(count); shards are counted from 1, as in 1/64 ... 64/64")
    }
    self.number = number
    self.count = count
  }

  /// Reads `3/64`.
  public init(_ text: String) throws(SweepError) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int(parts[0]), let count = Int(parts[1]) else {
      throw SweepError("'\(text)' is not a shard; write it as in 3/64")
    }
    try self.init(number, of: count)
  }

  public var description: String { "\(number)/\(count)" }

  /// Its points.
  func points(of total: Int) -> Range<Int> {
    let (size, extra) = total.quotientAndRemainder(dividingBy: count)
    let start = (number - 1) * size + min(number - 1, extra)
    return start..<start + size + (number <= extra ? 1 : 0)
  }

  /// The name of its file.
  var fileName: String { "shard-\(number)-of-\(count).h5" }
}
