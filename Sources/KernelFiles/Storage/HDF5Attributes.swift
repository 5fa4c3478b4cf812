import CHDF5

extension HDF5File {
  /// Attaches a number to an object; the object must be there.
  public func setAttribute<Number: StoredNumber>(
    _ attribute: String, of path: [String] = [], to value: Number
  ) throws(StorageError) {
    try setNumbers(attribute, of: path, [value], shape: [])
  }

  /// Attaches numbers with one dimension to an object.
  public func setAttribute<Number: StoredNumber>(
    _ attribute: String, of path: [String] = [], to values: [Number]
  ) throws(StorageError) {
    try setNumbers(attribute, of: path, values, shape: [values.count])
  }

  /// Attaches a text in UTF-8 to an object.
  public func setAttribute(
    _ attribute: String, of path: [String] = [], to text: String
  ) throws(StorageError) {
    try setStrings(attribute, of: path, [text], shape: [])
  }

  /// Attaches texts in UTF-8 with one dimension to an object.
  public func setAttribute(
    _ attribute: String, of path: [String] = [], to texts: [String]
  ) throws(StorageError) {
    try setStrings(attribute, of: path, texts, shape: [texts.count])
  }

  /// Whether an object has an attribute of this name.
  public func hasAttribute(
    _ attribute: String, of path: [String] = []
  ) throws(StorageError) -> Bool {
    try HDF5Library.locked { () throws(StorageError) in
      let object = try openObject(path)
      let there = H5Aexists(object.id, attribute)
      guard there >= 0 else {
        let context = HDF5Context(file: name, path: path).attribute(attribute)
        throw context.failure("look it up", .damaged)
      }
      return there > 0
    }
  }

  /// Reads an attribute that is one number.
  public func attribute<Number: StoredNumber>(
    _ attribute: String, of path: [String] = [], as type: Number.Type
  ) throws(StorageError) -> Number {
    try HDF5Library.locked { () throws(StorageError) in
      let item = try openAttribute(attribute, of: path)
      let array = try item.numbers(type)
      guard array.values.count == 1, let value = array.values.first else {
        throw item.context.error(
          .wrongShape, "has the shape \(array.shape)", "it should be one number")
      }
      return value
    }
  }

  /// Reads an attribute of numbers with at most one dimension.
  public func attributeArray<Number: StoredNumber>(
    _ attribute: String, of path: [String] = [], as type: Number.Type
  ) throws(StorageError) -> [Number] {
    try HDF5Library.locked { () throws(StorageError) in
      let item = try openAttribute(attribute, of: path)
      let array = try item.numbers(type)
      guard array.shape.count <= 1 else { throw item.notOneDimension(array.shape) }
      return array.values
    }
  }

  /// Reads an attribute that is one text.
  public func stringAttribute(
    _ attribute: String, of path: [String] = []
  ) throws(StorageError) -> String {
    try HDF5Library.locked { () throws(StorageError) in
      let item = try openAttribute(attribute, of: path)
      let (shape, values) = try item.strings()
      guard values.count == 1, let value = values.first else {
        throw item.context.error(.wrongShape, "has the shape \(shape)", "it should be one text")
      }
      return value
    }
  }

  /// Reads an attribute of texts with at most one dimension.
  public func stringAttributeArray(
    _ attribute: String, of path: [String] = []
  ) throws(StorageError) -> [String] {
    try HDF5Library.locked { () throws(StorageError) in
      let item = try openAttribute(attribute, of: path)
      let (shape, values) = try item.strings()
      guard shape.count <= 1 else { throw item.notOneDimension(shape) }
      return values
    }
  }

  private func setNumbers<Number: StoredNumber>(
    _ attribute: String, of path: [String], _ values: [Number], shape: [Int]
  ) throws(StorageError) {
    try HDF5Library.locked { () throws(StorageError) in
      let item = try createAttribute(
        attribute, of: path, type: HDF5Library.fileType(Number.storedKind), shape: shape)
      try item.write(values)
    }
  }

  private func setStrings(
    _ attribute: String, of path: [String], _ values: [String], shape: [Int]
  ) throws(StorageError) {
    try HDF5Library.locked { () throws(StorageError) in
      let context = HDF5Context(file: name, path: path).attribute(attribute)
      let type = try HDF5Library.stringType(context)
      let item = try createAttribute(attribute, of: path, type: type.id, shape: shape)
      try item.write(values)
    }
  }

  func createAttribute(
    _ attribute: String, of path: [String], type: hid_t, shape: [Int]
  ) throws(StorageError) -> HDF5Item {
    try checkWritableFile()
    let context = HDF5Context(file: name, path: path).attribute(attribute)
    guard !attribute.isEmpty, !attribute.utf8.contains(0) else {
      throw context.error(.invalidName, "an attribute needs a name without NUL")
    }
    let object = try openObject(path)
    guard H5Aexists(object.id, attribute) == 0 else {
      throw context.error(.duplicate, "is there already", "give it another name")
    }
    let space = try HDF5Library.space(shape, context)
    let id = H5Acreate2(
      object.id, attribute, type, space.id, hid_t(H5P_DEFAULT), hid_t(H5P_DEFAULT))
    let handle = try HDF5Handle(
      id, closingWith: { H5Aclose($0) }, in: context, "create an attribute")
    return HDF5Item(handle: handle, context: context)
  }

  private func openAttribute(
    _ attribute: String, of path: [String]
  ) throws(StorageError) -> HDF5Item {
    let object = try openObject(path)
    let context = HDF5Context(file: name, path: path).attribute(attribute)
    let there = H5Aexists(object.id, attribute)
    guard there >= 0 else { throw context.failure("look it up", .damaged) }
    guard there > 0 else { throw context.error(.missingObject, "does not exist") }
    let id = H5Aopen(object.id, attribute, hid_t(H5P_DEFAULT))
    guard id >= 0 else { throw context.failure("open it", .damaged) }
    let handle = try HDF5Handle(id, closingWith: { H5Aclose($0) }, in: context, "open it")
    return HDF5Item(handle: handle, context: context)
  }
}

extension HDF5Item {
  func notOneDimension(_ shape: [Int]) -> StorageError {
    context.error(.wrongShape, "has the shape \(shape)", "it should have one dimension")
  }
}
