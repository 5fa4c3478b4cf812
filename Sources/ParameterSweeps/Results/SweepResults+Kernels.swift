public import KernelFiles
public import LFPKernels

extension SweepResults {
  /// Names of the measures that are stored, or follow from kernels that are.
  public var measures: [String] {
    var result = StoredResults.Measure.allCases.filter { measure in
      layout.datasets.contains { $0.path.starts(with: ["measures", measure.rawValue]) }
    }
    if result.isEmpty, hasKernels { result = [.peak, .latency, .integral, .norm] }
    return result.map(\.rawValue)
  }

  /// Whether measures are stored, rather than following from kernels.
  public var storesMeasures: Bool { layout.datasets.contains { $0.path.first == "measures" } }

  /// Whether kernels are stored, whole or as linear systems.
  public var hasKernels: Bool {
    layout.datasets.contains { ["kernels", "state_space"].contains($0.path.first) }
  }

  /// The kernels of a point.
  ///
  /// - Throws: `SweepError` where none are stored, or the point is missing or has failed.
  public func kernels(ofPoint point: Int) throws -> [Kernel] {
    guard hasKernels else {
      throw SweepError(
        "\(path): holds no kernels; compute the sweep with store: {kernels: true}")
    }
    try checkComplete(point)
    return try pathways.compactMap { try kernel($0, ofPoint: point) }
  }

  /// The kernels of the only point at which parameters have these values.
  public func kernels(where values: [String: Double]) throws -> [Kernel] {
    try kernels(ofPoint: try point(where: values))
  }

  /// The kernels of a point as a file of kernels would hold them.
  public func contents(ofPoint point: Int) throws -> KernelFileContents {
    let kernels = try kernels(ofPoint: point)
    return KernelFileContents(
      kernels: kernels.map {
        KernelFileContents.Kernel(
          postsynaptic: $0.post, presynaptic: $0.pre, probe: $0.probe, values: $0.values,
          dt: $0.dt, firstLag: $0.firstLag)
      }, probes: probes, description: description, descriptionSHA256: try identity(ofPoint: point),
      programVersion: layout.programVersion)
  }

  /// The kernel of a pathway at a point; nil where none is stored or the point is not complete.
  public func kernel(_ pathway: Pathway, ofPoint point: Int) throws -> Kernel? {
    try check(point)
    if let system = try stateSpace(of: pathway, ofPoint: point) {
      return try kernel(pathway, system)
    }
    guard let dataset = dataset(["kernels"], pathway), try status(ofPoint: point) == .complete,
      dataset.shape.count == 2, case .number(let dt)? = dataset.attributes["dt"],
      case .number(let first)? = dataset.attributes["first_lag"],
      case .text(let unit)? = dataset.attributes["unit"]
    else { return nil }
    let values = try numbers(dataset, point..<point + 1)
    return Kernel(
      pre: pathway.pre, post: pathway.post, probe: pathway.probe,
      values: Matrix(
        rows: dataset.shape[0], columns: dataset.shape[1], storage: values), dt: dt,
      firstLag: first, unit: unit)
  }

  /// The linear system that is stored for the kernel of a pathway at a point, with its error; nil where
  /// none is stored or the point is not complete.
  public func stateSpace(of pathway: Pathway, ofPoint point: Int) throws -> StateSpaceKernel? {
    func part(_ part: StateSpacePart) throws -> (values: [Double], shape: [Int]) {
      guard let dataset = dataset(["state_space", part.rawValue], pathway) else { return ([], []) }
      return (try numbers(dataset, point..<point + 1), dataset.shape)
    }
    guard dataset(["state_space", StateSpacePart.error.rawValue], pathway) != nil,
      try status(ofPoint: point) == .complete
    else { return nil }
    let (taps, residues) = (try part(.taps), try part(.residuesReal))
    let (support, real, imaginary) = (
      try part(.support).values, try part(.polesReal).values, try part(.polesImaginary).values
    )
    guard taps.shape.count == 2, residues.shape.count == 2, support.count == 2,
      let onset = Int(exactly: support[0]), let end = Int(exactly: support[1])
    else { throw SweepError("\(path): the linear systems of \(pathway) are damaged") }
    func matrix(_ part: (values: [Double], shape: [Int])) -> Matrix {
      Matrix(rows: part.shape[0], columns: part.shape[1], storage: part.values)
    }
    return try StateSpaceKernel(
      onset: onset, end: end, taps: matrix(taps), polesReal: real, polesImaginary: imaginary,
      residuesReal: matrix(residues), residuesImaginary: matrix(try part(.residuesImaginary)),
      relativeError: try part(.error).values[0])
  }

  private func kernel(_ pathway: Pathway, _ system: StateSpaceKernel) throws -> Kernel? {
    guard
      let attributes = dataset(["state_space", StateSpacePart.taps.rawValue], pathway)?.attributes,
      case .number(let dt)? = attributes["dt"], case .number(let first)? = attributes["first_lag"],
      case .number(let lags)? = attributes["lags"], case .text(let unit)? = attributes["unit"],
      let count = Int(exactly: lags), (1..<1 << 40).contains(count)
    else { return nil }
    return Kernel(
      pre: pathway.pre, post: pathway.post, probe: pathway.probe,
      values: try system.values(lags: count), dt: dt, firstLag: first, unit: unit)
  }

  /// A measure of each output's kernel at points; nil for points that are missing or have failed.
  ///
  /// - Throws: `SweepError` for a measure that is neither stored nor follows from stored kernels.
  public func measure(
    _ name: String, of pathway: Pathway, atPoints points: [Int]
  ) throws -> [[Double]?] {
    let kind = try self.kind(name)
    guard let dataset = dataset(["measures", name], pathway) else {
      return try points.map { point in
        try kernel(pathway, ofPoint: point).map { kernel in
          KernelMeasures(kernel.values, dt: kernel.dt, base: nil)[kind]
        }
      }
    }
    return try points.map { point in
      guard try status(ofPoint: point) == .complete else { return nil }
      return try numbers(dataset, point..<point + 1)
    }
  }

  /// The unit of a measure of a pathway.
  public func unit(of name: String, _ pathway: Pathway) throws -> String {
    let kind = try self.kind(name)
    if let dataset = dataset(["measures", name], pathway),
      case .text(let unit)? = dataset.attributes["unit"]
    {
      return unit
    }
    return kind.unit(probes.first { $0.name == pathway.probe }?.unit ?? "")
  }

  private func kind(_ name: String) throws(SweepError) -> StoredResults.Measure {
    guard measures.contains(name), let kind = StoredResults.Measure(rawValue: name) else {
      let list =
        measures.isEmpty ? "; it holds none" : advice(for: name, among: measures)
      throw SweepError("\(path): has no measure '\(name)'\(list)")
    }
    return kind
  }

  private func dataset(_ start: [String], _ pathway: Pathway) -> PointDataset? {
    let path = start + [pathway.post, pathway.pre, pathway.probe]
    return layout.datasets.first { $0.path == path }
  }

  func checkComplete(_ point: Int) throws {
    switch try status(ofPoint: point) {
    case .complete: return
    case .absent:
      throw SweepError("\(path): the point \(point) is missing; run the sweep again to compute it")
    case .failed:
      let reason = try failure(ofPoint: point) ?? "unknown"
      throw SweepError("\(path): the point \(point) has failed: \(reason)")
    }
  }
}
