public import LFPKernels

/// A file of signals that is read, in whole or by blocks of times.
public struct SignalFile: Sendable {
  public let path: String
  public let header: SignalFileHeader
  private let file: HDF5File

  /// Opens a file; its numbers are read when asked for.
  ///
  /// - Throws: `StorageError` if the file cannot be read, is not of signals, of a newer version, damaged
  ///   or lacks something.
  public init(_ path: String) throws(StorageError) {
    file = try HDF5File(reading: path)
    self.path = path
    header = try SignalFileHeader(file)
    try header.validate(file: path)
  }

  /// Whether a path is an HDF5 file of signals, rather than of something else.
  public static func isOne(_ path: String) -> Bool {
    guard let file = try? HDF5File(reading: path) else { return false }
    return (try? file.stringAttribute("format")) == SignalFileLayout.format
  }

  /// The place of a signal in `header.signals`.
  ///
  /// - Throws: `StorageError` that names those that are there.
  public func signal(
    probe: String, name: String = SignalFileHeader.total
  ) throws(StorageError) -> Int {
    if let place = header.signals.firstIndex(where: { $0.probe == probe && $0.name == name }) {
      return place
    }
    let names = header.signals.map { "\($0.probe)/\($0.name)" }
    throw StorageError(
      .missingObject, file: path, problem: "has no signal \(probe)/\(name)",
      remedy: "there are \(listing(names.limited, last: "and"))")
  }

  /// Reads a signal or a part of it, outputs × times.
  ///
  /// - Parameters:
  ///   - rows: outputs; nil for all.
  ///   - columns: times; nil for all.
  public func read(
    _ signal: Int, rows: Range<Int>? = nil, columns: Range<Int>? = nil
  ) throws(StorageError) -> Matrix {
    let entry = header.signals[signal]
    let rows = rows ?? 0..<entry.outputs
    let columns = columns ?? 0..<header.count
    precondition(rows.lowerBound >= 0 && rows.upperBound <= entry.outputs, "outputs are there")
    precondition(columns.lowerBound >= 0 && columns.upperBound <= header.count, "times are there")
    let values = try file.readSlab(
      entry.path, start: [rows.lowerBound, columns.lowerBound],
      count: [rows.count, columns.count])
    guard values.allSatisfy(\.isFinite) else {
      throw HDF5Context(file: path, path: entry.path).error(
        .invalidValue, "holds numbers that are not finite")
    }
    return Matrix(rows: rows.count, columns: columns.count, storage: values)
  }
}

extension SignalFileHeader {
  fileprivate init(_ file: HDF5File) throws(StorageError) {
    try Self.checkFormat(file)
    var probes: [KernelFileContents.Probe] = []
    for name in try file.members(of: ["probes"]) {
      probes.append(try KernelFileContents.Probe(name, in: file))
    }
    var spikes: [Source] = []
    if try file.hasAttribute("spikes") {
      let names = try file.stringAttributeArray("spikes")
      let digests = try file.stringAttributeArray("spikes_sha256")
      spikes = zip(names, digests).map { Source(file: $0, sha256: $1) }
    }
    self.init(
      signals: [], probes: probes, count: 0, dt: 0, firstTime: 0,
      descriptionSHA256: try file.stringAttribute("description_sha256"),
      kernels: Source(
        file: try file.stringAttribute("kernels"),
        sha256: try file.stringAttribute("kernels_sha256")),
      spikes: spikes, programVersion: try file.stringAttribute("program_version"))
    for probe in try file.members(of: ["signals"]) {
      for name in try file.members(of: ["signals", probe]) { try add(probe, name, in: file) }
    }
  }

  /// Takes a signal, whose times must be those of the others.
  private mutating func add(
    _ probe: String, _ name: String, in file: HDF5File
  ) throws(StorageError) {
    let path = ["signals", probe, name]
    let context = HDF5Context(file: file.name, path: path)
    let shape = try file.shape(of: path)
    guard shape.count == 2 else {
      throw context.error(.wrongShape, "has the shape \(shape)", "it should be outputs × times")
    }
    let dt = try file.attribute("dt", of: path, as: Double.self)
    let first = try file.attribute("first_time", of: path, as: Double.self)
    let unit = try file.stringAttribute("unit", of: path)
    if let expected = self.probe(probe)?.unit, expected != unit {
      throw context.attribute("unit").error(
        .invalidValue, "is \"\(unit)\"", "its probe has \"\(expected)\"")
    }
    if signals.isEmpty {
      (count, self.dt, firstTime) = (shape[1], dt, first)
    } else if (shape[1], dt, first) != (count, self.dt, firstTime) {
      throw context.error(
        .invalidValue, "has \(shape[1]) times from \(first.inMessage) ms in steps of \(dt) ms",
        "others of the file have \(count) from \(firstTime.inMessage) ms in steps of \(self.dt) ms")
    }
    signals.append(Signal(probe: probe, name: name, outputs: shape[0]))
  }

  private static func checkFormat(_ file: HDF5File) throws(StorageError) {
    let remedy = "give a file that `lfpkernels predict` wrote"
    guard try file.hasAttribute("format") else {
      throw StorageError(
        .wrongFormat, file: file.name, problem: "is an HDF5 file, but not one of signals",
        remedy: remedy)
    }
    let format = try file.stringAttribute("format")
    guard format == SignalFileLayout.format else {
      throw StorageError(
        .wrongFormat, file: file.name, problem: "holds \"\(format)\", not signals", remedy: remedy)
    }
    let version = try file.attribute("format_version", as: Int.self)
    guard version >= 1, version <= SignalFileLayout.version else {
      throw StorageError(
        version < 1 ? .damaged : .newerVersion, file: file.name,
        problem: "has version \(version) of the format",
        remedy: "this LFPKernels reads version \(SignalFileLayout.version)")
    }
  }
}
