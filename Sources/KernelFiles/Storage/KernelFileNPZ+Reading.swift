import LFPKernels

extension KernelFileContents {
  /// Reads what `npz(for:)` wrote, or what NumPy made of it.
  init(npz path: String) throws(StorageError) {
    let arrays = try NPZArrays(path)
    guard arrays.has("format") else {
      throw StorageError(
        .wrongFormat, file: path, problem: "is an archive of arrays, but not of kernels",
        remedy: "give a file that `lfpkernels kernels` wrote")
    }
    let format = try arrays.text("format")
    guard format == KernelFileLayout.format else {
      throw StorageError(
        .wrongFormat, file: path, problem: "holds \"\(format)\", not kernels",
        remedy: "give a file that `lfpkernels kernels` wrote")
    }
    let version = try arrays.number("format_version")
    guard version >= 1, version <= Double(KernelFileLayout.version) else {
      throw StorageError(
        version < 1 ? .damaged : .newerVersion, file: path,
        problem: "has version \(version) of the format",
        remedy: "this program reads version \(KernelFileLayout.version)")
    }
    var probes: [Probe] = []
    for name in arrays.names {
      guard name.hasPrefix("probes/"), name.hasSuffix("/kind") else { continue }
      let parts = name.split(separator: "/", omittingEmptySubsequences: false)
      if parts.count == 3 { probes.append(try Probe(String(parts[1]), in: arrays)) }
    }
    var kernels: [Kernel] = []
    for name in arrays.names {
      if let kernel = try Kernel(npz: name, in: arrays) { kernels.append(kernel) }
    }
    self.init(
      kernels: kernels, probes: probes, spreads: try Self.spreads(arrays),
      average: arrays.has("average") ? SomaAverage(rawValue: try arrays.text("average")) : nil,
      description: try arrays.text("description"),
      descriptionSHA256: try arrays.text("description_sha256"),
      programVersion: try arrays.text("program_version"))
  }

  private static func spreads(_ arrays: NPZArrays) throws(StorageError) -> [Spread] {
    var result: [Spread] = []
    for name in arrays.names {
      let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 4, parts[0] == "probes", parts[2] == "matrix" else { continue }
      let spread = "probes/\(parts[1])/spread/\(parts[3])"
      result.append(
        Spread(
          population: parts[3], probe: parts[1], mean: try arrays.matrix(name),
          deviation: try arrays.matrix(spread),
          meanError: try arrays.number("error_estimate/" + name),
          deviationError: try arrays.number("error_estimate/" + spread)))
    }
    return result
  }
}

extension KernelFileContents.Kernel {
  /// The kernel of an array `<Y>:<X>/<probe>`; nil for the name of something else.
  fileprivate init?(npz name: String, in arrays: NPZArrays) throws(StorageError) {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let colon = parts[0].firstIndex(of: ":") else { return nil }
    let name = String(name)
    /// A number for all kernels, or for this one.
    func shared(_ key: String) throws(StorageError) -> Double {
      try arrays.number(arrays.has(key) ? key : "\(key)/\(name)")
    }
    func optional(_ key: String) throws(StorageError) -> Double? {
      arrays.has("\(key)/\(name)") ? try arrays.number("\(key)/\(name)") : nil
    }
    self.init(
      postsynaptic: String(parts[0][..<colon]),
      presynaptic: String(parts[0][parts[0].index(after: colon)...]), probe: String(parts[1]),
      values: try arrays.matrix(name), dt: try shared("dt"), firstLag: try shared("first_lag"),
      errorEstimate: try optional("error_estimate"), averageError: try optional("average_error"))
  }
}

extension KernelFileContents.Probe {
  fileprivate init(_ name: String, in arrays: NPZArrays) throws(StorageError) {
    let prefix = "probes/\(name)/"
    var positions: [SIMD3<Double>] = []
    if arrays.has(prefix + "positions") {
      let matrix = try arrays.matrix(prefix + "positions")
      guard matrix.columns == 3 else {
        throw StorageError(
          .wrongShape, file: arrays.path, object: prefix + "positions",
          problem: "has \(matrix.columns) columns", remedy: "it should be outputs × 3")
      }
      positions = (0..<matrix.rows).map { SIMD3(matrix[$0, 0], matrix[$0, 1], matrix[$0, 2]) }
    }
    self.init(
      name: name, kind: try arrays.text(prefix + "kind"), unit: try arrays.text(prefix + "unit"),
      positions: positions,
      outputNames: arrays.has(prefix + "output_names")
        ? try arrays.texts(prefix + "output_names") : [])
  }
}

/// The arrays of an `.npz` file by name.
private struct NPZArrays {
  let path: String

  /// In the file's order.
  let names: [String]
  private var bytes: [String: [UInt8]] = [:]

  init(_ path: String) throws(StorageError) {
    self.path = path
    var names: [String] = []
    for member in try ZIPReader.members(of: path) where member.name.hasSuffix(".npy") {
      let name = String(member.name.dropLast(4))
      guard bytes.updateValue(member.bytes, forKey: name) == nil else {
        throw StorageError(.duplicate, file: path, object: name, problem: "is there twice")
      }
      names.append(name)
    }
    self.names = names
  }

  func has(_ name: String) -> Bool { bytes[name] != nil }

  private func array(_ name: String) throws(StorageError) -> [UInt8] {
    guard let array = bytes[name] else {
      throw StorageError(
        .missingObject, file: path, object: name, problem: "does not exist",
        remedy: "write the file again with `lfpkernels kernels`")
    }
    return array
  }

  func number(_ name: String) throws(StorageError) -> Double {
    let array = try NPYReader.numbers(array(name), file: path, object: name)
    guard array.values.count == 1, let value = array.values.first else {
      throw StorageError(
        .wrongShape, file: path, object: name, problem: "has the shape \(array.shape)",
        remedy: "it should be one number")
    }
    return value
  }

  func matrix(_ name: String) throws(StorageError) -> Matrix {
    let array = try NPYReader.numbers(array(name), file: path, object: name)
    guard array.shape.count == 2 else {
      throw StorageError(
        .wrongShape, file: path, object: name, problem: "has the shape \(array.shape)",
        remedy: "it should have 2 dimensions")
    }
    return Matrix(rows: array.shape[0], columns: array.shape[1], storage: array.values)
  }

  func texts(_ name: String) throws(StorageError) -> [String] {
    guard let texts = try NPYReader.texts(array(name), file: path, object: name) else {
      throw StorageError(.wrongType, file: path, object: name, problem: "does not hold text")
    }
    return texts
  }

  func text(_ name: String) throws(StorageError) -> String {
    guard let text = try texts(name).first else {
      throw StorageError(.wrongShape, file: path, object: name, problem: "is empty")
    }
    return text
  }
}
