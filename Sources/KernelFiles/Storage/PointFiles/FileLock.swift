#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A lock that one process holds as long as the value lives; the system releases it when the process
/// ends, however that happens.
package struct FileLock: ~Copyable {
  private let descriptor: Int32

  /// Takes the lock; nil where another process has it.
  package init?(_ path: String) throws(StorageError) {
    descriptor = SystemCall.retrying { open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666) }
    guard descriptor >= 0 else { throw SystemCall.error(errno, file: path, action: "create") }
    if SystemCall.retrying({ flock(descriptor, LOCK_EX | LOCK_NB) }) == 0 { return }
    let code = errno
    _ = close(descriptor)
    if code == EWOULDBLOCK { return nil }
    throw SystemCall.error(code, file: path, action: "lock")
  }

  deinit { _ = close(descriptor) }
}
