import CHDF5

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension HDF5Library {
  /// The type of a UTF-8 string of any length, which h5py reads as `str`.
  static func stringType(_ context: HDF5Context) throws(StorageError) -> HDF5Handle {
    let type = try HDF5Handle(
      H5Tcopy(lfpkernels_H5T_C_S1()), closingWith: { H5Tclose($0) }, in: context,
      "prepare a string")
    try context.check(H5Tset_size(type.id, lfpkernels_H5T_VARIABLE()), "prepare a string")
    try context.check(H5Tset_cset(type.id, H5T_CSET_UTF8), "prepare a string")
    return type
  }
}

extension HDF5Item {
  /// All values as strings, in C order, with the shape.
  func strings() throws(StorageError) -> (shape: [Int], values: [String]) {
    let stored = try type()
    guard H5Tget_class(stored.id) == H5T_STRING else {
      throw context.error(.wrongType, "does not hold text", "it should be a string")
    }
    let shape = try shape()
    let variable = H5Tis_variable_str(stored.id)
    guard variable >= 0 else { throw context.failure("tell its type", .damaged) }
    let values =
      variable > 0
      ? try variableStrings(shape, characterSet: H5Tget_cset(stored.id))
      : try fixedStrings(shape, stored)
    return (shape, values)
  }

  func write(_ values: [String]) throws(StorageError) {
    guard !values.contains(where: { $0.utf8.contains(0) }) else {
      throw context.error(.invalidValue, "the text contains a NUL character", "remove it")
    }
    let type = try HDF5Library.stringType(context)
    let copies = values.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    guard !copies.contains(nil) else {
      throw context.error(.tooLarge, "there is no memory for its text")
    }
    try copies.withUnsafeBufferPointer { (buffer) throws(StorageError) in
      try write(as: type.id, from: buffer.baseAddress)
    }
  }

  private func variableStrings(
    _ shape: [Int], characterSet: H5T_cset_t
  ) throws(StorageError) -> [String] {
    let count = try count(of: shape, bytesEach: MemoryLayout<UnsafeMutablePointer<CChar>?>.stride)
    guard count > 0 else { return [] }
    let memoryType = try HDF5Library.stringType(context)
    try context.check(H5Tset_cset(memoryType.id, characterSet), "read text")
    let space = try space()
    var pointers = [UnsafeMutablePointer<CChar>?](repeating: nil, count: count)
    return try pointers.withUnsafeMutableBufferPointer { (buffer) throws(StorageError) in
      try read(as: memoryType.id, into: buffer.baseAddress)
      defer {
        _ = H5Dvlen_reclaim(memoryType.id, space.id, hid_t(H5P_DEFAULT), buffer.baseAddress)
      }
      var result: [String] = []
      for pointer in buffer {
        // The library gives no pointer for an empty string.
        guard let pointer else {
          result.append("")
          continue
        }
        result.append(
          try text(UnsafeRawBufferPointer(start: pointer, count: strlen(pointer))))
      }
      return result
    }
  }

  private func fixedStrings(
    _ shape: [Int], _ stored: borrowing HDF5Handle
  ) throws(StorageError) -> [String] {
    let size = H5Tget_size(stored.id)
    guard size > 0 else { throw context.failure("tell its size", .damaged) }
    let count = try count(of: shape, bytesEach: size)
    let spacePadded = H5Tget_strpad(stored.id) == H5T_STR_SPACEPAD
    var bytes = [UInt8](repeating: 0, count: count * size)
    return try bytes.withUnsafeMutableBufferPointer { (buffer) throws(StorageError) in
      try read(as: stored.id, into: buffer.baseAddress)
      var result: [String] = []
      for index in 0..<count {
        var field = buffer[index * size..<(index + 1) * size].prefix { $0 != 0 }
        while spacePadded, field.last == UInt8(ascii: " ") { field.removeLast() }
        result.append(try text(UnsafeRawBufferPointer(UnsafeMutableBufferPointer(rebasing: field))))
      }
      return result
    }
  }

  private func text(_ bytes: UnsafeRawBufferPointer) throws(StorageError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw context.error(.damaged, "its text is not UTF-8")
    }
    return text
  }
}
