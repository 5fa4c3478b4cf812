#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that appears under its name complete or not at all.
///
/// Bytes go to a temporary file in the same directory; `commit` syncs it, gives it its name and
/// syncs the directory. A file that is dropped without `commit` leaves nothing behind, nor does
/// a process that a signal ends after `TemporaryFiles.removeOnSignals()`.
public struct AtomicFile: ~Copyable {
  private let place: OutputPlace
  private let overwrite: Bool
  private let temporary: String
  private let slot: Int?
  private(set) var descriptor: Int32

  /// Checks the path and creates the temporary file.
  ///
  /// - Throws: `StorageError` if the path exists and `overwrite` is false, is a directory or a
  ///   device, or if its directory is missing or not writable.
  public init(path: String, overwrite: Bool) throws(StorageError) {
    let place = try OutputPlace(path, overwrite: overwrite)
    let name = ".lfpkernels-\(getpid())-\(String(UInt64.random(in: 0 ... .max), radix: 16)).tmp"
    let temporary = place.directory == "/" ? "/" + name : place.directory + "/" + name
    // Registered before it exists: a signal between the two must find it.
    let slot = TemporaryFiles.register(temporary)
    let descriptor = SystemCall.retrying {
      open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    }
    guard descriptor >= 0 else {
      let code = errno
      TemporaryFiles.unregister(slot)
      throw Self.creationError(code, place: place)
    }
    if let mode = place.previousMode { _ = fchmod(descriptor, mode) }
    self.place = place
    self.overwrite = overwrite
    self.temporary = temporary
    self.slot = slot
    self.descriptor = descriptor
  }

  deinit {
    if descriptor >= 0 { _ = close(descriptor) }
    // After `commit` renamed it, this name is gone and unlinking fails harmlessly.
    _ = unlink(temporary)
    TemporaryFiles.unregister(slot)
  }

  /// The path as the caller gave it.
  var path: String { place.path }

  /// Appends bytes.
  public func write(_ bytes: [UInt8]) throws(StorageError) {
    try bytes.withUnsafeBufferPointer { (buffer) throws(StorageError) in
      try write(UnsafeRawBufferPointer(buffer))
    }
  }

  /// Appends bytes.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(StorageError) {
    try Self.writeAll(bytes, to: descriptor, path: place.path)
  }

  /// Makes the file durable and gives it its name. Nothing of it stays if that fails, except
  /// when only the directory could not be synced: then the file is there.
  public consuming func commit() throws(StorageError) {
    try synchronize()
    if overwrite {
      guard rename(temporary, place.target) == 0 else {
        throw SystemCall.error(errno, file: place.path, action: "write")
      }
    } else {
      try nameWithoutReplacing()
    }
    try synchronizeDirectory()
  }

  private mutating func synchronize() throws(StorageError) {
    guard SystemCall.retrying({ fsync(descriptor) }) == 0 else {
      throw SystemCall.error(errno, file: place.path, action: "write")
    }
    let closing = descriptor
    descriptor = -1
    guard close(closing) == 0 || errno == EINTR else {
      throw SystemCall.error(errno, file: place.path, action: "write")
    }
  }

  /// Gives the temporary file its name only if nobody else took it meanwhile.
  private func nameWithoutReplacing() throws(StorageError) {
    if link(temporary, place.target) == 0 { return }
    switch errno {
    case EEXIST: throw appearedMeanwhile
    case ENOSPC, EDQUOT, EIO, EROFS, ENOENT:
      throw SystemCall.error(errno, file: place.path, action: "write")
    default: break
    }
    // A file system without hard links: take the name by an empty file, then replace that.
    let claim = SystemCall.retrying {
      open(place.target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    }
    guard claim >= 0 else {
      if errno == EEXIST { throw appearedMeanwhile }
      throw SystemCall.error(errno, file: place.path, action: "write")
    }
    _ = close(claim)
    guard rename(temporary, place.target) == 0 else {
      let code = errno
      _ = unlink(place.target)
      throw SystemCall.error(code, file: place.path, action: "write")
    }
  }

  private var appearedMeanwhile: StorageError {
    StorageError(
      .fileExists, file: place.path, problem: "was created meanwhile by another program",
      remedy: "choose another name, or replace it with --force")
  }

  /// Makes the new name durable, where the system can: not every file system syncs directories.
  private func synchronizeDirectory() throws(StorageError) {
    let directory = SystemCall.retrying { open(place.directory, O_RDONLY | O_CLOEXEC) }
    guard directory >= 0 else { return }
    defer { _ = close(directory) }
    if SystemCall.retrying({ fsync(directory) }) != 0, errno == EIO {
      throw SystemCall.error(EIO, file: place.path, action: "sync its directory")
    }
  }

  private static func creationError(_ code: Int32, place: OutputPlace) -> StorageError {
    let error = SystemCall.error(
      code, file: place.path, action: "create a file in \(place.directory)")
    // A directory such as those of /proc takes no files and says that it is not there.
    guard error.kind == .missingFile else { return error }
    return StorageError(
      .notWritable, file: place.path, problem: error.problem,
      remedy: "choose a directory that is writable")
  }

  /// Writes all bytes, however few the system takes at a time.
  ///
  /// - Parameter systemWrite: `write(2)`; tests put others in its place.
  static func writeAll(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String,
    systemWrite: (Int32, UnsafeRawPointer, Int) -> Int = {
      #if canImport(Glibc)
        Glibc.write($0, $1, $2)
      #elseif canImport(Musl)
        Musl.write($0, $1, $2)
      #else
        Darwin.write($0, $1, $2)
      #endif
    }
  ) throws(StorageError) {
    guard let start = bytes.baseAddress else { return }
    let most = 1 << 30  // some systems refuse more than 2^31 - 1 at once
    var done = 0
    while done < bytes.count {
      let count = systemWrite(descriptor, start + done, min(bytes.count - done, most))
      if count > 0 {
        done += count
      } else if count == 0 {
        throw SystemCall.error(ENOSPC, file: path, action: "write")
      } else if errno != EINTR {
        throw SystemCall.error(errno, file: path, action: "write")
      }
    }
  }
}

/// Writes a whole file, complete or not at all. Errors as those of `AtomicFile`.
public func writeAtomically(
  _ bytes: [UInt8], to path: String, overwrite: Bool
) throws(StorageError) {
  try writeAtomically(to: path, overwrite: overwrite) { (file) throws(StorageError) in
    try file.write(bytes)
  }
}

/// Writes a file piece by piece, complete or not at all: if `body` throws, no file appears.
public func writeAtomically(
  to path: String, overwrite: Bool, _ body: (borrowing AtomicFile) throws(StorageError) -> Void
) throws(StorageError) {
  let file = try AtomicFile(path: path, overwrite: overwrite)
  try body(file)
  try file.commit()
}
