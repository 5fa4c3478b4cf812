#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where a result shall be written: a checked path.
struct OutputPlace: Sendable, Equatable {
  /// The path as the caller gave it, for messages.
  let path: String

  /// The path to put in place; symbolic links to an existing file are followed.
  let target: String

  /// The directory that holds the target.
  let directory: String

  /// The permission bits of the file that is replaced; nil if there is none.
  let previousMode: mode_t?

  /// Looks at a path without touching anything.
  ///
  /// - Throws: `StorageError` if it exists and `overwrite` is false, if it is a directory, a
  ///   device or a link to nothing, or if its directory is missing.
  init(_ path: String, overwrite: Bool) throws(StorageError) {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw StorageError(.invalidName, file: path, problem: "a file needs a name")
    }
    self.path = path
    guard SystemCall.status(path, followingLinks: false) != nil else {
      let code = errno
      guard code == ENOENT || code == ENOTDIR else {
        throw SystemCall.error(code, file: path, action: "write")
      }
      target = path
      directory = Self.parent(of: path)
      previousMode = nil
      try Self.checkDirectory(directory, path: path)
      return
    }
    let existing = try Self.resolve(path)
    guard overwrite else {
      throw StorageError(
        .fileExists, file: path, problem: "exists already",
        remedy: "choose another name, or replace it with --force")
    }
    target = existing.target
    directory = Self.parent(of: existing.target)
    previousMode = existing.mode
  }

  /// The regular file behind a path that exists.
  private static func resolve(
    _ path: String
  ) throws(StorageError) -> (target: String, mode: mode_t) {
    guard let status = SystemCall.status(path), let resolved = realpath(path, nil) else {
      throw StorageError(
        .notRegularFile, file: path, problem: "is a symbolic link to nothing",
        remedy: "remove it or choose another name")
    }
    defer { free(resolved) }
    if status.isDirectory {
      throw StorageError(
        .isDirectory, file: path, problem: "is a directory",
        remedy: "give the name of a file in it")
    }
    guard status.isRegularFile else {
      throw StorageError(
        .notRegularFile, file: path, problem: "is a device, pipe or socket",
        remedy: "give the name of a regular file")
    }
    return (String(cString: resolved), status.st_mode & 0o7777)
  }

  private static func checkDirectory(_ directory: String, path: String) throws(StorageError) {
    guard let status = SystemCall.status(directory) else {
      let code = errno
      guard code == ENOENT || code == ENOTDIR else {
        throw SystemCall.error(code, file: path, action: "look into its directory")
      }
      throw StorageError(
        .missingDirectory, file: path, problem: "its directory \(directory) does not exist",
        remedy: "create it first")
    }
    guard status.isDirectory else {
      throw StorageError(
        .missingDirectory, file: path, problem: "\(directory) is not a directory",
        remedy: "give a path whose directory exists")
    }
    guard path.utf8.last != UInt8(ascii: "/") else {
      throw StorageError(
        .missingDirectory, file: path, problem: "ends in / like a directory",
        remedy: "give the name of a file")
    }
  }

  /// The directory part of a path: `.` for a bare name.
  static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    let directory = String(path[..<slash])
    return directory.isEmpty ? "/" : directory
  }
}

/// Checks before a long computation that its result can be written: all that `writeAtomically`
/// refuses, and that a file can be created in the directory (one is, and removed).
///
/// - Throws: `StorageError` with the reason.
public func checkWritable(_ path: String, overwrite: Bool) throws(StorageError) {
  _ = try AtomicFile(path: path, overwrite: overwrite)
}

/// Whether two paths lead to the same file, which need not exist.
public func isSameFile(_ a: String, _ b: String) -> Bool {
  guard let first = resolvedPath(a), let second = resolvedPath(b) else { return a == b }
  return first == second
}

/// A path without links and dots; nil if its directory does not exist.
private func resolvedPath(_ path: String) -> String? {
  func resolve(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
  if let resolved = resolve(path) { return resolved }
  let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
  return resolve(OutputPlace.parent(of: path)).map { $0 == "/" ? "/\(name)" : "\($0)/\(name)" }
}
