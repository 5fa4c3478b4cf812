import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The one way in which input files are opened: a regular file of a size that is known before it is read,
/// a pipe, or standard input (`-`), and all of them to a limit only. Files packed by gzip are unpacked.
package enum InputBytes {
  /// The name of standard input.
  package static let standardInput = "-"

  /// The most that is taken from a pipe, whose size nobody knows, bytes.
  static let pipeLimit = 1_000_000_000

  /// The bytes of standard input, which can be read once but is asked for by several.
  static let rawStandardInput = piece(of: .standardInput, limit: pipeLimit)

  /// A file's content.
  ///
  /// - Parameters:
  ///   - limit: the largest content that is taken, bytes.
  ///   - what: the sort of file, as in "a table".
  ///   - isMapped: whether a regular file may be mapped, so that it needs no memory.
  static func read(
    path: String, limit: Int, what: String, isMapped: Bool = false
  ) -> Result<Data, TextBytes.Problem> {
    func fail(_ message: String) -> Result<Data, TextBytes.Problem> {
      .failure(TextBytes.Problem(message: message))
    }
    let tooLarge = "is larger than \(limit / 1_000_000) MB, the most that \(what) may have"
    let raw: Result<Data, TextBytes.Problem>
    if path == standardInput {
      raw = rawStandardInput
    } else {
      switch size(path: path, what: what) {
      case .failure(let problem): return .failure(problem)
      case .success(let size):
        if let size, size > limit { return fail(tooLarge) }
        guard let handle = FileHandle(forReadingAtPath: path) else {
          return fail("cannot be opened; is it readable?")
        }
        defer { try? handle.close() }
        let map =
          isMapped && size != nil
          ? try? Data(contentsOf: URL(filePath: path), options: .mappedIfSafe) : nil
        raw =
          map.map { .success($0) }
          ?? piece(of: handle, limit: size == nil ? min(limit, pipeLimit) : limit)
      }
    }
    guard case .success(let bytes) = raw else { return raw }
    guard bytes.count <= limit else { return fail(tooLarge) }
    guard GZIP.isPacked(bytes) else { return raw }
    guard let content = GZIP.unpacked(bytes, limit: limit) else {
      return fail("is damaged or cut short: it cannot be unpacked by gzip; copy it again")
    }
    return content.count <= limit ? .success(content) : fail("unpacked, it " + tooLarge)
  }

  /// What a file begins with, unpacked.
  static func beginning(
    path: String, count: Int, what: String
  ) -> Result<Data, TextBytes.Problem> {
    if path == standardInput {
      return rawStandardInput.map { unpackedBeginning($0, count) }
    }
    switch size(path: path, what: what) {
    case .failure(let problem): return .failure(problem)
    case .success(nil):
      return .failure(
        TextBytes.Problem(
          message: "is a pipe; give - in its place, and let it come from standard input"))
    case .success:
      guard let handle = FileHandle(forReadingAtPath: path) else {
        return .failure(TextBytes.Problem(message: "cannot be opened; is it readable?"))
      }
      defer { try? handle.close() }
      return piece(of: handle, limit: count).map { unpackedBeginning($0, count) }
    }
  }

  private static func unpackedBeginning(_ bytes: Data, _ count: Int) -> Data {
    let start = Data(bytes.prefix(count))
    guard GZIP.isPacked(start) else { return start }
    return (GZIP.unpacked(start, limit: count, isWhole: false) ?? start).prefix(count)
  }

  /// The size of a regular file; nil for a pipe. Anything else is refused.
  private static func size(path: String, what: String) -> Result<Int?, TextBytes.Problem> {
    guard let status = SystemCall.status(path) else {
      return .failure(
        TextBytes.Problem(
          message: errno == ENOENT || errno == ENOTDIR
            ? "there is no such file" : "cannot be opened: \(SystemCall.message(errno))"))
    }
    if status.isRegularFile { return .success(Int(status.st_size)) }
    if status.st_mode & S_IFMT == S_IFIFO { return .success(nil) }
    return .failure(
      TextBytes.Problem(
        message: status.isDirectory
          ? "is a directory; \(what) is needed"
          : "is a device or socket; \(what) is needed, or - for standard input"))
  }

  /// The bytes to the end, at most one more than the limit.
  private static func piece(
    of handle: FileHandle, limit: Int
  ) -> Result<Data, TextBytes.Problem> {
    var data = Data()
    do {
      while data.count <= limit,
        let piece = try handle.read(upToCount: min(limit + 1 - data.count, 1 << 24)), !piece.isEmpty
      {
        data.append(piece)
      }
    } catch {
      return .failure(
        TextBytes.Problem(message: "cannot be read: it may be on a disk or network that fails"))
    }
    return .success(data)
  }
}
