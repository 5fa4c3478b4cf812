import CHDF5
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An HDF5 file: one that is built in memory, or one that is read from disk.
///
/// Objects are named by paths without slashes, `["kernels", "E", "I", "lfp"]`; the empty path is
/// the root group. Names may hold anything but `/`, NUL, and be neither empty nor `.`. All methods
/// may be called from any thread; they take turns.
///
/// A file is built in memory because the library may crash or leave half a file when a disk is
/// full; its bytes are then written by `writeAtomically`. The bytes depend on nothing but what
/// was written in which order: there are no timestamps.
public final class HDF5File: Sendable {
  let handle: HDF5Handle

  /// The name in error messages.
  public let name: String

  let isWritable: Bool

  private static let memoryFileCount = Atomic<Int>(0)

  /// A new file in memory, to be filled and taken out by `bytes()` or `write(to:overwrite:)`.
  ///
  /// - Parameter name: what error messages call it, such as the path it shall get.
  public convenience init(inMemoryFor name: String) throws(StorageError) {
    try self.init(inMemoryFor: name, newFormat: false)
  }

  /// - Parameter newFormat: whether the format is that of HDF5 1.10, which knows chunks without index.
  package init(inMemoryFor name: String, newFormat: Bool) throws(StorageError) {
    handle = try HDF5Library.locked { () throws(StorageError) in
      let context = HDF5Context(file: name)
      let access = try HDF5Handle(
        H5Pcreate(lfpkernels_H5P_FILE_ACCESS()), closingWith: { H5Pclose($0) }, in: context,
        "prepare a file")
      try context.check(H5Pset_fapl_core(access.id, 1 << 20, false), "build a file in memory")
      try context.check(H5Pset_fclose_degree(access.id, H5F_CLOSE_STRONG), "prepare a file")
      // One format whatever the library's version: that of HDF5 1.8 or 1.10, with checksums.
      let format = newFormat ? H5F_LIBVER_V110 : H5F_LIBVER_V18
      try context.check(H5Pset_libver_bounds(access.id, format, format), "choose its format")
      let creation = try Self.groupCreation(lfpkernels_H5P_FILE_CREATE(), context)
      // Files in memory are told apart by name.
      let number = Self.memoryFileCount.add(1, ordering: .relaxed).newValue
      return try HDF5Handle(
        H5Fcreate("memory-\(number)", lfpkernels_H5F_ACC_TRUNC(), creation.id, access.id),
        closingWith: { H5Fclose($0) }, in: context, "create a file in memory")
    }
    self.name = name
    isWritable = true
  }

  /// Opens a file for reading.
  ///
  /// - Throws: `StorageError` if it is missing, a directory, empty, not readable, not HDF5, or
  ///   damaged.
  public init(reading path: String) throws(StorageError) {
    let size = try Self.checkReadable(path)
    try ChecksumTrailer.check(path, size: size)
    handle = try HDF5Library.locked { () throws(StorageError) in
      let context = HDF5Context(file: path)
      let recognised = H5Fis_hdf5(path)
      guard recognised != 0 else {
        throw StorageError(
          .wrongFormat, file: path, problem: "is not an HDF5 file (\(size) bytes)",
          remedy: "give a file that was written with the ending .h5")
      }
      let access = try HDF5Handle(
        H5Pcreate(lfpkernels_H5P_FILE_ACCESS()), closingWith: { H5Pclose($0) }, in: context,
        "prepare reading")
      try context.check(H5Pset_fclose_degree(access.id, H5F_CLOSE_STRONG), "prepare reading")
      let id = H5Fopen(path, lfpkernels_H5F_ACC_RDONLY(), access.id)
      guard id >= 0 else {
        let message = HDF5Library.lastMessage
        if message.contains("lock file") || message.contains("already open for") {
          throw StorageError(
            .notReadable, file: path, problem: "is in use: another program has it open for writing",
            remedy: "wait until that has closed it")
        }
        throw StorageError(
          .damaged, file: path,
          problem: "is damaged or cut short: \(message)",
          remedy: "write or copy it again")
      }
      return try HDF5Handle(id, closingWith: { H5Fclose($0) }, in: context, "open it")
    }
    name = path
    isWritable = false
  }

  /// The whole file as bytes.
  ///
  /// - Parameter checksummed: whether a SHA-256 digest follows the end of the file. Other
  ///   programs do not see it; `init(reading:)` refuses the file if its content changed.
  public func bytes(checksummed: Bool = false) throws(StorageError) -> [UInt8] {
    try HDF5Library.locked { () throws(StorageError) in
      let context = HDF5Context(file: name)
      try context.check(H5Fflush(handle.id, H5F_SCOPE_GLOBAL), "complete the file")
      let count = H5Fget_file_image(handle.id, nil, 0)
      guard count >= 0 else { throw context.failure("take the file out of memory") }
      let (image, taken) = readInto(count: count, of: UInt8.self) {
        H5Fget_file_image(handle.id, $0.baseAddress, count)
      }
      guard taken == count else { throw context.failure("take the file out of memory") }
      var result = image
      HDF5Superblock.correctChecksum(&result)
      if checksummed { ChecksumTrailer.append(to: &result) }
      return result
    }
  }

  /// Writes the file to disk, complete or not at all. Errors as those of `writeAtomically`.
  public func write(
    to path: String, overwrite: Bool, checksummed: Bool = false
  ) throws(StorageError) {
    try writeAtomically(bytes(checksummed: checksummed), to: path, overwrite: overwrite)
  }

  /// Creation properties of a group or file: no times, members in the order they came.
  static func groupCreation(
    _ kind: hid_t, _ context: HDF5Context
  ) throws(StorageError) -> HDF5Handle {
    let creation = try HDF5Handle(
      H5Pcreate(kind), closingWith: { H5Pclose($0) }, in: context, "prepare a group")
    try context.check(H5Pset_obj_track_times(creation.id, false), "leave out times")
    try context.check(
      H5Pset_link_creation_order(
        creation.id, UInt32(H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED)), "keep an order")
    return creation
  }

  /// Gives the size of a regular file that can be opened, in bytes.
  private static func checkReadable(_ path: String) throws(StorageError) -> Int {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw StorageError(.invalidName, file: path, problem: "a file needs a name")
    }
    guard let status = SystemCall.status(path) else {
      let code = errno
      guard code == ENOENT || code == ENOTDIR else {
        throw SystemCall.error(code, file: path, action: "open")
      }
      throw StorageError(
        .missingFile, file: path, problem: "does not exist", remedy: "check its name")
    }
    if status.isDirectory {
      throw StorageError(
        .isDirectory, file: path, problem: "is a directory", remedy: "give a file in it")
    }
    guard status.isRegularFile else {
      throw StorageError(
        .notRegularFile, file: path, problem: "is a device, pipe or socket",
        remedy: "HDF5 reads regular files only")
    }
    guard status.st_size > 0 else {
      throw StorageError(
        .emptyFile, file: path, problem: "is empty",
        remedy: "it may stem from a run that was interrupted: write it again")
    }
    guard access(path, R_OK) == 0 else {
      throw SystemCall.error(errno, file: path, action: "open")
    }
    return Int(status.st_size)
  }
}

/// An array whose memory `fill` writes completely; only the result of `fill` tells if it did, so
/// memory that it left alone is zero.
func readInto<Number: BitwiseCopyable, Status>(
  count: Int, of type: Number.Type, _ fill: (UnsafeMutableBufferPointer<Number>) -> Status
) -> ([Number], Status?) {
  var status: Status?
  let result = [Number](unsafeUninitializedCapacity: count) { buffer, initialized in
    let whole = UnsafeMutableBufferPointer(rebasing: buffer[..<count])
    UnsafeMutableRawBufferPointer(whole).initializeMemory(as: UInt8.self, repeating: 0)
    status = fill(whole)
    initialized = count
  }
  return (result, status)
}
