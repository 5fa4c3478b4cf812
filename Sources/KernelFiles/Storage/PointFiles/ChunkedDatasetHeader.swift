/// Changes the header of a dataset in the bytes of a file, as the HDF5 File Format Specification 3.0
/// defines it (sections IV.A.1.b, IV.A.2.b and IV.A.2.i).
struct ChunkedDatasetHeader {
  private enum Message {
    static let dataspace = 1
    static let layout = 8
    static let continuation = 16
  }

  /// Enters shape, chunks and place of a dataset whose chunks have no index; false if the header is not
  /// as it was declared.
  static func enter(_ header: PointDatasetHeader, place: Int, in file: inout [UInt8]) -> Bool {
    guard let (messages, pieces) = messages(of: file, at: header.address),
      let space = messages[Message.dataspace], let layout = messages[Message.layout]
    else { return false }
    let rank = header.shape.declared.count
    // Version 2 of the dataspace message, with greatest extents; simple.
    guard space.count >= 4 + 16 * rank, file[space.lowerBound] == 2,
      file[space.lowerBound + 1] == rank, file[space.lowerBound + 2] == 1,
      file[space.lowerBound + 3] == 1
    else { return false }
    for (axis, extents) in zip(header.shape.declared, header.shape.real).enumerated() {
      for at in [4 + 8 * axis, 4 + 8 * (rank + axis)] {
        let position = space.lowerBound + at
        guard number(file, position, 8) == extents.0 else { return false }
        store(extents.1, 8, in: &file, position)
      }
    }
    // Version 4 of the layout message, chunked, no flags; index type 2: implicit.
    let start = layout.lowerBound
    guard layout.count >= 5, file[start] == 4, file[start + 1] == 2, file[start + 2] == 0,
      Int(file[start + 3]) == header.chunk.declared.count
    else { return false }
    let width = Int(file[start + 4])
    let index = start + 5 + width * header.chunk.declared.count
    guard (1...8).contains(width), layout.contains(index + 8), file[index] == 2 else {
      return false
    }
    for (axis, extents) in zip(header.chunk.declared, header.chunk.real).enumerated() {
      let position = start + 5 + width * axis
      guard number(file, position, width) == extents.0,
        width == 8 || extents.1 < 1 << (8 * width)
      else { return false }
      store(extents.1, width, in: &file, position)
    }
    store(place, 8, in: &file, index + 1)
    for piece in pieces {
      store(Int(HDF5Superblock.checksum(file[piece])), 4, in: &file, piece.upperBound)
    }
    return true
  }

  /// The bodies of a header's messages by type, and the pieces that it consists of, each followed by its
  /// checksum.
  private static func messages(
    of file: [UInt8], at header: Int
  ) -> ([Int: Range<Int>], pieces: [Range<Int>])? {
    guard header >= 0, header + 16 < file.count,
      file[header..<header + 4].elementsEqual("OHDR".utf8), file[header + 4] == 2
    else { return nil }
    let flags = file[header + 5]
    // Times and limits for attributes come before the size of the first piece.
    let at = header + 6 + (flags & 0x20 != 0 ? 16 : 0) + (flags & 0x10 != 0 ? 4 : 0)
    let width = 1 << Int(flags & 3)
    guard let length = number(file, at, width) else { return nil }
    // Where messages start, and the piece that they are in.
    var waiting = [(start: at + width, piece: header..<at + width + length)]
    var pieces: [Range<Int>] = []
    var result: [Int: Range<Int>] = [:]
    while let (start, piece) = waiting.popLast(), pieces.count < 100 {
      guard piece.upperBound + 4 <= file.count else { return nil }
      pieces.append(piece)
      var at = start
      let head = flags & 0x04 != 0 ? 6 : 4
      while at + head <= piece.upperBound {
        guard let size = number(file, at + 1, 2), at + head + size <= piece.upperBound else {
          return nil
        }
        let body = at + head..<at + head + size
        result[Int(file[at])] = body
        if Int(file[at]) == Message.continuation {
          guard let place = number(file, body.lowerBound, 8),
            let length = number(file, body.lowerBound + 8, 8), length >= 8,
            place + length <= file.count, file[place..<place + 4].elementsEqual("OCHK".utf8)
          else { return nil }
          waiting.append((place + 4, place..<place + length - 4))
        }
        at = body.upperBound
      }
    }
    return (result, pieces)
  }

  private static func number(_ file: [UInt8], _ at: Int, _ width: Int) -> Int? {
    guard at >= 0, at + width <= file.count else { return nil }
    let value = (0..<width).reduce(UInt64(0)) { $0 | UInt64(file[at + $1]) << UInt64(8 * $1) }
    return Int(exactly: value)
  }

  private static func store(_ value: Int, _ width: Int, in file: inout [UInt8], _ at: Int) {
    for position in 0..<width {
      file[at + position] = UInt8(truncatingIfNeeded: value >> (8 * position))
    }
  }
}

extension HDF5Superblock {
  /// Enters the end of the file; false if the superblock is of another version than expected.
  static func enterEnd(_ end: Int, in file: inout [UInt8]) -> Bool {
    guard file.count >= 48, (2...3).contains(file[8]), file[9] == 8 else { return false }
    for position in 0..<8 { file[28 + position] = UInt8(truncatingIfNeeded: end >> (8 * position)) }
    correctChecksum(&file)
    return true
  }
}
