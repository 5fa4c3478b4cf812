public import KernelFiles
public import LFPKernels

/// The results of a sweep, as a file holds them: one that a run wrote, or joined shards.
public struct SweepResults: Sendable {
  public enum Status: Int, Sendable {
    case absent, complete, failed
  }

  /// Kernels of X onto Y at a probe.
  public struct Pathway: Sendable, Hashable {
    public var post: String
    public var pre: String
    public var probe: String

    public init(post: String, pre: String, probe: String) {
      self.post = post
      self.pre = pre
      self.probe = probe
    }

    var path: [String] { [post, pre, probe] }
  }

  public let path: String
  public let parameterNames: [String]

  /// Units of the parameters; empty for pure numbers.
  public let parameterUnits: [String]

  /// The axis of the sweep that each parameter goes along; nil for expressions of others.
  public let parameterAxes: [Int?]

  /// Points × parameters.
  public let parameters: Matrix
  public let status: [Status]
  public let probes: [KernelFileContents.Probe]

  /// Names of the measures; empty where none are stored.
  public let measures: [String]

  /// Whether kernels are stored, whole or in state-space form.
  public let hasKernels: Bool

  /// Whether kernels are stored in state-space form only.
  private let hasModes: Bool
  public let pathways: [Pathway]
  private let file: HDF5File

  /// - Throws: `StorageError` if the file does not hold results of a sweep.
  public init(path: String) throws(StorageError) {
    _ = try ResultLayout.read(path)
    let file = try HDF5File(reading: path)
    self.path = path
    self.file = file
    parameterNames = try file.stringAttributeArray("names", of: ["parameters"])
    parameterUnits = try file.stringAttributeArray("units", of: ["parameters"])
    parameterAxes = try file.stringAttributeArray("sources", of: ["parameters"]).map {
      $0.hasPrefix("axis ") ? Int($0.dropFirst("axis ".count)).map { $0 - 1 } : nil
    }
    let table = try file.read(["parameters"], as: Double.self, rank: 2)
    parameters = Matrix(rows: table.shape[0], columns: table.shape[1], storage: table.values)
    status = try file.read(["points", "status"], as: Int.self, rank: 1).values.map {
      Status(rawValue: $0) ?? .absent
    }
    var probes: [KernelFileContents.Probe] = []
    for name in try file.members(of: ["probes"]) {
      probes.append(try KernelFileContents.Probe(name, in: file))
    }
    self.probes = probes
    measures = try file.exists(["measures"]) ? try file.members(of: ["measures"]) : []
    let isWhole = try file.exists(["kernels"])
    let hasModes = isWhole ? false : try file.exists(["modes"])
    hasKernels = isWhole || hasModes
    self.hasModes = hasModes
    let group = isWhole ? ["kernels"] : hasModes ? ["modes"] : ["measures", measures.first ?? ""]
    var pathways: [Pathway] = []
    for post in try file.members(of: group) {
      for pre in try file.members(of: group + [post]) {
        for probe in try file.members(of: group + [post, pre]) {
          pathways.append(Pathway(post: post, pre: pre, probe: probe))
        }
      }
    }
    self.pathways = pathways
  }

  /// The first parameter of each axis along which it has more than one value, in the order of axes.
  public var variedParameters: [String] {
    var seen: Set<Int> = []
    return parameterNames.indices.filter { column in
      guard let axis = parameterAxes[column], !seen.contains(axis),
        (0..<parameters.rows).contains(where: {
          parameters[$0, column] != parameters[0, column]
        })
      else { return false }
      return seen.insert(axis).inserted
    }.map { parameterNames[$0] }
  }

  public var pointCount: Int { status.count }

  /// A parameter's values at all points.
  ///
  /// - Throws: `SweepError` naming the parameters where there is none of this name.
  public func values(ofParameter name: String) throws(SweepError) -> [Double] {
    guard let column = parameterNames.firstIndex(of: name) else {
      throw SweepError(
        "\(path): has no parameter '\(name)'\(advice(for: name, among: parameterNames))")
    }
    return (0..<parameters.rows).map { parameters[$0, column] }
  }

  /// A measure, points × outputs, and its unit; rows of points that are not complete are 0.
  public func measure(
    _ name: String, of pathway: Pathway
  ) throws(StorageError) -> (values: Matrix, unit: String) {
    let path = ["measures", name] + pathway.path
    let array = try file.read(path, as: Double.self, rank: 2)
    return (
      Matrix(rows: array.shape[0], columns: array.shape[1], storage: array.values),
      try file.stringAttribute("unit", of: path)
    )
  }

  /// A kernel from poles, residues and its first lags.
  private func kernelOfModes(
    _ pathway: Pathway, _ point: Int
  ) throws(StorageError) -> KernelFileContents.Kernel {
    let path = ["modes"] + pathway.path
    let shape = try file.shape(of: path + ["residues"])
    let lags = Int(try file.attribute("lags", of: path + ["poles"], as: Double.self))
    let head = Int(try file.attribute("head", of: path + ["poles"], as: Double.self))
    guard shape.count == 4, (0..<shape[0]).contains(point), head >= 0, lags >= head else {
      throw StorageError(
        .wrongShape, file: self.path, object: "/" + path.joined(separator: "/"),
        problem: "has the shape \(shape)", remedy: "there is no point \(point)")
    }
    let (outputs, modes) = (shape[1], shape[2])
    let poles = try file.readSlab(
      path + ["poles"], start: [point, 0, 0], count: [1, modes, 2])
    let residues = try file.readSlab(
      path + ["residues"], start: [point, 0, 0, 0], count: [1, outputs, modes, 2])
    var values = Matrix(rows: outputs, columns: lags)
    if head > 0 {
      let first = try file.readSlab(
        path + ["head"], start: [point, 0, 0], count: [1, outputs, head])
      for e in 0..<outputs { for k in 0..<head { values[e, k] = first[e * head + k] } }
    }
    for m in 0..<modes {
      var power = SIMD2(1.0, 0.0)
      for k in head..<lags {
        for e in 0..<outputs {
          let at = 2 * (e * modes + m)
          values[e, k] += residues[at] * power.x - residues[at + 1] * power.y
        }
        power = SIMD2(
          power.x * poles[2 * m] - power.y * poles[2 * m + 1],
          power.x * poles[2 * m + 1] + power.y * poles[2 * m])
      }
    }
    return KernelFileContents.Kernel(
      postsynaptic: pathway.post, presynaptic: pathway.pre, probe: pathway.probe, values: values,
      dt: try file.attribute("dt", of: path + ["poles"], as: Double.self),
      firstLag: try file.attribute("first_lag", of: path + ["poles"], as: Double.self))
  }

  /// The kernel at a point, at the lags that are stored.
  public func kernel(
    of pathway: Pathway, atPoint point: Int
  ) throws(StorageError) -> KernelFileContents.Kernel {
    if hasModes { return try kernelOfModes(pathway, point) }
    let path = ["kernels"] + pathway.path
    let shape = try file.shape(of: path)
    guard shape.count == 3, (0..<shape[0]).contains(point) else {
      throw StorageError(
        .wrongShape, file: self.path, object: "/" + path.joined(separator: "/"),
        problem: "has the shape \(shape)", remedy: "there is no point \(point)")
    }
    let values = try file.readSlab(path, start: [point, 0, 0], count: [1, shape[1], shape[2]])
    return KernelFileContents.Kernel(
      postsynaptic: pathway.post, presynaptic: pathway.pre, probe: pathway.probe,
      values: Matrix(rows: shape[1], columns: shape[2], storage: values),
      dt: try file.attribute("dt", of: path, as: Double.self),
      firstLag: try file.attribute("first_lag", of: path, as: Double.self))
  }
}

extension HDF5File {
  /// Whether the file holds results of a sweep.
  public var isSweep: Bool {
    get throws(StorageError) {
      guard try hasAttribute("format") else { return false }
      return try stringAttribute("format") == ResultLayout.format
    }
  }
}
