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

  /// A table with titles: `time`, `population` or `node`, and `count`.
  case csv

  /// NWB's table of units in HDF5: `/units/spike_times`, s, with `spike_times_index` and `id`.
  case nwb

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

  /// The titles of a table's columns that do not matter.
  public var ignoredColumns: [String]

  public init(
    format: SpikeFileFormat? = nil, population: String? = nil, resolution: Double? = nil,
    binWidth: Double? = nil, names: [String] = [], ignoredColumns: [String] = []
  ) {
    self.ignoredColumns = ignoredColumns
    self.format = format
    self.population = population
    self.resolution = resolution
    self.binWidth = binWidth
    self.names = names
  }
}

extension SpikeFileOptions {
  /// An option that a file may have no use for.
  public enum Use: Sendable, Hashable {
    case resolution, binWidth, names
    case ignoredColumn(String)

    /// What is wrong where no file has a use for it.
    var problem: (what: String, remedy: String) {
      switch self {
      case .resolution:
        ("has no times in steps, which --resolution is for", "leave out --resolution")
      case .binWidth: ("has no bins, which --bin-width is for", "leave out --bin-width")
      case .names:
        ("has no rows without names, which --names is for", "leave out --names")
      case .ignoredColumn(let title):
        (
          "has no column '\(shortened(title))' that --ignore-columns leaves out",
          "leave it out of --ignore-columns"
        )
      }
    }
  }

  /// The options that were given.
  public var given: Set<Use> {
    var result = Set(ignoredColumns.map { Use.ignoredColumn($0) })
    if resolution != nil { result.insert(.resolution) }
    if binWidth != nil { result.insert(.binWidth) }
    if !names.isEmpty { result.insert(.names) }
    return result
  }

  /// Refuses options that were given and of no use.
  ///
  /// - Parameters:
  ///   - used: what the files had a use for.
  ///   - files: what the error calls them.
  /// - Throws: `StorageError` for the first that was of no use.
  public func check(used: Set<Use>, files: String) throws(StorageError) {
    let problems = given.subtracting(used).map(\.problem).sorted { $0.what < $1.what }
    guard let problem = problems.first else { return }
    throw StorageError(
      .invalidValue, file: files, problem: problem.what, remedy: problem.remedy)
  }
}

/// Files of spikes: SONATA, NEST, LFPy, NWB, tables and binned activity.
public enum SpikeFile {
  /// Reads a file of spikes.
  ///
  /// - Throws: `DescriptionError` with the problems of a text file, each with its line; `StorageError`
  ///   for files of other kinds, and if an option is given that the file has no use for.
  public static func read(
    path: String, options: SpikeFileOptions = SpikeFileOptions()
  ) throws -> SpikeFileContents {
    let (contents, used) = try readTellingUse(path: path, options: options)
    try options.check(used: used, files: path)
    return contents
  }

  /// Reads a file of spikes; gives which options it had a use for, too.
  ///
  /// - Throws: as `read`, but not for options without use.
  public static func readTellingUse(
    path: String, options: SpikeFileOptions
  ) throws -> (SpikeFileContents, used: Set<SpikeFileOptions.Use>) {
    let format = try options.format ?? detectedFormat(of: path)
    var contents: SpikeFileContents
    var used = Set<SpikeFileOptions.Use>()
    switch format {
    case .sonata: contents = .spikes(try SpikeTable(sonata: HDF5File(reading: path)))
    case .lfpy: contents = .spikes(try SpikeTable(lfpy: HDF5File(reading: path)))
    case .nwb: contents = .spikes(try SpikeTable(nwb: HDF5File(reading: path)))
    case .binned, .npy, .npz:
      let activity: BinnedActivity
      let usesNames: Bool
      if format == .binned {
        (activity, usesNames) = try BinnedActivity.reading(HDF5File(reading: path), options)
      } else {
        (activity, usesNames) = try BinnedActivity.reading(
          numpy: path, isArchive: format == .npz, options)
      }
      contents = .binned(activity)
      used = usesNames ? [.binWidth, .names] : [.binWidth]
    case .nest, .csv:
      let table: SpikeTable
      (table, used) = try SpikeTextReader.read(
        path: path, layout: format == .nest ? .nest : .titled, options: options)
      contents = .spikes(table)
    }
    if let population = options.population { try contents.assign(to: population) }
    return (contents, used)
  }

  /// The format by what a file begins with, then by its ending.
  ///
  /// - Throws: `StorageError` if the file cannot be read or nothing tells the format.
  public static func detectedFormat(of path: String) throws -> SpikeFileFormat {
    let start = try firstBytes(of: path)
    var name = URL(filePath: path)
    if name.pathExtension.lowercased() == "gz" { name.deletePathExtension() }
    let ending = name.pathExtension.lowercased()
    // A recorder of NEST that recorded nothing may leave an empty file.
    if start.isEmpty, ["gdf", "dat"].contains(ending) { return .nest }
    guard !start.isEmpty else {
      throw StorageError(
        .emptyFile, file: path, problem: "is empty", remedy: "a file of spikes is needed")
    }
    if start.starts(with: [0x89, 0x48, 0x44, 0x46]) {
      return try SpikeFileFormat(contentsOf: HDF5File(reading: path))
    }
    if start.starts(with: [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]) { return .npy }
    if start.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return .npz }
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
      .filter { line in line.first { !$0.isWhitespace }.map { $0 != "#" } ?? false }
    let first = lines.first ?? ""
    let isTable = ["csv", "tsv"].contains(ending)
    if first.hasPrefix("sender") && !isTable || ["gdf", "dat"].contains(ending) { return .nest }
    if isTable { return .csv }
    if first.contains(where: \.isLetter), first.contains(where: { ",;\t".contains($0) }) {
      return .csv
    }
    let words = first.split(whereSeparator: \.isWhitespace).map(String.init)
    if words.allSatisfy({ Double($0) != nil }), !words.isEmpty { return .nest }
    if (try? SpikeColumns.titled(words, resolution: 1)) != nil { return .csv }
    throw StorageError(
      .wrongFormat, file: path, problem: "neither its content nor its ending tells the format",
      remedy: "give it by --format: "
        + listing(SpikeFileFormat.allCases.map(\.rawValue), last: "or"))
  }

  private static func firstBytes(of path: String) throws(StorageError) -> [UInt8] {
    switch InputBytes.beginning(path: path, count: 4096, what: "a file of spikes") {
    case .success(let data): return Array(TextBytes.utf8(data))
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
      if table.groups.isEmpty { table.groups = [.init(population: population, times: [])] }
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
