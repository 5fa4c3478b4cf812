import CHDF5

/// An HDF5 file whose large datasets are written beside the library.
///
/// The library builds the file in memory with datasets that have no place yet. Their places, behind all
/// else, are then entered into the object headers, whose format is published (HDF5 File Format
/// Specification 3.0, sections IV.A.1.b and IV.A.2.i), so that the numbers can be written by plain system
/// calls in any order: a full disk never meets the library, which may crash on it.
struct HDF5Declaration {
  let file: HDF5File
  private var datasets: [(path: [String], header: Int, size: Int)] = []

  init(for name: String) throws(StorageError) { file = try HDF5File(inMemoryFor: name) }

  /// Declares a float64 dataset, to be filled by `Image.offsets`; attributes may be added to it.
  mutating func declare(_ path: [String], shape: [Int]) throws(StorageError) {
    let context = HDF5Context(file: file.name, path: path)
    var size = MemoryLayout<Double>.size
    for extent in shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: extent)
      guard !overflow, product > 0, product < 1 << 60 else {
        throw context.error(
          .tooLarge, "would have the shape \(shape)", "it should hold numbers and fit on a disk")
      }
      size = product
    }
    let header = try file.declareDataset(path, shape: shape)
    datasets.append((path, header, size))
  }

  /// The bytes in front of the datasets, and where these begin.
  struct Image {
    var head: [UInt8]

    /// The position of each dataset, in the order in which they were declared.
    var offsets: [Int]

    /// The size of the whole file.
    var size: Int
  }

  func image() throws(StorageError) -> Image {
    var head = try file.bytes()
    var end = (head.count + 4095) / 4096 * 4096
    var offsets: [Int] = []
    for dataset in datasets {
      guard ObjectHeader.setDataPlace(end, size: dataset.size, in: &head, header: dataset.header)
      else {
        throw HDF5Context(file: file.name, path: dataset.path).error(
          .libraryFailure, "HDF5 has written a header of another form than expected")
      }
      offsets.append(end)
      end += (dataset.size + 4095) / 4096 * 4096
    }
    guard HDF5Superblock.setEnd(end, in: &head) else {
      throw StorageError(
        .libraryFailure, file: file.name, problem: "HDF5 has written another version of its format")
    }
    return Image(head: head, offsets: offsets, size: end)
  }
}

/// Object headers of version 2 in a file's bytes.
private enum ObjectHeader {
  /// Enters the place of a contiguous dataset that has none; false if the header is of another form.
  static func setDataPlace(_ place: Int, size: Int, in file: inout [UInt8], header: Int) -> Bool {
    guard header >= 0, header + 16 < file.count,
      file[header..<header + 4].elementsEqual("OHDR".utf8), file[header + 4] == 2
    else { return false }
    let flags = file[header + 5]
    // Times and limits for attributes come before the size of the first chunk.
    var at = header + 6 + (flags & 0x20 != 0 ? 16 : 0) + (flags & 0x10 != 0 ? 4 : 0)
    let width = 1 << Int(flags & 3)
    guard let length = number(file, at, width) else { return false }
    at += width
    let end = at + length
    guard length >= 0, end + 4 <= file.count else { return false }
    let messageHeader = flags & 0x04 != 0 ? 6 : 4
    while at + messageHeader <= end {
      guard let messageSize = number(file, at + 1, 2) else { return false }
      let body = at + messageHeader
      if file[at] == 8 {
        // Version 3 of the layout message, class 1: an address without value and the size.
        guard body + 18 <= end, file[body] == 3, file[body + 1] == 1,
          file[body + 2..<body + 10].allSatisfy({ $0 == 0xFF }),
          number(file, body + 10, 8) == size
        else { return false }
        store(place, in: &file, body + 2)
        let sum = HDF5Superblock.checksum(file[header..<end])
        for position in 0..<4 { file[end + position] = UInt8(sum >> (8 * position) & 255) }
        return true
      }
      at = body + messageSize
    }
    return false
  }

  private static func number(_ file: [UInt8], _ at: Int, _ width: Int) -> Int? {
    guard at >= 0, at + width <= file.count else { return nil }
    let value = (0..<width).reduce(UInt64(0)) { $0 | UInt64(file[at + $1]) << UInt64(8 * $1) }
    return Int(exactly: value)
  }

  private static func store(_ value: Int, in file: inout [UInt8], _ at: Int) {
    for position in 0..<8 { file[at + position] = UInt8(value >> (8 * position) & 255) }
  }
}

extension HDF5Superblock {
  /// Enters the end of the file; false if the superblock is of another version than expected.
  fileprivate static func setEnd(_ end: Int, in file: inout [UInt8]) -> Bool {
    guard file.count >= 48, (2...3).contains(file[8]), file[9] == 8 else { return false }
    for position in 0..<8 { file[28 + position] = UInt8(end >> (8 * position) & 255) }
    correctChecksum(&file)
    return true
  }
}

extension HDF5File {
  /// Creates a contiguous float64 dataset that has no place in the file; gives the address of its header.
  fileprivate func declareDataset(_ path: [String], shape: [Int]) throws(StorageError) -> Int {
    try HDF5Library.locked { () throws(StorageError) in
      let dataset = try createDataset(
        path, type: HDF5Library.fileType(.float64), shape: shape, layout: .contiguous)
      var address = haddr_t()
      try dataset.context.check(
        lfpkernels_H5O_address(dataset.handle.id, &address), "tell its place")
      guard let place = Int(exactly: address) else {
        throw dataset.context.error(.libraryFailure, "has no place")
      }
      return place
    }
  }
}
