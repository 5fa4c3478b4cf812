import CHDF5

extension HDF5File {
  /// The extents of a dataset.
  package func shape(of path: [String]) throws(StorageError) -> [Int] {
    try HDF5Library.locked { () throws(StorageError) in try item(path).shape() }
  }

  /// Reads a block of a dataset of numbers, in C order, without reading the rest.
  ///
  /// - Parameters:
  ///   - start: the first index along each dimension.
  ///   - count: how many indices along each; the block must lie within the dataset.
  package func readSlab(
    _ path: [String], start: [Int], count: [Int]
  ) throws(StorageError) -> [Double] {
    try HDF5Library.locked { () throws(StorageError) in
      let dataset = try item(path)
      let type = try dataset.type()
      guard [H5T_FLOAT, H5T_INTEGER].contains(H5Tget_class(type.id)) else {
        throw dataset.context.error(.wrongType, "does not hold numbers")
      }
      let space = try dataset.space()
      let (first, extents) = (start.map { hsize_t($0) }, count.map { hsize_t($0) })
      try dataset.context.check(
        H5Sselect_hyperslab(space.id, H5S_SELECT_SET, first, nil, extents, nil), "select a part")
      let memory = try HDF5Library.space(count, dataset.context)
      var status: Int32?
      let values: [Double]
      (values, status) = readInto(count: count.reduce(1, *), of: Double.self) { buffer in
        H5Dread(
          dataset.handle.id, HDF5Library.memoryType(.float64), memory.id, space.id,
          hid_t(H5P_DEFAULT), buffer.baseAddress)
      }
      guard let status, status >= 0 else { throw dataset.context.failure("read it", .damaged) }
      return values
    }
  }

  /// Reads rows of a dataset, the first index, as the bytes that the file holds.
  package func readBytes(_ path: [String], rows: Range<Int>) throws(StorageError) -> [UInt8] {
    try HDF5Library.locked { () throws(StorageError) in
      let dataset = try item(path)
      let type = try dataset.type()
      let space = try dataset.space()
      var extents = try dataset.shape()
      guard let count = extents.first, rows.lowerBound >= 0, rows.upperBound <= count else {
        throw dataset.context.error(.wrongShape, "has no rows \(rows)")
      }
      extents[0] = rows.count
      var start = [hsize_t](repeating: 0, count: extents.count)
      start[0] = hsize_t(rows.lowerBound)
      try dataset.context.check(
        H5Sselect_hyperslab(
          space.id, H5S_SELECT_SET, start, nil, extents.map { hsize_t($0) }, nil), "select a part")
      let memory = try HDF5Library.space(extents, dataset.context)
      let (bytes, status) = readInto(
        count: extents.reduce(H5Tget_size(type.id), *), of: UInt8.self
      ) { buffer in
        H5Dread(
          dataset.handle.id, type.id, memory.id, space.id, hid_t(H5P_DEFAULT), buffer.baseAddress)
      }
      guard let status, status >= 0 else { throw dataset.context.failure("read it", .damaged) }
      return bytes
    }
  }

  private func item(_ path: [String]) throws(StorageError) -> HDF5Item {
    let object = try openObject(path)
    let context = HDF5Context(file: name, path: path)
    guard H5Iget_type(object.id) == H5I_DATASET else {
      throw context.error(.wrongType, "is not a dataset")
    }
    return HDF5Item(handle: object, context: context)
  }
}
