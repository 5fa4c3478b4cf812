import LFPKernels

/// Names and versions in files of kernels.
enum KernelFileLayout {
  static let format = "LFPKernels kernels"
  static let version = 1
}

extension KernelFileContents {
  /// The file as HDF5: `/kernels/<Y>/<X>/<probe>`, `/probes/<probe>`, `/description`; and where
  /// asked for, `/probes/<probe>/matrix/<Y>` and `/probes/<probe>/spread/<Y>`.
  func hdf5(for path: String) throws(StorageError) -> HDF5File {
    let file = try HDF5File(inMemoryFor: path)
    try file.setAttribute("format", to: KernelFileLayout.format)
    try file.setAttribute("format_version", to: KernelFileLayout.version)
    try file.setAttribute("program_version", to: programVersion)
    try file.setAttribute("description_sha256", to: descriptionSHA256)
    if let average { try file.setAttribute("average", to: average.rawValue) }
    try file.write(description, to: ["description"])
    try file.createGroup(["probes"])
    for probe in probes { try probe.write(to: file) }
    try file.createGroup(["kernels"])
    let units = Dictionary(
      probes.map { ($0.name, $0.unit) }, uniquingKeysWith: { first, _ in first })
    for kernel in kernels { try kernel.write(to: file, unit: units[kernel.probe] ?? "") }
    for spread in spreads { try spread.write(to: file, unit: units[spread.probe] ?? "") }
    return file
  }

  /// Reads what `hdf5(for:)` wrote.
  init(_ file: HDF5File) throws(StorageError) {
    try Self.checkFormat(file)
    var probes: [Probe] = []
    for name in try file.members(of: ["probes"]) { probes.append(try Probe(name, in: file)) }
    let spreads = try Spread.read(file, probes: probes)
    var kernels: [Kernel] = []
    for postsynaptic in try file.members(of: ["kernels"]) {
      for presynaptic in try file.members(of: ["kernels", postsynaptic]) {
        for probe in try file.members(of: ["kernels", postsynaptic, presynaptic]) {
          let kernel = try Kernel(
            postsynaptic: postsynaptic, presynaptic: presynaptic, probe: probe, in: file)
          try kernel.checkUnit(probes, in: file)
          kernels.append(kernel)
        }
      }
    }
    self.init(
      kernels: kernels, probes: probes, spreads: spreads, average: try Self.average(file),
      description: try file.readString(["description"]),
      descriptionSHA256: try file.stringAttribute("description_sha256"),
      programVersion: try file.stringAttribute("program_version"))
  }

  private static func average(_ file: HDF5File) throws(StorageError) -> SomaAverage? {
    guard try file.hasAttribute("average") else { return nil }
    return SomaAverage(rawValue: try file.stringAttribute("average"))
  }

  private static func checkFormat(_ file: HDF5File) throws(StorageError) {
    guard try file.hasAttribute("format") else {
      throw StorageError(
        .wrongFormat, file: file.name, problem: "is an HDF5 file, but not one of kernels",
        remedy: "give a file that `lfpkernels kernels` wrote")
    }
    let format = try file.stringAttribute("format")
    guard format == KernelFileLayout.format else {
      throw StorageError(
        .wrongFormat, file: file.name, problem: "holds \"\(format)\", not kernels",
        remedy: "give a file that `lfpkernels kernels` wrote")
    }
    let version = try file.attribute("format_version", as: Int.self)
    guard version <= KernelFileLayout.version else {
      throw StorageError(
        .newerVersion, file: file.name,
        problem: "has version \(version) of the format, which is newer than this program",
        remedy: "use a newer LFPKernels; this one reads version \(KernelFileLayout.version)")
    }
    guard version >= 1 else {
      throw StorageError(
        .damaged, file: file.name, problem: "has version \(version) of the format",
        remedy: "versions start at 1")
    }
  }
}

extension KernelFileContents.Kernel {
  private var path: [String] { ["kernels", postsynaptic, presynaptic, probe] }

  fileprivate func write(to file: HDF5File, unit: String) throws(StorageError) {
    try file.write(StoredArray(values), to: path)
    try file.setAttribute("unit", of: path, to: unit)
    try file.setAttribute("dt", of: path, to: dt)
    try file.setAttribute("first_lag", of: path, to: firstLag)
    if let errorEstimate {
      try file.setAttribute("error_estimate", of: path, to: errorEstimate)
    }
    if let averageError { try file.setAttribute("average_error", of: path, to: averageError) }
  }

  fileprivate init(
    postsynaptic: String, presynaptic: String, probe: String, in file: HDF5File
  ) throws(StorageError) {
    let path = ["kernels", postsynaptic, presynaptic, probe]
    let array = try file.read(path, as: Double.self, rank: 2)
    func estimate(_ name: String) throws(StorageError) -> Double? {
      guard try file.hasAttribute(name, of: path) else { return nil }
      return try file.attribute(name, of: path, as: Double.self)
    }
    self.init(
      postsynaptic: postsynaptic, presynaptic: presynaptic, probe: probe,
      values: Matrix(rows: array.shape[0], columns: array.shape[1], storage: array.values),
      dt: try file.attribute("dt", of: path, as: Double.self),
      firstLag: try file.attribute("first_lag", of: path, as: Double.self),
      errorEstimate: try estimate("error_estimate"), averageError: try estimate("average_error"))
  }

  /// A kernel's unit is that of its probe; the file says it in both places.
  fileprivate func checkUnit(
    _ probes: [KernelFileContents.Probe], in file: HDF5File
  ) throws(StorageError) {
    let unit = try file.stringAttribute("unit", of: path)
    guard let expected = probes.first(where: { $0.name == probe })?.unit, expected != unit else {
      return
    }
    throw HDF5Context(file: file.name, path: path).attribute("unit").error(
      .invalidValue, "is \"\(unit)\"", "its probe has \"\(expected)\"")
  }
}

extension KernelFileContents.Probe {
  package func write(to file: HDF5File) throws(StorageError) {
    let path = ["probes", name]
    try file.createGroup(path)
    try file.setAttribute("kind", of: path, to: kind)
    try file.setAttribute("unit", of: path, to: unit)
    if !positions.isEmpty {
      try file.write(StoredArray(positions), to: path + ["positions"])
      try file.setAttribute("unit", of: path + ["positions"], to: "um")
    }
    if !outputNames.isEmpty { try file.write(outputNames, to: path + ["output_names"]) }
  }

  package init(_ name: String, in file: HDF5File) throws(StorageError) {
    let path = ["probes", name]
    var positions: [SIMD3<Double>] = []
    if try file.exists(path + ["positions"]) {
      let array = try file.read(path + ["positions"], as: Double.self, rank: 2)
      guard array.shape[1] == 3 else {
        throw HDF5Context(file: file.name, path: path + ["positions"]).error(
          .wrongShape, "has the shape \(array.shape)", "it should be outputs × 3")
      }
      positions = (0..<array.shape[0]).map {
        SIMD3(array.values[3 * $0], array.values[3 * $0 + 1], array.values[3 * $0 + 2])
      }
    }
    let hasNames = try file.exists(path + ["output_names"])
    self.init(
      name: name, kind: try file.stringAttribute("kind", of: path),
      unit: try file.stringAttribute("unit", of: path), positions: positions,
      outputNames: hasNames ? try file.readStrings(path + ["output_names"]) : [])
  }
}
