import Foundation

extension BinnedActivity {
  /// Binned activity in HDF5: one dataset of populations × bins, whose attribute `populations` or
  /// `--names` has the names; or a dataset of bins for each population. `dt` and `first_time` (ms) are
  /// attributes of the dataset or the file. Tells whether the options' names were of use, too.
  static func reading(
    _ file: HDF5File, _ options: SpikeFileOptions
  ) throws(StorageError) -> (BinnedActivity, usesNames: Bool) {
    var usesNames = false
    var rows: [(name: String, values: [Double])] = []
    var settings = BinSettings()
    for name in try file.members() where try !file.isGroup([name]) {
      let array = try file.read([name], as: Double.self)
      switch array.shape.count {
      case 0: settings.set(name, array.values.first)
      case 1: rows.append((name, array.values))
      case 2:
        let hasNames = try file.hasAttribute("populations", of: [name])
        let names =
          try hasNames ? file.stringAttributeArray("populations", of: [name]) : options.names
        usesNames = usesNames || !hasNames
        rows += try Self.rows(array, names: names, file: file.name, object: "/" + name)
      default:
        throw HDF5Context(file: file.name, path: [name]).error(
          .wrongShape, "has the shape \(array.shape)", "it should be populations × bins")
      }
      for key in BinSettings.keys where try file.hasAttribute(key, of: [name]) {
        try settings.agree(key, file.attribute(key, of: [name], as: Double.self), file.name)
      }
    }
    for key in BinSettings.keys where try file.hasAttribute(key) {
      try settings.agree(key, file.attribute(key, as: Double.self), file.name)
    }
    guard !rows.isEmpty else {
      throw StorageError(
        .missingObject, file: file.name, problem: "holds neither spikes nor binned activity",
        remedy:
          "spikes are in /spikes (SONATA) or /<population>/gids and times (LFPy), activity in a "
          + "dataset for each population")
    }
    return (try BinnedActivity(file.name, rows, settings, options), usesNames)
  }

  /// Binned activity of `.npy` (populations × bins) or `.npz` (an array of bins for each population, or
  /// one of populations × bins with the names in `populations`; `dt` and `first_time` as numbers).
  static func reading(
    numpy path: String, isArchive: Bool, _ options: SpikeFileOptions
  ) throws -> (BinnedActivity, usesNames: Bool) {
    var usesNames = false
    var rows: [(name: String, values: [Double])] = []
    var settings = BinSettings()
    if isArchive {
      let members = try ZIPReader.members(of: path).map { member in
        (
          name: member.name.hasSuffix(".npy") ? String(member.name.dropLast(4)) : member.name,
          bytes: member.bytes
        )
      }
      let named = members.first { $0.name == "populations" }
      let names = try named.flatMap { try NPYReader.texts($0.bytes, file: path) } ?? options.names
      for (name, bytes) in members where name != "populations" {
        let array = try NPYReader.numbers(bytes, file: path, object: name)
        switch array.shape.count {
        case 0: settings.set(name, array.values.first)
        case 1: rows.append((name, array.values))
        default:
          rows += try Self.rows(array, names: names, file: path, object: name)
          usesNames = usesNames || named == nil
        }
      }
    } else {
      let bytes: [UInt8]
      switch InputBytes.read(path: path, limit: npyLimit, what: "an array of NumPy") {
      case .success(let data): bytes = Array(data)
      case .failure(let problem):
        throw StorageError(.notReadable, file: path, problem: problem.message)
      }
      usesNames = options.population == nil
      let array = try NPYReader.numbers(bytes, file: path)
      rows = try Self.rows(
        array.shape.count == 1
          ? StoredArray(shape: [1] + array.shape, values: array.values) : array,
        names: options.population.map { [$0] } ?? options.names, file: path, object: nil)
    }
    return (try BinnedActivity(path, rows, settings, options), usesNames)
  }

  /// Largest array of NumPy that is read, bytes.
  private static let npyLimit = 8_000_000_000

  private init(
    _ file: String, _ rows: [(name: String, values: [Double])], _ settings: BinSettings,
    _ options: SpikeFileOptions
  ) throws(StorageError) {
    if let given = options.binWidth, let stored = settings.dt, abs(given - stored) > 1e-9 * stored {
      throw StorageError(
        .invalidValue, file: file, problem: "says that its bins are \(stored) ms wide",
        remedy: "--bin-width says \(given) ms; leave it out, or correct the file")
    }
    guard let dt = settings.dt ?? options.binWidth else {
      throw StorageError(
        .missingObject, file: file, problem: "does not say how wide its bins are",
        remedy: "give --bin-width (ms), or store it as dt")
    }
    try self.init(
      file: file, populations: rows.map(\.name), dt: dt, first: settings.first ?? 0,
      counts: rows.map(\.values))
  }

  private static func rows(
    _ array: StoredArray<Double>, names: [String], file: String, object: String?
  ) throws(StorageError) -> [(name: String, values: [Double])] {
    guard array.shape.count == 2 else {
      throw StorageError(
        .wrongShape, file: file, object: object, problem: "has the shape \(array.shape)",
        remedy: "it should be populations × bins")
    }
    guard array.shape[0] == names.count else {
      throw StorageError(
        .wrongShape, file: file, object: object,
        problem: "has \(array.shape[0]) rows and \(names.count) names of populations",
        remedy: "it should be populations × bins; name the rows in their order, as in --names E,I")
    }
    let count = array.shape[1]
    return names.enumerated().map { index, name in
      (name, Array(array.values[index * count..<(index + 1) * count]))
    }
  }
}

/// What a file says about its bins.
private struct BinSettings {
  static let keys = ["dt", "first_time"]
  private(set) var dt: Double?
  private(set) var first: Double?

  /// Takes a number that stands beside the arrays; others than these are of no use here.
  mutating func set(_ key: String, _ value: Double?) {
    if key == "dt" { dt = value }
    if key == "first_time" { first = value }
  }

  /// Takes an attribute; all of one file must agree.
  mutating func agree(_ key: String, _ value: Double, _ file: String) throws(StorageError) {
    let known = key == "dt" ? dt : first
    guard known == nil || known == value else {
      throw StorageError(
        .invalidValue, file: file, object: "attribute \(key)",
        problem: "is \(value) here and \(known ?? value) elsewhere",
        remedy: "all of one file should have the same bins")
    }
    set(key, value)
  }
}
