import Foundation
import KernelFiles
import LFPKernels

/// What a file of results holds beside its points: all that identifies the sweep and describes the
/// datasets. Files are made from it alone, so that shards can be joined without the description.
struct ResultLayout: Sendable, Codable, Equatable {
  static let format = "LFPKernels sweep"
  static let formatVersion = 1

  /// The longest message that is stored, bytes.
  static let messageBytes = 160

  let formatVersion: Int
  let programVersion: String

  /// Of the whole sweep.
  let points: Int
  let parameters: [String]

  /// The number of values along each axis, the last one fastest.
  let axes: [Int]

  /// The axis of each parameter; -1 for those that follow from others.
  let parameterAxes: [Int]

  /// Cells of each population of the base network.
  let populationSizes: [String: Int]

  /// By point: status, message, identity, checksum, parameters, then the results.
  let datasets: [PointDataset]
  let probes: [StoredProbe]
  let description: String
  let lines: [IdentityLine]

  /// Whether results are those of the same sweep: all but the text of the description agrees, which may
  /// differ in comments.
  func agrees(with other: ResultLayout) -> Bool {
    formatVersion == other.formatVersion && programVersion == other.programVersion
      && points == other.points && parameters == other.parameters && datasets == other.datasets
      && probes == other.probes && lines == other.lines
  }

  struct StoredProbe: Sendable, Codable, Equatable {
    let name: String
    let kind: String
    let unit: String
    let positions: [Double]
    let outputNames: [String]
  }

  /// Indices of the datasets that all files have.
  enum Column: Int, CaseIterable {
    case status, message, identity, checksum, parameters
    static let results = Column.allCases.count
  }

  init(_ sweep: Sweep, _ stored: StoredKernels, programVersion: String) {
    formatVersion = Self.formatVersion
    self.programVersion = programVersion
    points = sweep.pointCount
    parameters = sweep.parameterNames
    axes = sweep.axes
    parameterAxes = sweep.parameters.map {
      if case .axis(let axis, _) = $0.source { axis } else { -1 }
    }
    populationSizes = Dictionary(
      sweep.network.populations.map { ($0.name, $0.size) }, uniquingKeysWith: { first, _ in first })
    description = sweep.description.text
    lines = sweep.lines
    let used = Set(stored.kernels.map(\.probe))
    probes = sweep.network.probes.filter { used.contains($0.name) }.map {
      StoredProbe($0, sweep.network)
    }
    datasets = Self.common(sweep) + Self.results(sweep.store, stored)
  }

  private static func common(_ sweep: Sweep) -> [PointDataset] {
    [
      PointDataset(
        ["points", "status"], .uint8,
        attributes: ["meaning": .texts(["0: absent", "1: complete", "2: failed"])]),
      PointDataset(["points", "message"], .text(bytes: messageBytes)),
      PointDataset(
        ["points", "identity"], .uint8, shape: [32],
        attributes: ["meaning": .text("SHA-256 of the canonical description of the network")]),
      PointDataset(
        ["points", "checksum"], .uint64,
        attributes: ["meaning": .text("XXH64 of status, message, identity and results")]),
      PointDataset(
        ["parameters"], .float64, shape: [sweep.parameters.count],
        attributes: [
          "names": .texts(sweep.parameters.map(\.name)),
          "units": .texts(sweep.parameters.map(\.unit)),
          "sources": .texts(sweep.parameters.map(\.source.summary)),
          "key_paths": .texts(
            sweep.parameters.map { $0.slots.map(\.path).joined(separator: ", ") }),
        ]),
    ]
  }

  private static func results(_ store: StoredResults, _ stored: StoredKernels) -> [PointDataset] {
    var result: [PointDataset] = []
    for measure in store.measures {
      for kernel in stored.kernels {
        result.append(
          PointDataset(
            ["measures", measure.rawValue, kernel.post, kernel.pre, kernel.probe], .float64,
            shape: [kernel.values.rows],
            attributes: ["unit": .text(measure.unit(kernel.unit))]))
      }
    }
    if let space = store.stateSpace { result += systems(space, stored) }
    guard let every = store.kernels else { return result }
    for kernel in stored.kernels {
      let step = kernel.dt * Double(every)
      result.append(
        PointDataset(
          ["kernels", kernel.post, kernel.pre, kernel.probe], .float64,
          shape: [kernel.values.rows, kernel.values.columns / every],
          attributes: [
            "unit": .text(kernel.unit), "dt": .number(step), "first_lag": .number(step),
          ]))
    }
    return result
  }

  /// Kernels as linear systems; see `StateSpaceKernel`. Unused poles and residues are 0.
  private static func systems(
    _ space: StoredResults.StateSpace, _ stored: StoredKernels
  ) -> [PointDataset] {
    StateSpacePart.allCases.flatMap { part in
      stored.kernels.map { kernel in
        var attributes: [String: PointDataset.Attribute] = [
          "dt": .number(kernel.dt), "first_lag": .number(kernel.dt),
          "lags": .number(Double(kernel.values.columns)),
        ]
        if part.hasUnit { attributes["unit"] = .text(kernel.unit) }
        return PointDataset(
          ["state_space", part.rawValue, kernel.post, kernel.pre, kernel.probe], .float64,
          shape: part.shape(space, outputs: kernel.values.rows), attributes: attributes)
      }
    }
  }

  /// Everything but the points of a file that holds some of them.
  func head(for path: String, points range: Range<Int>) throws(StorageError) -> PointFileHead {
    try PointFileHead(for: path, points: range.count, datasets: datasets) {
      (file) throws(StorageError) in
      try writeExtras(to: file, points: range, for: path)
    }
  }

  /// Writes what is not by points.
  func writeExtras(
    to file: HDF5File, points range: Range<Int>, for path: String
  ) throws(StorageError) {
    try file.setAttribute("format", to: Self.format)
    try file.setAttribute("format_version", to: formatVersion)
    try file.setAttribute("program_version", to: programVersion)
    try file.setAttribute("points_in_all", to: points)
    try file.setAttribute("first_point", to: range.lowerBound)
    try file.write(description, to: ["description"])
    try file.write(try encoded(path), to: ["layout"])
    for probe in probes { try probe.contents.write(to: file) }
  }

  private func encoded(_ path: String) throws(StorageError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    } catch {
      throw StorageError(.invalidValue, file: path, problem: "cannot be described: \(error)")
    }
  }

  /// Reads the layout of a file of results, and which points it holds.
  static func read(
    _ path: String
  ) throws(StorageError) -> (layout: ResultLayout, points: Range<Int>) {
    let file = try HDF5File(reading: path)
    guard try file.hasAttribute("format"), try file.stringAttribute("format") == format else {
      throw StorageError(
        .wrongFormat, file: path, problem: "does not hold results of a sweep",
        remedy: "give what `lfpkernels sweep` wrote")
    }
    let version = try file.attribute("format_version", as: Int.self)
    guard version == formatVersion else {
      throw StorageError(
        .newerVersion, file: path, problem: "has version \(version) of the format",
        remedy: "this program reads version \(formatVersion)")
    }
    let first = try file.attribute("first_point", as: Int.self)
    let status = try file.shape(of: ["points", "status"])
    do {
      let json = Data(try file.readString(["layout"]).utf8)
      let layout = try JSONDecoder().decode(ResultLayout.self, from: json)
      guard let count = status.first, first >= 0, first + count <= layout.points,
        layout.datasets.count >= Column.results,
        layout.axes.reduce(1, *) == layout.points,
        layout.parameterAxes.count == layout.parameters.count,
        layout.parameterAxes.allSatisfy({ $0 < layout.axes.count })
      else { throw StorageError(.damaged, file: path, problem: "does not hold what it says") }
      return (layout, first..<first + count)
    } catch let error as StorageError {
      throw error
    } catch {
      throw StorageError(.damaged, file: path, problem: "its layout cannot be read: \(error)")
    }
  }
}

extension ResultLayout.StoredProbe {
  /// A probe's outputs, as its forward model for the first postsynaptic population gives them.
  init(_ probe: Probe, _ network: Network) {
    let somata = network.populations.compactMap(\.postsynaptic?.somata).first
    let model = somata.flatMap { try? probe.measures.forwardModel(for: $0) }
    name = probe.name
    kind = probe.measures.kind
    unit = model?.unit ?? ""
    positions = model?.positions.flatMap { [$0.x, $0.y, $0.z] } ?? []
    outputNames = model?.outputNames ?? []
  }

  var contents: KernelFileContents.Probe {
    KernelFileContents.Probe(
      name: name, kind: kind, unit: unit,
      positions: stride(from: 0, to: positions.count / 3 * 3, by: 3).map {
        SIMD3(positions[$0], positions[$0 + 1], positions[$0 + 2])
      }, outputNames: outputNames)
  }
}
