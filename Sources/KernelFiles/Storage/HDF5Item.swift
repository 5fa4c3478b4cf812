import CHDF5

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A dataset or an attribute: what the library handles by two sets of functions that do the same.
struct HDF5Item: ~Copyable {
  let handle: HDF5Handle
  let context: HDF5Context
  private var isAttribute: Bool { context.attribute != nil }

  /// The extents; empty for one value.
  func shape() throws(StorageError) -> [Int] {
    let space = try space()
    guard H5Sget_simple_extent_type(space.id) != H5S_NULL else {
      throw context.error(.wrongShape, "has no values")
    }
    let rank = H5Sget_simple_extent_ndims(space.id)
    guard rank >= 0 else { throw context.failure("tell its shape", .damaged) }
    var extents = [hsize_t](repeating: 0, count: Int(rank))
    guard H5Sget_simple_extent_dims(space.id, &extents, nil) == rank else {
      throw context.failure("tell its shape", .damaged)
    }
    var shape: [Int] = []
    for extent in extents {
      guard let whole = Int(exactly: extent) else { throw tooLarge }
      shape.append(whole)
    }
    return shape
  }

  func space() throws(StorageError) -> HDF5Handle {
    try HDF5Handle(
      isAttribute ? H5Aget_space(handle.id) : H5Dget_space(handle.id),
      closingWith: { H5Sclose($0) }, in: context, "tell its shape")
  }

  func type() throws(StorageError) -> HDF5Handle {
    try HDF5Handle(
      isAttribute ? H5Aget_type(handle.id) : H5Dget_type(handle.id),
      closingWith: { H5Tclose($0) }, in: context, "tell its type")
  }

  func read(
    as memoryType: hid_t, into buffer: UnsafeMutableRawPointer?
  ) throws(StorageError) {
    // Without values there is nothing to read, and no memory to read it into.
    guard let buffer else { return }
    let status =
      isAttribute
      ? H5Aread(handle.id, memoryType, buffer)
      : H5Dread(
        handle.id, memoryType, hid_t(H5S_ALL), hid_t(H5S_ALL), hid_t(H5P_DEFAULT), buffer)
    guard status >= 0 else {
      let message = HDF5Library.lastMessage
      if message.contains("required filter") {
        let name = message.split(separator: "'").dropFirst().first.map(String.init) ?? "unknown"
        throw context.error(
          .wrongFormat, "is compressed by the filter \(name), which HDF5 has not here",
          "write it anew without, as by h5py with compression='gzip'")
      }
      throw context.failure("read it", .damaged)
    }
  }

  func write(as memoryType: hid_t, from buffer: UnsafeRawPointer?) throws(StorageError) {
    guard let buffer else { return }
    let status =
      isAttribute
      ? H5Awrite(handle.id, memoryType, buffer)
      : H5Dwrite(
        handle.id, memoryType, hid_t(H5S_ALL), hid_t(H5S_ALL), hid_t(H5P_DEFAULT), buffer)
    try context.check(status, "write it")
  }

  /// The number of values, after a check that as many fit into memory: a damaged file may
  /// promise any number.
  func count(of shape: [Int], bytesEach: Int) throws(StorageError) -> Int {
    var count = 1
    for extent in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard !overflow else { throw tooLarge }
      count = product
    }
    let (bytes, overflow) = count.multipliedReportingOverflow(by: max(bytesEach, 1))
    guard !overflow else { throw tooLarge }
    // Not malloc: the compiler may leave out an allocation that is freed at once.
    let trial = mmap(
      nil, max(bytes, 1), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard trial != MAP_FAILED else { throw tooLarge }
    munmap(trial, max(bytes, 1))
    return count
  }

  private var tooLarge: StorageError {
    context.error(.tooLarge, "claims more values than fit into memory", "the file may be damaged")
  }
}

extension HDF5Item {
  /// All values as numbers; HDF5 converts from other sizes and byte orders.
  ///
  /// - Parameter rank: the number of dimensions that there must be; nil for 0 to 3.
  func numbers<Number: StoredNumber>(
    _ type: Number.Type, rank: Int? = nil
  ) throws(StorageError) -> StoredArray<Number> {
    // A binding, because a temporary handle would be closed before the call.
    let storedType = try self.type()
    let stored = H5Tget_class(storedType.id)
    let wanted = Number.storedKind
    guard stored == H5T_INTEGER || (stored == H5T_FLOAT && wanted == .float64) else {
      throw context.error(
        .wrongType, "does not hold \(wanted == .int64 ? "whole " : "")numbers",
        "it should be \(wanted)")
    }
    let shape = try shape()
    guard rank.map({ $0 == shape.count }) ?? (shape.count <= 3) else {
      throw context.error(
        .wrongShape, "has the shape \(shape)",
        "it should have \(rank.map { "\($0)" } ?? "at most 3") dimensions")
    }
    let count = try count(of: shape, bytesEach: MemoryLayout<Number>.stride)
    var failure: StorageError?
    let (values, _) = readInto(count: count, of: Number.self) { buffer in
      do throws(StorageError) {
        try read(as: HDF5Library.memoryType(wanted), into: buffer.baseAddress)
      } catch { failure = error }
    }
    if let failure { throw failure }
    return StoredArray(shape: shape, values: values)
  }

  func write<Number: StoredNumber>(_ values: [Number]) throws(StorageError) {
    try values.withUnsafeBufferPointer { (buffer) throws(StorageError) in
      try write(as: HDF5Library.memoryType(Number.storedKind), from: buffer.baseAddress)
    }
  }
}
