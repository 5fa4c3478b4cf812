import CZlib
import Foundation

/// Unpacks gzip files (RFC 1952), of which several may follow each other in one file.
enum GZIP {
  static func isPacked(_ bytes: Data) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  /// The content, at most one byte more than the limit: a small file may promise any size.
  ///
  /// - Parameter isWhole: whether the file must be complete; else what its beginning holds is given.
  /// - Returns: nil if it is damaged or cut short.
  static func unpacked(_ packed: Data, limit: Int, isWhole: Bool = true) -> Data? {
    var stream = z_stream()
    // 16: gzip's header and checksum; 15: the largest window.
    guard
      inflateInit2_(&stream, 16 + 15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { inflateEnd(&stream) }
    var result = Data()
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    var input = [UInt8](packed)
    var position = 0
    while position < input.count, result.count <= limit {
      let available = min(input.count - position, 1 << 30)
      let (status, used, made) = input.withUnsafeMutableBufferPointer { source in
        piece.withUnsafeMutableBufferPointer { target in
          stream.next_in = source.baseAddress.map { $0 + position }
          stream.avail_in = UInt32(available)
          stream.next_out = target.baseAddress
          stream.avail_out = UInt32(target.count)
          let status = inflate(&stream, Z_NO_FLUSH)
          return (
            status, available - Int(stream.avail_in), target.count - Int(stream.avail_out)
          )
        }
      }
      result.append(contentsOf: piece[..<made])
      position += used
      if status == Z_STREAM_END {
        // Another file may follow; zeros at the end are padding.
        if position == input.count || input[position...].allSatisfy({ $0 == 0 }) {
          return Data(result.prefix(limit + 1))
        }
        guard inflateReset(&stream) == Z_OK else { return nil }
      } else if status != Z_OK || (used == 0 && made == 0) {
        return nil
      }
    }
    if result.count > limit { return Data(result.prefix(limit + 1)) }
    return isWhole ? nil : result
  }
}
