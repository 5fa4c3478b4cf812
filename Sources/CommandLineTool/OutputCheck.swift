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
