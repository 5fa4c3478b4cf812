import CHDF5

/// A dataset of a `PointFile`: what its values are, and their shape for one point.
package struct PointDataset: Sendable, Codable, Equatable {
  package enum Element: Sendable, Codable, Equatable {
    case float64, uint8, uint64

    /// Text in UTF-8 of at most so many bytes, filled up with NUL.
    case text(bytes: Int)

    package var size: Int {
      switch self {
      case .float64, .uint64: 8
      case .uint8: 1
      case .text(let bytes): bytes
      }
    }
  }

  package enum Attribute: Sendable, Codable, Equatable {
    case number(Double)
    case text(String)
    case texts([String])
  }

  package let path: [String]
  package let element: Element

  /// The shape of one point's values; empty for one value.
  package let shape: [Int]
  package let attributes: [String: Attribute]

  package init(
    _ path: [String], _ element: Element, shape: [Int] = [], attributes: [String: Attribute] = [:]
  ) {
    self.path = path
    self.element = element
    self.shape = shape
    self.attributes = attributes
  }

  /// Bytes that one point takes.
  package var bytes: Int { shape.reduce(element.size, *) }

  /// Points in a chunk: about 64 KiB.
  func chunk(of points: Int) -> Int { max(1, min(points, (1 << 16) / max(1, bytes))) }
}

extension PointDataset.Element {
  func withType<Result>(
    _ context: HDF5Context, _ body: (hid_t) throws(StorageError) -> Result
  ) throws(StorageError) -> Result {
    switch self {
    case .float64: return try body(lfpkernels_H5T_IEEE_F64LE())
    case .uint8: return try body(lfpkernels_H5T_STD_U8LE())
    case .uint64: return try body(lfpkernels_H5T_STD_U64LE())
    case .text(let bytes):
      let type = try HDF5Handle(
        H5Tcopy(lfpkernels_H5T_C_S1()), closingWith: { H5Tclose($0) }, in: context,
        "prepare a string")
      try context.check(H5Tset_size(type.id, bytes), "prepare a string")
      try context.check(H5Tset_cset(type.id, H5T_CSET_UTF8), "prepare a string")
      try context.check(H5Tset_strpad(type.id, H5T_STR_NULLPAD), "prepare a string")
      return try body(type.id)
    }
  }
}

/// The parts of a dataset's header that the library fills in for a small dataset, and what they shall be
/// for the real one.
struct PointDatasetHeader {
  /// Address in the file.
  let address: Int
  let shape: (declared: [Int], real: [Int])
  let chunk: (declared: [Int], real: [Int])
}

extension HDF5File {
  /// Creates a chunked dataset with room for a few bytes, whose header has the form of the real one.
  ///
  /// Chunks that are allocated when the dataset is created have no index: they lie one behind the other.
  func declare(_ dataset: PointDataset, points: Int) throws(StorageError) -> PointDatasetHeader {
    try HDF5Library.locked { () throws(StorageError) in
      let context = HDF5Context(file: name, path: dataset.path)
      let chunk = [dataset.chunk(of: points)] + dataset.shape
      let shape = [points] + dataset.shape
      // A header stores all extents of a chunk in as many bytes as the largest needs.
      let largest = max(chunk.max() ?? 1, dataset.element.size)
      let like = largest < 1 << 8 ? 1 : largest < 1 << 16 ? 1 << 8 : 1 << 16
      guard largest < 1 << 24, let total = Int(exactly: Double(points) * Double(dataset.bytes)),
        total < 1 << 60
      else {
        throw context.error(
          .tooLarge, "would have the shape \(shape)", "it should fit on a disk")
      }
      let ones = [Int](repeating: 1, count: dataset.shape.count)
      let declared = (shape: [like + 1] + ones, chunk: [like] + ones)
      let address = try dataset.element.withType(context) { (type) throws(StorageError) in
        try createEarly(
          dataset.path, type: type, shape: declared.shape, chunk: declared.chunk, context)
      }
      return PointDatasetHeader(
        address: address, shape: (declared.shape, shape),
        chunk: (declared.chunk + [dataset.element.size], chunk + [dataset.element.size]))
    }
  }

  private func createEarly(
    _ path: [String], type: hid_t, shape: [Int], chunk: [Int], _ context: HDF5Context
  ) throws(StorageError) -> Int {
    guard let last = path.last else {
      throw context.error(.invalidName, "a dataset needs a name")
    }
    try checkComponent(last, context)
    let group = try openOrCreateGroup(path.dropLast())
    let space = try HDF5Library.space(shape, context)
    let links = try linkCreation(context)
    let creation = try HDF5Handle(
      H5Pcreate(lfpkernels_H5P_DATASET_CREATE()), closingWith: { H5Pclose($0) }, in: context,
      "prepare a dataset")
    let extents = chunk.map { hsize_t($0) }
    try context.check(H5Pset_obj_track_times(creation.id, false), "leave out times")
    try context.check(H5Pset_chunk(creation.id, Int32(extents.count), extents), "set chunks")
    try context.check(H5Pset_alloc_time(creation.id, H5D_ALLOC_TIME_EARLY), "take space early")
    try context.check(H5Pset_fill_time(creation.id, H5D_FILL_TIME_NEVER), "leave space empty")
    let dataset = try HDF5Handle(
      H5Dcreate2(group.id, last, type, space.id, links.id, creation.id, hid_t(H5P_DEFAULT)),
      closingWith: { H5Dclose($0) }, in: context, "create a dataset")
    var address = haddr_t()
    try context.check(lfpkernels_H5O_address(dataset.id, &address), "tell its place")
    guard let place = Int(exactly: address) else {
      throw context.error(.libraryFailure, "has no place")
    }
    return place
  }
}
