/// A file in NumPy's `.npz` format: named arrays, which `numpy.load` reads by name.
public struct NPZFile: Sendable {
  private var archive: ZIPArchive

  /// - Parameter name: what error messages call it, such as the path it shall get.
  public init(for name: String) { archive = ZIPArchive(for: name) }

  /// The names of the arrays in their order.
  public var arrayNames: [String] { archive.memberNames.map { String($0.dropLast(4)) } }

  /// Adds numbers. Names may hold slashes: `E:I/lfp`.
  public mutating func add<Number: StoredNumber>(
    _ array: StoredArray<Number>, as name: String
  ) throws(StorageError) {
    try archive.add(NPYArray(array).bytes, as: name + ".npy")
  }

  /// Adds one text.
  public mutating func add(_ text: String, as name: String) throws(StorageError) {
    try archive.add(NPYArray(text).bytes, as: name + ".npy")
  }

  /// Adds texts with one dimension.
  public mutating func add(_ texts: [String], as name: String) throws(StorageError) {
    try archive.add(NPYArray(texts).bytes, as: name + ".npy")
  }

  /// The whole file as bytes.
  public func bytes(deflated: Bool = false) throws(StorageError) -> [UInt8] {
    try archive.bytes(deflated: deflated)
  }

  /// Writes the file to disk, complete or not at all. Errors as those of `writeAtomically`.
  public func write(to path: String, overwrite: Bool) throws(StorageError) {
    try writeAtomically(bytes(), to: path, overwrite: overwrite)
  }
}
