import Foundation

/// The formats in which spikes are read.
public enum SpikeFileFormat: String, Sendable, Equatable, CaseIterable {
  /// `/spikes/<population>/{timestamps,node_ids}` in HDF5, as the SONATA developer guide has it.
  case sonata

  /// `/<population>/{gids,times}` in HDF5, times of variable length for each gid, as the examples of
  /// LFPy's `Network` write them.
  case lfpy

  /// NEST's text files (`.dat`, `.gdf`): id and time, with the header of NEST 3 or without one.
  case nest

  /// A table with titles: `time` and `population` or `node`.
  case csv

  /// Spikes per bin in HDF5: a dataset for each population, or populations × bins.
  case binned

  /// Spikes per bin in NumPy's `.npy`: populations × bins.
  case npy

  /// Spikes per bin in NumPy's `.npz`: an array for each population, and `dt`.
  case npz
}

/// What a file of spikes may not say itself.
public struct SpikeFileOptions: Sendable, Equatable {
  /// Nil for what content and ending tell.
  public var format: SpikeFileFormat?

  /// The population whose spikes these all are; nil for what the file says.
  public var population: String?

  /// NEST's resolution, ms: the unit of times in steps.
  public var resolution: Double?

  /// The width of bins of binned activity, ms, where the file does not say.
  public var binWidth: Double?

  /// The names of the rows of binned activity, where the file does not say.
  public var names: [String]

  public init(
    format: SpikeFileFormat? = nil, population: String? = nil, resolution: Double? = nil,
    binWidth: Double? = nil, names: [String] = []
  ) {
    self.format = format
    self.population = population
    self.resolution = resolution
    self.binWidth = binWidth
    self.names = names
  }
}

/// Files of spikes: SONATA, NEST, LFPy, tables and binned activity.
public enum SpikeFile {
  /// Reads a file of spikes.
  ///
  /// - Throws: `DescriptionError` with the problems of a text file, each with its line; `StorageError`
  ///   for files of other kinds.
  public static func read(
    path: String, options: SpikeFileOptions = SpikeFileOptions()
  ) throws -> SpikeFileContents {
    let format = try options.format ?? detectedFormat(of: path)
    var contents: SpikeFileContents
    switch format {
    case .sonata: contents = .spikes(try SpikeTable(sonata: HDF5File(reading: path)))
    case .lfpy: contents = .spikes(try SpikeTable(lfpy: HDF5File(reading: path)))
    case .binned:
      contents = .binned(try BinnedActivity(HDF5File(reading: path), options))
    case .npy, .npz:
      contents = .binned(try BinnedActivity(numpy: path, isArchive: format == .npz, options))
    case .nest, .csv:
      let layout: SpikeTextReader.Layout = format == .nest ? .nest : .titled
      contents = .spikes(
        try SpikeTextReader.read(path: path, layout: layout, resolution: options.resolution))
    }
    if let population = options.population { try contents.assign(to: population) }
    return contents
  }

  /// The format by what a file begins with, then by its ending.
  ///
  /// - Throws: `StorageError` if the file cannot be read or nothing tells the format.
  public static func detectedFormat(of path: String) throws -> SpikeFileFormat {
    let start = try firstBytes(of: path)
    guard !start.isEmpty else {
      throw StorageError(
        .emptyFile, file: path, problem: "is empty", remedy: "a file of spikes is needed")
    }
    if start.starts(with: [0x89, 0x48, 0x44, 0x46]) {
      return try SpikeFileFormat(contentsOf: HDF5File(reading: path))
    }
    if start.starts(with: [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]) { return .npy }
    if start.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return .npz }
    let ending = URL(filePath: path).pathExtension.lowercased()
    if ["h5", "hdf5", "npy", "npz"].contains(ending) {
      throw StorageError(
        .wrongFormat, file: path,
        problem: "does not begin as a file with the ending .\(ending) does",
        remedy: "write or copy it again, or give its --format")
    }
    return try textFormat(String(decoding: start, as: UTF8.self), ending: ending, path: path)
  }

  private static func textFormat(
    _ start: String, ending: String, path: String
  ) throws(StorageError) -> SpikeFileFormat {
    if start.contains("RecordBackendASCII") || start.contains("RecordingBackendASCII") {
      return .nest
    }
    let lines = start.split(whereSeparator: \.isNewline)
      .filter { line in !line.allSatisfy(\.isWhitespace) && line.first != "#" }
    let first = lines.first ?? ""
    if first.hasPrefix("sender") || ["gdf", "dat"].contains(ending) { return .nest }
    if ["csv", "tsv"].contains(ending) { return .csv }
    if first.contains(where: \.isLetter), first.contains(where: { ",;\t".contains($0) }) {
      return .csv
    }
    if first.split(whereSeparator: \.isWhitespace).allSatisfy({ Double($0) != nil }), !first.isEmpty
    {
      return .nest
    }
    throw StorageError(
      .wrongFormat, file: path, problem: "neither its content nor its ending tells the format",
      remedy: "give it by --format: "
        + listing(SpikeFileFormat.allCases.map(\.rawValue), last: "or"))
  }

  private static func firstBytes(of path: String) throws(StorageError) -> [UInt8] {
    switch TextBytes.bytes(path: path, limit: 4096, what: "a file of spikes") {
    case .success(let data): return Array(data)
    case .failure(let problem):
      throw StorageError(.notReadable, file: path, problem: problem.message)
    }
  }
}

extension SpikeFileContents {
  /// Makes all spikes those of one population.
  fileprivate mutating func assign(to population: String) throws {
    switch self {
    case .spikes(var table):
      guard table.groups.count <= 1 else {
        throw StorageError(
          .invalidValue, file: table.file,
          problem: "holds spikes of \(table.groups.count) populations, not of \(population) only",
          remedy: "give the file without \(population)=")
      }
      for index in table.groups.indices { table.groups[index].population = population }
      self = .spikes(table)
    case .binned(let activity):
      self = .binned(
        try BinnedActivity(
          file: activity.file, populations: [population], dt: activity.dt, first: activity.first,
          counts: activity.counts))
    }
  }
}
