import CHDF5

extension HDF5File {
  /// Attaches a value of an enumeration whose names stand for 0, 1 and so on.
  ///
  /// - Throws: `StorageError` if the attribute is there already or cannot be written.
  func setAttribute(
    _ attribute: String, of path: [String], toCase value: UInt8, of names: [String]
  ) throws(StorageError) {
    try HDF5Library.locked { () throws(StorageError) in
      let context = HDF5Context(file: name, path: path).attribute(attribute)
      let type = try HDF5Handle(
        H5Tenum_create(lfpkernels_H5T_STD_U8LE()), closingWith: { H5Tclose($0) }, in: context,
        "prepare an enumeration")
      for (index, name) in names.enumerated() {
        var number = UInt8(truncatingIfNeeded: index)
        try context.check(H5Tenum_insert(type.id, name, &number), "name a value")
      }
      let item = try createAttribute(attribute, of: path, type: type.id, shape: [])
      var value = value
      try item.write(as: type.id, from: &value)
    }
  }

  /// Writes ids, which are not negative, as whole numbers without sign.
  func writeIDs(_ ids: [Int], to path: [String]) throws(StorageError) {
    if let id = ids.first(where: { $0 < 0 }) {
      throw HDF5Context(file: name, path: path).error(
        .invalidValue, "holds the id \(id)", "ids are 0 or more in SONATA files")
    }
    try HDF5Library.locked { () throws(StorageError) in
      let dataset = try createDataset(
        path, type: lfpkernels_H5T_STD_U64LE(), shape: [ids.count], layout: .contiguous)
      try dataset.write(ids)
    }
  }
}
