import CZip

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A ZIP archive that is built in memory. Its bytes depend on its members alone: their time is
/// 1 January 1980. Archives and members beyond 4 GiB are possible (ZIP64).
public struct ZIPArchive: Sendable {
  /// The name in error messages.
  public let name: String

  private var members: [(name: String, bytes: [UInt8])] = []

  public init(for name: String) { self.name = name }

  /// The names of the members in their order.
  public var memberNames: [String] { members.map(\.name) }

  /// Adds a member, such as `E:I/lfp.npy`.
  ///
  /// - Throws: `StorageError` if the name is empty, in the archive already, absolute, or leads
  ///   out of the directory where someone unpacks it.
  public mutating func add(_ bytes: [UInt8], as member: String) throws(StorageError) {
    let parts = member.split(separator: "/", omittingEmptySubsequences: false)
    guard !member.utf8.contains(0),
      !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." })
    else {
      throw StorageError(
        .invalidName, file: name, object: member,
        problem: "\(member.debugDescription) cannot be a name in an archive",
        remedy: "it should be like \"E:I/lfp\"")
    }
    guard !members.contains(where: { $0.name == member }) else {
      throw StorageError(
        .duplicate, file: name, object: member, problem: "is in the archive already",
        remedy: "give it another name")
    }
    members.append((member, bytes))
  }

  /// The whole archive as bytes.
  ///
  /// - Parameter deflated: whether to compress; else members are stored as they are.
  public func bytes(deflated: Bool = false) throws(StorageError) -> [UInt8] {
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    guard let target = zip_source_buffer_create(nil, 0, 0, &error) else {
      throw failure(&error, "build it in memory")
    }
    defer { zip_source_free(target) }
    // One reference for the archive, which gives it up when it is closed or discarded, one for
    // reading the result. If the archive does not open, its reference stays.
    zip_source_keep(target)
    guard let archive = zip_open_from_source(target, ZIP_TRUNCATE, &error) else {
      zip_source_free(target)
      throw failure(&error, "build it in memory")
    }
    do throws(StorageError) {
      try fill(archive, deflated: deflated)
    } catch {
      zip_discard(archive)
      throw error
    }
    return try contents(of: target)
  }

  /// Puts the members into an open archive and closes it. The library reads the members' memory
  /// while it closes the archive, so that they are copied into memory that it frees itself.
  private func fill(_ archive: OpaquePointer, deflated: Bool) throws(StorageError) {
    for member in members {
      let size = max(member.bytes.count, 1)
      guard let copy = malloc(size) else {
        throw StorageError(
          .tooLarge, file: name, object: member.name, problem: "there is no memory for a copy")
      }
      member.bytes.withUnsafeBytes {
        UnsafeMutableRawBufferPointer(start: copy, count: $0.count).copyMemory(from: $0)
      }
      guard let source = zip_source_buffer(archive, copy, UInt64(member.bytes.count), 1) else {
        free(copy)
        throw failure(zip_get_error(archive), "add \(member.name)")
      }
      let index = zip_file_add(archive, member.name, source, UInt32(ZIP_FL_ENC_UTF_8))
      guard index >= 0 else {
        zip_source_free(source)
        throw failure(zip_get_error(archive), "add \(member.name)")
      }
      let method = deflated ? ZIP_CM_DEFLATE : ZIP_CM_STORE
      // 0x21 is 1 January 1980: month 1 in bits 5 to 8, day 1 in bits 0 to 4.
      guard zip_set_file_compression(archive, UInt64(index), method, 0) == 0,
        zip_file_set_dostime(archive, UInt64(index), 0, 0x21, 0) == 0
      else { throw failure(zip_get_error(archive), "add \(member.name)") }
    }
    guard zip_close(archive) == 0 else { throw failure(zip_get_error(archive), "complete it") }
  }

  private func contents(of source: OpaquePointer) throws(StorageError) -> [UInt8] {
    var status = zip_stat_t()
    guard zip_source_is_deleted(source) == 0 else { return Self.emptyArchive }
    guard zip_source_stat(source, &status) == 0, let count = Int(exactly: status.size),
      zip_source_open(source) == 0
    else { throw failure(zip_source_error(source), "take it out of memory") }
    defer { zip_source_close(source) }
    let (bytes, taken) = readInto(count: count, of: UInt8.self) {
      zip_source_read(source, $0.baseAddress, UInt64(count))
    }
    guard taken == zip_int64_t(count) else {
      throw failure(zip_source_error(source), "take it out of memory")
    }
    return bytes
  }

  /// An archive without members, which the library would rather not write: an end record alone.
  private static let emptyArchive: [UInt8] =
    [0x50, 0x4B, 0x05, 0x06] + [UInt8](repeating: 0, count: 18)

  private func failure(
    _ error: UnsafeMutablePointer<zip_error_t>?, _ action: String
  ) -> StorageError {
    let text = error.flatMap { zip_error_strerror($0) }.map { String(cString: $0) }
    return StorageError(
      .libraryFailure, file: name, problem: "cannot \(action): \(text ?? "no reason given")")
  }
}
