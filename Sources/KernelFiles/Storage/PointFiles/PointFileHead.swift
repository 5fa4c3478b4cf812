/// All of an HDF5 file but the values of its points: what comes before them, and where they go.
///
/// The library builds it in memory, with datasets that have a few bytes only; their shapes and places,
/// behind all else, are then entered into the headers. So the values can be written by plain system
/// calls in any order, and a full disk never meets the library, which may crash on it. The bytes depend
/// on the arguments alone.
package struct PointFileHead: Sendable {
  package let bytes: [UInt8]
  package let datasets: [PointDataset]

  /// Position of each dataset's first point in the file.
  package let offsets: [Int]
  package let points: Int

  /// Size of the whole file, bytes.
  package let size: Int

  /// Builds the head.
  ///
  /// - Parameters:
  ///   - name: the file's name in messages.
  ///   - extras: adds what is not by points.
  package init(
    for name: String, points: Int, datasets: [PointDataset],
    extras: (HDF5File) throws(StorageError) -> Void
  ) throws(StorageError) {
    let file = try HDF5File(inMemoryFor: name, newFormat: true)
    try extras(file)
    var headers: [PointDatasetHeader] = []
    for dataset in datasets {
      headers.append(try file.declare(dataset, points: points))
      try file.set(dataset.attributes, of: dataset.path)
    }
    var bytes = try file.bytes()
    var end = Self.aligned(bytes.count)
    var offsets: [Int] = []
    for (dataset, header) in zip(datasets, headers) {
      guard ChunkedDatasetHeader.enter(header, place: end, in: &bytes) else {
        throw HDF5Context(file: name, path: dataset.path).error(
          .libraryFailure, "HDF5 has written a header of another form than expected")
      }
      offsets.append(end)
      // The last chunk is whole.
      let chunk = dataset.chunk(of: points)
      end = Self.aligned(end + (points + chunk - 1) / chunk * chunk * dataset.bytes)
    }
    guard HDF5Superblock.enterEnd(end, in: &bytes) else {
      throw StorageError(
        .libraryFailure, file: name, problem: "HDF5 has written another version of its format")
    }
    self.bytes = bytes
    self.datasets = datasets
    self.offsets = offsets
    self.points = points
    size = end
  }

  private static func aligned(_ size: Int) -> Int { (size + 4095) / 4096 * 4096 }
}
