/// Files of kernels: HDF5 (`.h5`, `.hdf5`) and `.npz` for NumPy.
public enum KernelFile {
  /// The formats, by the ending of a file's name.
  public enum Format: Sendable, Equatable { case hdf5, npz }

  /// The format of a path.
  ///
  /// - Throws: `StorageError` of kind `unknownEnding`, naming those that are allowed.
  public static func format(of path: String) throws(StorageError) -> Format {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    if name.hasSuffix(".h5") || name.hasSuffix(".hdf5") { return .hdf5 }
    if name.hasSuffix(".npz") { return .npz }
    throw StorageError(
      .unknownEnding, file: path, problem: "its ending does not tell the format",
      remedy: "use .h5 or .hdf5 (HDF5), or .npz (NumPy)")
  }

  /// Checks before a long computation that kernels can be written to a path: its ending, its
  /// directory, and that no file is there unless `overwrite`.
  public static func checkWritable(_ path: String, overwrite: Bool) throws(StorageError) {
    _ = try format(of: path)
    try KernelFiles.checkWritable(path, overwrite: overwrite)
  }

  /// Writes kernels in the format of the path's ending, complete or not at all.
  ///
  /// - Throws: `StorageError` if the ending is unknown, the contents do not fit together, or
  ///   the file cannot be written.
  public static func write(
    _ contents: KernelFileContents, to path: String, overwrite: Bool
  ) throws(StorageError) {
    try writeAtomically(bytes(of: contents, for: path), to: path, overwrite: overwrite)
  }

  /// The bytes of a file of kernels. Equal contents give equal bytes.
  ///
  /// - Parameter path: its ending tells the format; error messages name it.
  public static func bytes(
    of contents: KernelFileContents, for path: String
  ) throws(StorageError) -> [UInt8] {
    let format = try format(of: path)
    try contents.validate(file: path)
    switch format {
    case .hdf5: return try contents.hdf5(for: path).bytes(checksummed: true)
    case .npz: return try contents.npz(for: path).bytes()
    }
  }

  /// Reads a file of kernels, in the format that its content tells, whatever its ending.
  ///
  /// - Throws: `StorageError` if the file is missing, a directory, empty, neither HDF5 nor `.npz`, not of
  ///   kernels, of a newer version, damaged, or lacks something.
  public static func read(_ path: String) throws(StorageError) -> KernelFileContents {
    let contents =
      isArchive(path)
      ? try KernelFileContents(npz: path) : try KernelFileContents(HDF5File(reading: path))
    try contents.validate(file: path)
    return contents
  }

  /// Whether a regular file begins as archives do.
  private static func isArchive(_ path: String) -> Bool {
    guard path != InputBytes.standardInput,
      case .success(let start) = InputBytes.beginning(
        path: path, count: 4, what: "a file of kernels")
    else { return false }
    return start.starts(with: [0x50, 0x4B, 0x03, 0x04])
  }
}
