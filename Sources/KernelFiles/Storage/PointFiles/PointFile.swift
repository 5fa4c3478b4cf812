#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An HDF5 file whose datasets have a row for each of a number of points, which are written in place, in
/// any order and from any thread.
///
/// All space is taken when the file is created: a full disk is an error then, not in the middle of the
/// work. The file appears under its name when its head is complete.
package final class PointFile: Sendable {
  package let path: String
  package let head: PointFileHead
  private let descriptor: Int32

  private init(path: String, head: PointFileHead, descriptor: Int32) {
    self.path = path
    self.head = head
    self.descriptor = descriptor
  }

  deinit { _ = close(descriptor) }

  /// Creates a file with zeros for all points. Nobody else may create it meanwhile.
  ///
  /// - Parameter fill: writes what is known already.
  package static func create(
    _ path: String, _ head: PointFileHead, fill: (PointFile) throws(StorageError) -> Void
  ) throws(StorageError) -> PointFile {
    let part = path + ".part"
    let descriptor = SystemCall.retrying {
      open(part, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    }
    guard descriptor >= 0 else { throw SystemCall.error(errno, file: path, action: "create") }
    let file = PointFile(path: path, head: head, descriptor: descriptor)
    do throws(StorageError) {
      try file.reserve()
      try file.write(head.bytes, at: 0)
      try fill(file)
      try file.sync()
      guard rename(part, path) == 0 else {
        throw SystemCall.error(errno, file: path, action: "create")
      }
    } catch {
      _ = unlink(part)
      throw error
    }
    let directory = SystemCall.retrying {
      open(OutputPlace.parent(of: path), O_RDONLY | O_CLOEXEC)
    }
    if directory >= 0 {
      _ = SystemCall.retrying { fsync(directory) }
      _ = close(directory)
    }
    return file
  }

  /// Opens a file that `create` made with the same head; nil where the head is another.
  package static func open(_ path: String, _ head: PointFileHead) throws(StorageError) -> PointFile?
  {
    let descriptor = SystemCall.retrying { Self.openExisting(path) }
    guard descriptor >= 0 else { throw SystemCall.error(errno, file: path, action: "open") }
    let file = PointFile(path: path, head: head, descriptor: descriptor)
    var status = stat()
    guard fstat(descriptor, &status) == 0, Int(status.st_size) == head.size,
      try file.read(0..<head.bytes.count) == head.bytes
    else { return nil }
    return file
  }

  private static func openExisting(_ path: String) -> Int32 {
    #if canImport(Glibc)
      Glibc.open(path, O_RDWR | O_CLOEXEC)
    #elseif canImport(Musl)
      Musl.open(path, O_RDWR | O_CLOEXEC)
    #else
      Darwin.open(path, O_RDWR | O_CLOEXEC)
    #endif
  }

  private static func open(_ path: String, _ flags: Int32, _ mode: mode_t = 0) -> Int32 {
    #if canImport(Glibc)
      Glibc.open(path, flags, mode)
    #elseif canImport(Musl)
      Musl.open(path, flags, mode)
    #else
      Darwin.open(path, flags, mode)
    #endif
  }

  private func reserve() throws(StorageError) {
    #if canImport(Darwin)
      let code = SystemCall.retrying { ftruncate(descriptor, off_t(head.size)) } == 0 ? 0 : errno
    #else
      var code: Int32
      repeat { code = posix_fallocate(descriptor, 0, off_t(head.size)) } while code == EINTR
      // A file system that cannot reserve gets the length alone.
      if code == EOPNOTSUPP || code == EINVAL {
        code = SystemCall.retrying { ftruncate(descriptor, off_t(head.size)) } == 0 ? 0 : errno
      }
    #endif
    guard code == 0 else {
      throw SystemCall.error(code, file: path, action: "reserve \(head.size) bytes")
    }
  }

  /// Writes the values of points that follow each other.
  package func write(
    _ bytes: UnsafeRawBufferPointer, dataset: Int, point: Int
  ) throws(StorageError) {
    try write(bytes, at: head.offsets[dataset] + point * head.datasets[dataset].bytes)
  }

  /// Reads the values of points.
  package func read(dataset: Int, points: Range<Int>) throws(StorageError) -> [UInt8] {
    let bytes = head.datasets[dataset].bytes
    let start = head.offsets[dataset]
    return try read(start + points.lowerBound * bytes..<start + points.upperBound * bytes)
  }

  /// Makes what was written durable.
  package func sync() throws(StorageError) {
    #if canImport(Darwin)
      let status = SystemCall.retrying { fsync(descriptor) }
    #else
      let status = SystemCall.retrying { fdatasync(descriptor) }
    #endif
    guard status == 0 else { throw SystemCall.error(errno, file: path, action: "write") }
  }

  /// Throws unless the file is in its place and as long as it was made: what is written to a file that was
  /// removed is lost without an error of the system.
  package func checkPlace() throws(StorageError) {
    var (own, there) = (stat(), stat())
    guard fstat(descriptor, &own) == 0 else {
      throw SystemCall.error(errno, file: path, action: "examine")
    }
    guard SystemCall.retrying({ stat(path, &there) }) == 0, own.st_ino == there.st_ino,
      own.st_dev == there.st_dev
    else {
      throw StorageError(
        .missingFile, file: path,
        problem: "is not in its place any more: it was removed, moved or replaced meanwhile",
        remedy: "put it back, or run again to begin anew")
    }
    guard Int(own.st_size) == head.size else {
      throw StorageError(
        .damaged, file: path,
        problem: "has \(own.st_size) bytes instead of \(head.size): another "
          + "program has cut or lengthened it meanwhile", remedy: "remove it and run again")
    }
  }

  /// Throws unless the file is in its place and begins as it was made.
  package func checkHead() throws(StorageError) {
    try checkPlace()
    guard try read(0..<head.bytes.count) == head.bytes else {
      throw StorageError(
        .damaged, file: path, problem: "was changed by another program meanwhile",
        remedy: "remove it and run again")
    }
  }

  private func write(_ bytes: [UInt8], at position: Int) throws(StorageError) {
    try bytes.withUnsafeBufferPointer { (buffer) throws(StorageError) in
      try write(UnsafeRawBufferPointer(buffer), at: position)
    }
  }

  private func write(_ bytes: UnsafeRawBufferPointer, at position: Int) throws(StorageError) {
    guard let start = bytes.baseAddress else { return }
    var done = 0
    while done < bytes.count {
      let count = SystemCall.retrying {
        pwrite(
          descriptor, start + done, min(bytes.count - done, 1 << 30), off_t(position + done))
      }
      guard count > 0 else {
        throw SystemCall.error(count == 0 ? ENOSPC : errno, file: path, action: "write")
      }
      done += count
    }
  }

  private func read(_ range: Range<Int>) throws(StorageError) -> [UInt8] {
    var failure: Int32?
    let result = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, initialized in
      guard let start = buffer.baseAddress else { return }
      while initialized < range.count {
        let done = initialized
        let count = SystemCall.retrying {
          pread(
            descriptor, start + done, min(range.count - done, 1 << 30),
            off_t(range.lowerBound + done))
        }
        guard count > 0 else {
          failure = count == 0 ? 0 : errno
          return
        }
        initialized += count
      }
    }
    if let failure {
      guard failure != 0 else {
        throw StorageError(
          .damaged, file: path, problem: "ends too early", remedy: "remove it and run again")
      }
      throw SystemCall.error(failure, file: path, action: "read")
    }
    return result
  }
}
