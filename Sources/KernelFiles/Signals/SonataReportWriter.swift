public import LFPKernels

/// Writes an extracellular report as the SONATA developer guide has it ("Extracellular report"):
/// `/ecp/data`, electrodes × times, `/ecp/channel_id`, and `/ecp/time` with start, stop and step, where the
/// interval is open on the right; `units` are attributes of data and time.
///
/// (BMTK 1 writes the transpose, times × electrodes.)
public struct SonataReportWriter: ~Copyable {
  private let file: StreamedHDF5
  private let count: Int

  /// - Parameters:
  ///   - channels: the number of electrodes, which are numbered from 0.
  ///   - count: the number of times.
  ///   - firstTime: the first time, ms.
  ///   - dt: the step, ms.
  /// - Throws: `StorageError` if it cannot be written or there is no space.
  public init(
    channels: Int, count: Int, firstTime: Double, dt: Double, unit: String, path: String,
    overwrite: Bool
  ) throws(StorageError) {
    var declaration = try HDF5Declaration(for: path)
    let contents = declaration.file
    try contents.setAttribute("magic", to: 0x0A7A)
    try contents.setAttribute("version", to: [0, 1])
    try contents.createGroup(["ecp"])
    try declaration.declare(["ecp", "data"], shape: [channels, count])
    try contents.setAttribute("units", of: ["ecp", "data"], to: unit)
    try contents.write(StoredArray(Array(0..<channels)), to: ["ecp", "channel_id"])
    try contents.write(
      StoredArray([firstTime, firstTime + Double(count) * dt, dt]), to: ["ecp", "time"])
    try contents.setAttribute("units", of: ["ecp", "time"], to: "ms")
    let file = try StreamedHDF5(declaration, path: path, overwrite: overwrite)
    self.file = file
    self.count = count
  }

  /// Writes a block of times, electrodes × some times, from column `start` on.
  public func write(_ block: Matrix, at start: Int) throws(StorageError) {
    try file.write(block, to: 0, columns: count, at: start)
  }

  /// Syncs the file and gives it its name.
  public consuming func commit() throws(StorageError) { try file.commit() }
}
