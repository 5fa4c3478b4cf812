#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension AtomicFile {
  /// Makes the file so many bytes long and takes the space for them, so that a full disk is an error now
  /// and not in the middle of the work.
  func reserve(_ size: Int) throws(StorageError) {
    #if canImport(Darwin)
      let code = SystemCall.retrying { ftruncate(descriptor, off_t(size)) } == 0 ? 0 : errno
    #else
      var code: Int32
      repeat { code = posix_fallocate(descriptor, 0, off_t(max(size, 1))) } while code == EINTR
      // A file system that cannot reserve gets the length alone.
      if code == EOPNOTSUPP || code == EINVAL {
        code = SystemCall.retrying { ftruncate(descriptor, off_t(size)) } == 0 ? 0 : errno
      }
    #endif
    guard code == 0 else {
      throw SystemCall.error(code, file: path, action: "reserve \(size) bytes")
    }
  }

  /// Writes bytes at a position, wherever earlier ones went.
  func write(_ bytes: UnsafeRawBufferPointer, at position: Int) throws(StorageError) {
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
}
