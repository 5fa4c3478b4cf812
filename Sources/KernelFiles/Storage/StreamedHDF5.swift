import LFPKernels

/// An HDF5 file that is written block by block and appears under its name complete or not at all.
struct StreamedHDF5: ~Copyable {
  private let file: AtomicFile
  private let offsets: [Int]

  /// Takes the space of the whole file and writes all but the datasets.
  ///
  /// - Throws: `StorageError` as `AtomicFile`, and if there is no space.
  init(_ declaration: HDF5Declaration, path: String, overwrite: Bool) throws(StorageError) {
    let image = try declaration.image()
    let file = try AtomicFile(path: path, overwrite: overwrite)
    try file.reserve(image.size)
    try image.head.withUnsafeBufferPointer { (bytes) throws(StorageError) in
      try file.write(UnsafeRawBufferPointer(bytes), at: 0)
    }
    self.file = file
    offsets = image.offsets
  }

  /// Writes columns of a dataset of rows × `columns`.
  func write(
    _ block: Matrix, to dataset: Int, columns: Int, at start: Int
  ) throws(StorageError) {
    precondition(start >= 0 && start + block.columns <= columns, "a block lies in its dataset")
    let size = MemoryLayout<Double>.size
    let values = 1.littleEndian == 1 ? block.storage : block.storage.map(Self.littleEndian)
    try values.withUnsafeBufferPointer { (buffer) throws(StorageError) in
      let bytes = UnsafeRawBufferPointer(buffer)
      for row in 0..<block.rows where block.columns > 0 {
        let range = row * block.columns * size..<(row + 1) * block.columns * size
        try file.write(
          UnsafeRawBufferPointer(rebasing: bytes[range]),
          at: offsets[dataset] + (row * columns + start) * size)
      }
    }
  }

  /// A number whose memory is that of `value` in little-endian order.
  private static func littleEndian(_ value: Double) -> Double {
    Double(bitPattern: value.bitPattern.littleEndian)
  }

  consuming func commit() throws(StorageError) { try file.commit() }
}
