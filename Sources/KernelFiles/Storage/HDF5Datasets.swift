import CHDF5

/// How a dataset lies in its file.
public enum HDF5Layout: Sendable, Equatable {
  /// In one piece, as it is.
  case contiguous
  /// In chunks of at most 1 MiB, bytes shuffled and deflated at a level of 1 (fast) to 9 (small).
  case deflated(level: Int)
}

extension HDF5File {
  /// Writes a float64 or int64 dataset of rank 0 (one number) to 3; groups above it are created.
  ///
  /// - Throws: `StorageError` if there is such an object already or a name is not possible.
  public func write<Number: StoredNumber>(
    _ array: StoredArray<Number>, to path: [String], layout: HDF5Layout = .contiguous
  ) throws(StorageError) {
    try HDF5Library.locked { () throws(StorageError) in
      let dataset = try createDataset(
        path, type: HDF5Library.fileType(Number.storedKind), shape: array.shape, layout: layout)
      try dataset.write(array.values)
    }
  }

  /// Writes one text in UTF-8.
  public func write(_ text: String, to path: [String]) throws(StorageError) {
    try writeStrings([text], shape: [], to: path)
  }

  /// Writes texts in UTF-8 as a dataset of one dimension.
  public func write(_ texts: [String], to path: [String]) throws(StorageError) {
    try writeStrings(texts, shape: [texts.count], to: path)
  }

  /// Reads a dataset of numbers. Floating-point numbers of any size are read as `Double`, whole
  /// numbers of any size as `Int` or `Double`; values beyond `Int` become its nearest.
  ///
  /// - Parameter rank: the number of dimensions that it must have; nil for 0 to 3.
  /// - Throws: `StorageError` if it is missing, not numeric, of another rank, or damaged.
  public func read<Number: StoredNumber>(
    _ path: [String], as type: Number.Type, rank: Int? = nil
  ) throws(StorageError) -> StoredArray<Number> {
    try HDF5Library.locked { () throws(StorageError) in
      try openDataset(path).numbers(type, rank: rank)
    }
  }

  /// Reads a dataset of one text.
  public func readString(_ path: [String]) throws(StorageError) -> String {
    try HDF5Library.locked { () throws(StorageError) in
      let dataset = try openDataset(path)
      let (shape, values) = try dataset.strings()
      guard values.count == 1, let value = values.first else {
        throw dataset.context.error(.wrongShape, "has the shape \(shape)", "it should be one text")
      }
      return value
    }
  }

  /// Reads a dataset of texts with one dimension.
  public func readStrings(_ path: [String]) throws(StorageError) -> [String] {
    try HDF5Library.locked { () throws(StorageError) in
      let dataset = try openDataset(path)
      let (shape, values) = try dataset.strings()
      guard shape.count == 1 else {
        throw dataset.context.error(
          .wrongShape, "has the shape \(shape)", "it should have one dimension")
      }
      return values
    }
  }

  private func writeStrings(
    _ texts: [String], shape: [Int], to path: [String]
  ) throws(StorageError) {
    try HDF5Library.locked { () throws(StorageError) in
      let type = try HDF5Library.stringType(HDF5Context(file: name, path: path))
      let dataset = try createDataset(path, type: type.id, shape: shape, layout: .contiguous)
      try dataset.write(texts)
    }
  }

  private func openDataset(_ path: [String]) throws(StorageError) -> HDF5Item {
    let object = try openObject(path)
    let context = HDF5Context(file: name, path: path)
    guard H5Iget_type(object.id) == H5I_DATASET else {
      throw context.error(.wrongType, "is not a dataset")
    }
    return HDF5Item(handle: object, context: context)
  }

  func createDataset(
    _ path: [String], type: hid_t, shape: [Int], layout: HDF5Layout
  ) throws(StorageError) -> HDF5Item {
    let context = HDF5Context(file: name, path: path)
    guard let last = path.last else {
      throw context.error(.invalidName, "a dataset needs a name")
    }
    guard shape.count <= 3 else {
      throw context.error(.wrongShape, "has \(shape.count) dimensions", "at most 3 are possible")
    }
    try checkComponent(last, context)
    let group = try openOrCreateGroup(path.dropLast())
    let there = H5Lexists(group.id, last, hid_t(H5P_DEFAULT))
    guard there >= 0 else { throw context.failure("look it up") }
    guard there == 0 else {
      throw context.error(.duplicate, "is in the file already", "give it another name")
    }
    let space = try HDF5Library.space(shape, context)
    let creation = try datasetCreation(shape, layout, context)
    let links = try linkCreation(context)
    let dataset = try HDF5Handle(
      H5Dcreate2(group.id, last, type, space.id, links.id, creation.id, hid_t(H5P_DEFAULT)),
      closingWith: { H5Dclose($0) }, in: context, "create a dataset")
    return HDF5Item(handle: dataset, context: context)
  }

  private func datasetCreation(
    _ shape: [Int], _ layout: HDF5Layout, _ context: HDF5Context
  ) throws(StorageError) -> HDF5Handle {
    let creation = try HDF5Handle(
      H5Pcreate(lfpkernels_H5P_DATASET_CREATE()), closingWith: { H5Pclose($0) }, in: context,
      "prepare a dataset")
    try context.check(H5Pset_obj_track_times(creation.id, false), "leave out times")
    guard case .deflated(let level) = layout, !shape.isEmpty, !shape.contains(0),
      H5Zfilter_avail(H5Z_FILTER_DEFLATE) > 0
    else { return creation }
    let chunk = Self.chunk(for: shape).map { hsize_t($0) }
    try context.check(H5Pset_chunk(creation.id, Int32(chunk.count), chunk), "set chunks")
    try context.check(H5Pset_shuffle(creation.id), "shuffle bytes")
    try context.check(
      H5Pset_deflate(creation.id, UInt32(min(max(level, 1), 9))), "compress a dataset")
    return creation
  }

  /// The shape of a chunk: the whole dataset, halved along its first dimensions until it has no
  /// more than 1 MiB of 8-byte numbers.
  static func chunk(for shape: [Int]) -> [Int] {
    let most = 1 << 17
    var chunk = shape
    for axis in chunk.indices {
      // Counted in doubles: a product of extents may be beyond Int.
      while chunk[axis] > 1, chunk.reduce(1.0, { $0 * Double($1) }) > Double(most) {
        chunk[axis] = chunk[axis] / 2 + chunk[axis] % 2
      }
    }
    return chunk
  }
}

extension HDF5Library {
  /// A dataspace; without extents that of one value.
  static func space(_ shape: [Int], _ context: HDF5Context) throws(StorageError) -> HDF5Handle {
    let extents = shape.map { hsize_t($0) }
    return try HDF5Handle(
      shape.isEmpty
        ? H5Screate(H5S_SCALAR) : H5Screate_simple(Int32(extents.count), extents, nil),
      closingWith: { H5Sclose($0) }, in: context, "prepare a shape")
  }
}
