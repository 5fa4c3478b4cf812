import CHDF5

extension HDF5File {
  /// Reads a dataset of one dimension whose elements are lists of numbers of any length.
  func readLists(_ path: [String]) throws(StorageError) -> [[Double]] {
    try HDF5Library.locked { () throws(StorageError) in
      let object = try openObject(path)
      let context = HDF5Context(file: name, path: path)
      guard H5Iget_type(object.id) == H5I_DATASET else {
        throw context.error(.wrongType, "is not a dataset")
      }
      return try HDF5Item(handle: object, context: context).lists()
    }
  }
}

extension HDF5Item {
  func lists() throws(StorageError) -> [[Double]] {
    let stored = try type()
    let shape = try shape()
    guard shape.count == 1 else {
      throw context.error(.wrongShape, "has the shape \(shape)", "it should have one dimension")
    }
    if shape[0] == 0 { return [] }
    guard H5Tget_class(stored.id) == H5T_VLEN else {
      throw context.error(
        .wrongType, "does not hold lists", "each element should be numbers of variable length")
    }
    let element = try HDF5Handle(
      H5Tget_super(stored.id), closingWith: { H5Tclose($0) }, in: context, "tell its type")
    guard [H5T_FLOAT, H5T_INTEGER].contains(H5Tget_class(element.id)) else {
      throw context.error(.wrongType, "does not hold lists of numbers")
    }
    let memory = try HDF5Handle(
      H5Tvlen_create(HDF5Library.memoryType(.float64)), closingWith: { H5Tclose($0) },
      in: context, "prepare reading")
    let count = try count(of: shape, bytesEach: MemoryLayout<hvl_t>.stride)
    let space = try space()
    var buffer = [hvl_t](repeating: hvl_t(), count: count)
    try buffer.withUnsafeMutableBufferPointer { (lists) throws(StorageError) in
      try read(as: memory.id, into: lists.baseAddress)
    }
    let result = buffer.map { list in
      list.p.map { start in
        Array(
          UnsafeBufferPointer(start: start.assumingMemoryBound(to: Double.self), count: list.len))
      } ?? []
    }
    buffer.withUnsafeMutableBufferPointer { lists in
      _ = H5Dvlen_reclaim(memory.id, space.id, hid_t(H5P_DEFAULT), lists.baseAddress)
    }
    return result
  }
}
