import CHDF5

extension HDF5File {
  /// Creates a dataset whose rows are those of datasets of the same path in other files.
  ///
  /// - Parameters:
  ///   - points: rows in all.
  ///   - sources: names of files in the same directory, and the rows that each has.
  package func createVirtual(
    _ dataset: PointDataset, points: Int, sources: [(name: String, points: Range<Int>)]
  ) throws(StorageError) {
    try HDF5Library.locked { () throws(StorageError) in
      let context = HDF5Context(file: name, path: dataset.path)
      guard let last = dataset.path.last else {
        throw context.error(.invalidName, "a dataset needs a name")
      }
      let group = try openOrCreateGroup(dataset.path.dropLast())
      let creation = try HDF5Handle(
        H5Pcreate(lfpkernels_H5P_DATASET_CREATE()), closingWith: { H5Pclose($0) }, in: context,
        "prepare a dataset")
      try context.check(H5Pset_obj_track_times(creation.id, false), "leave out times")
      let shape = [points] + dataset.shape
      let zeros = [hsize_t](repeating: 0, count: shape.count)
      for source in sources where !source.points.isEmpty {
        let space = try HDF5Library.space(shape, context)
        let count = [source.points.count] + dataset.shape
        let sourceSpace = try HDF5Library.space(count, context)
        var start = zeros
        start[0] = hsize_t(source.points.lowerBound)
        let extents = count.map { hsize_t($0) }
        try context.check(
          H5Sselect_hyperslab(space.id, H5S_SELECT_SET, start, nil, extents, nil), "choose rows")
        try context.check(
          H5Pset_virtual(
            creation.id, space.id, source.name, "/" + dataset.path.joined(separator: "/"),
            sourceSpace.id), "refer to another file")
      }
      let space = try HDF5Library.space(shape, context)
      let links = try linkCreation(context)
      try dataset.element.withType(context) { (type) throws(StorageError) in
        _ = try HDF5Handle(
          H5Dcreate2(group.id, last, type, space.id, links.id, creation.id, hid_t(H5P_DEFAULT)),
          closingWith: { H5Dclose($0) }, in: context, "create a dataset")
      }
      try set(dataset.attributes, of: dataset.path)
    }
  }

  func set(
    _ attributes: [String: PointDataset.Attribute], of path: [String]
  ) throws(StorageError) {
    for (key, value) in attributes.sorted(by: { $0.key < $1.key }) {
      switch value {
      case .number(let number): try setAttribute(key, of: path, to: number)
      case .text(let text): try setAttribute(key, of: path, to: text)
      case .texts(let texts): try setAttribute(key, of: path, to: texts)
      }
    }
  }
}
