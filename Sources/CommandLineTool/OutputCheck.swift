import KernelFiles

/// Checks before the long work that HDF5 can be written to a path.
///
/// - Throws: `InputError` for another ending, `StorageError` as of `checkWritable`.
func checkWritableHDF5(_ path: String, overwrite: Bool) throws {
  let name = path.lowercased()
  guard name.hasSuffix(".h5") || name.hasSuffix(".hdf5") else {
    throw InputError("\(path): HDF5 is written; choose a name that ends in .h5 or .hdf5")
  }
  try checkWritable(path, overwrite: overwrite)
}

/// Refuses to write over a file that is read, which is checked before anything is: with `--force`, too.
///
/// - Parameters:
///   - written: the files to write; nil for none.
///   - read: the files that are read.
/// - Throws: `InputError` that names both.
func checkApart(written: [String?], read: [String]) throws(InputError) {
  for output in written.compactMap({ $0 }) {
    if let input = read.first(where: { isSameFile($0, output) }) {
      throw InputError(
        "\(output): is the same file as \(input), which is read; choose another name")
    }
  }
}

/// Refuses to write over a file that a description names, such as a morphology.
func checkApart(written: [String?], from description: DescriptionFile) throws(InputError) {
  for output in written.compactMap({ $0 }) {
    if let path = description.keyPath(namingFile: output) {
      throw InputError(
        "\(output): is the file that \(description.fileName) names at \(path); choose another name")
    }
  }
}

/// Refuses a file that plainly is of another kind than is needed.
///
/// - Parameters:
///   - needed: what the file should be, such as "a file of kernels".
///   - others: what it may not be.
func refuse(_ others: [StoredContent], at path: String, needed: String) throws(InputError) {
  guard let content = StoredContent(ofFile: path) else { return }
  if case .binary = content {} else if !others.contains(content) { return }
  let (what, use) = content.inWords
  throw InputError("\(path): is \(what), not \(needed); \(use)")
}
