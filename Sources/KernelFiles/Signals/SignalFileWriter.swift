public import LFPKernels

/// Names and versions in files of signals.
enum SignalFileLayout {
  static let format = "LFPKernels signals"
  static let version = 1
}

/// Writes signals to HDF5 block by block: `/signals/<probe>/<name>`, outputs × times, with the attributes
/// `unit`, `dt` and `first_time` (ms), and `/probes/<probe>` as in files of kernels.
///
/// The file's space is taken at once, and the file appears under its name only when it is complete.
public struct SignalFileWriter: ~Copyable {
  public let header: SignalFileHeader
  private let file: StreamedHDF5

  /// Creates the file.
  ///
  /// - Throws: `StorageError` if the path is of another ending than `.h5` or `.hdf5`, exists and
  ///   `overwrite` is false, cannot be written, or there is no space; or if the header is not right.
  public init(_ header: SignalFileHeader, path: String, overwrite: Bool) throws(StorageError) {
    try Self.checkEnding(path)
    try header.validate(file: path)
    var declaration = try HDF5Declaration(for: path)
    try header.describe(in: declaration.file)
    for signal in header.signals {
      try declaration.declare(signal.path, shape: [signal.outputs, header.count])
      try declaration.file.setAttribute(
        "unit", of: signal.path, to: header.probe(signal.probe)?.unit ?? "")
      try declaration.file.setAttribute("dt", of: signal.path, to: header.dt)
      try declaration.file.setAttribute("first_time", of: signal.path, to: header.firstTime)
    }
    let file = try StreamedHDF5(declaration, path: path, overwrite: overwrite)
    self.header = header
    self.file = file
  }

  /// Writes a block of times of one signal.
  ///
  /// - Parameters:
  ///   - block: outputs × some times.
  ///   - signal: its place in `header.signals`.
  ///   - start: the time of the block's first column, counted from 0.
  public func write(_ block: Matrix, of signal: Int, at start: Int) throws(StorageError) {
    precondition(block.rows == header.signals[signal].outputs, "a block has all outputs")
    try file.write(block, to: signal, columns: header.count, at: start)
  }

  /// Syncs the file and gives it its name. What was not written is zero.
  public consuming func commit() throws(StorageError) { try file.commit() }

  /// Checks before a long computation that signals can be written to a path.
  public static func checkWritable(_ path: String, overwrite: Bool) throws(StorageError) {
    try checkEnding(path)
    try KernelFiles.checkWritable(path, overwrite: overwrite)
  }

  private static func checkEnding(_ path: String) throws(StorageError) {
    let name = path.lowercased()
    guard name.hasSuffix(".h5") || name.hasSuffix(".hdf5") else {
      throw StorageError(
        .unknownEnding, file: path, problem: "its ending does not tell the format",
        remedy: "signals are written to .h5 or .hdf5 (HDF5)")
    }
  }
}

extension SignalFileHeader {
  /// Writes all but the signals.
  fileprivate func describe(in file: HDF5File) throws(StorageError) {
    try file.setAttribute("format", to: SignalFileLayout.format)
    try file.setAttribute("format_version", to: SignalFileLayout.version)
    try file.setAttribute("program_version", to: programVersion)
    try file.setAttribute("description_sha256", to: descriptionSHA256)
    try file.setAttribute("kernels", to: kernels.file)
    try file.setAttribute("kernels_sha256", to: kernels.sha256)
    if !spikes.isEmpty {
      try file.setAttribute("spikes", to: spikes.map(\.file))
      try file.setAttribute("spikes_sha256", to: spikes.map(\.sha256))
    }
    try file.createGroup(["probes"])
    for probe in probes { try probe.write(to: file) }
    try file.createGroup(["signals"])
  }
}
