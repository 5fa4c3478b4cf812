#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Failures of system calls, as typed errors.
enum SystemCall {
  /// The text of an error number, such as "No space left on device".
  static func message(_ code: Int32) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      buffer.initialize(repeating: 0)
      guard let start = buffer.baseAddress, let text = strerror(code) else {
        return "error \(code)"
      }
      _ = strncpy(start, text, buffer.count - 1)
      return String(cString: start)
    }
  }

  /// The typed error for an error number that came while `action` ("write", "create", ...) was
  /// tried on a file.
  static func error(_ code: Int32, file: String, action: String) -> StorageError {
    let text = "cannot \(action): \(message(code))"
    switch code {
    case ENOSPC, EDQUOT, EFBIG:
      return StorageError(
        .noSpace, file: file, problem: text, remedy: "free space or choose another place")
    case EACCES, EPERM, EROFS:
      let reading = action.hasPrefix("read") || action.hasPrefix("open")
      return StorageError(
        reading ? .notReadable : .notWritable, file: file, problem: text,
        remedy: reading ? "it needs permission to read" : "choose a directory that is writable")
    case ENOENT:
      return StorageError(.missingFile, file: file, problem: text)
    default:
      return StorageError(.systemFailure, file: file, problem: text)
    }
  }

  /// Repeats a call that a signal interrupted. Gives the call's result, negative on failure with
  /// the reason in `errno`.
  static func retrying<Value: SignedInteger>(_ call: () -> Value) -> Value {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return result }
    }
  }

  /// What a path is; nil with `errno` set if that cannot be told.
  static func status(_ path: String, followingLinks: Bool = true) -> stat? {
    var result = stat()
    let code = followingLinks ? stat(path, &result) : lstat(path, &result)
    return code == 0 ? result : nil
  }
}

extension stat {
  var isDirectory: Bool { st_mode & S_IFMT == S_IFDIR }
  var isRegularFile: Bool { st_mode & S_IFMT == S_IFREG }
}
