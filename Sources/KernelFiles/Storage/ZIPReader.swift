import CZip

/// Reads the members of a ZIP archive.
enum ZIPReader {
  /// The members with their bytes, in the archive's order.
  ///
  /// - Throws: `StorageError` if it cannot be opened, is damaged, or claims more than fits.
  static func members(of path: String) throws(StorageError) -> [(name: String, bytes: [UInt8])] {
    var code: Int32 = 0
    guard let archive = zip_open(path, ZIP_RDONLY, &code) else {
      var error = zip_error_t()
      zip_error_init_with_code(&error, code)
      defer { zip_error_fini(&error) }
      throw StorageError(
        .damaged, file: path,
        problem:
          "is not an archive that can be read: \(String(cString: zip_error_strerror(&error)))",
        remedy: "write or copy it again")
    }
    defer { zip_discard(archive) }
    var members: [(name: String, bytes: [UInt8])] = []
    for index in 0..<UInt64(max(zip_get_num_entries(archive, 0), 0)) {
      members.append(try member(index, of: archive, path))
    }
    return members
  }

  private static func member(
    _ index: UInt64, of archive: OpaquePointer, _ path: String
  ) throws(StorageError) -> (name: String, bytes: [UInt8]) {
    var status = zip_stat_t()
    zip_stat_init(&status)
    guard zip_stat_index(archive, index, 0, &status) == 0, let label = status.name else {
      throw StorageError(.damaged, file: path, problem: "member \(index) cannot be looked up")
    }
    let name = String(cString: label)
    let damaged = StorageError(
      .damaged, file: path, object: name, problem: "cannot be unpacked",
      remedy: "write or copy it again")
    guard let file = zip_fopen_index(archive, index, 0) else { throw damaged }
    defer { zip_fclose(file) }
    // Read piece by piece: a damaged archive may promise any size.
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = zip_fread(file, &piece, UInt64(piece.count))
      guard count >= 0 else { throw damaged }
      if count == 0 { break }
      bytes += piece[..<Int(count)]
    }
    guard UInt64(bytes.count) == status.size else { throw damaged }
    return (name, bytes)
  }
}
