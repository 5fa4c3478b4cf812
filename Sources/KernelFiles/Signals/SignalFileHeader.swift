/// What a file of signals says beside its numbers.
public struct SignalFileHeader: Sendable, Equatable {
  /// One signal, outputs × times.
  public struct Signal: Sendable, Equatable {
    public var probe: String

    /// `total`, the pathway `Y:X`, or the postsynaptic population `Y`.
    public var name: String

    public var outputs: Int

    public init(probe: String, name: String, outputs: Int) {
      self.probe = probe
      self.name = name
      self.outputs = outputs
    }

    /// Its place in the file.
    var path: [String] { ["signals", probe, name] }
  }

  /// A file that went into the signals.
  public struct Source: Sendable, Equatable {
    public var file: String

    /// The SHA-256 digest of the file, hexadecimal.
    public var sha256: String

    public init(file: String, sha256: String) {
      self.file = file
      self.sha256 = sha256
    }
  }

  public static let total = "total"

  public var signals: [Signal]

  /// As in the file of kernels.
  public var probes: [KernelFileContents.Probe]

  /// The number of times.
  public var count: Int

  /// The distance between times, ms.
  public var dt: Double

  /// The time of the first column, ms.
  public var firstTime: Double

  /// The SHA-256 digest of the description of the network, from the file of kernels.
  public var descriptionSHA256: String

  /// The file of kernels.
  public var kernels: Source

  /// The files of spikes.
  public var spikes: [Source]

  public var programVersion: String

  public init(
    signals: [Signal], probes: [KernelFileContents.Probe], count: Int, dt: Double,
    firstTime: Double, descriptionSHA256: String, kernels: Source, spikes: [Source],
    programVersion: String
  ) {
    self.signals = signals
    self.probes = probes
    self.count = count
    self.dt = dt
    self.firstTime = firstTime
    self.descriptionSHA256 = descriptionSHA256
    self.kernels = kernels
    self.spikes = spikes
    self.programVersion = programVersion
  }

  public func probe(_ name: String) -> KernelFileContents.Probe? {
    probes.first { $0.name == name }
  }

  /// Throws if the parts do not fit together.
  ///
  /// - Parameter file: the file that error messages name.
  public func validate(file: String) throws(StorageError) {
    func refuse(
      _ kind: StorageError.Kind, _ object: String?, _ problem: String, _ remedy: String
    ) -> StorageError {
      StorageError(kind, file: file, object: object, problem: problem, remedy: remedy)
    }
    guard dt > 0, dt.isFinite, firstTime.isFinite else {
      throw refuse(
        .invalidValue, nil, "its dt is \(dt) ms and its first time \(firstTime) ms",
        "dt should be positive, and both finite")
    }
    guard count > 0, !signals.isEmpty else {
      throw refuse(
        .wrongShape, nil, "it has no times or no signals", "there is at least one of each")
    }
    var names: Set<[String]> = []
    for signal in signals {
      let object = "/" + signal.path.joined(separator: "/")
      try StoredName.check(signal.probe, of: "probe", file: file)
      for part in signal.name.split(separator: ":", omittingEmptySubsequences: false) {
        try StoredName.check(String(part), of: "population", file: file)
      }
      guard names.insert(signal.path).inserted else {
        throw refuse(.duplicate, object, "is there twice", "names of signals differ")
      }
      guard let probe = probe(signal.probe) else {
        throw refuse(
          .missingObject, object, "its probe is not among the probes",
          "there are \(probes.map(\.name).joined(separator: ", "))")
      }
      let expected = max(probe.positions.count, probe.outputNames.count)
      guard signal.outputs > 0, expected == 0 || expected == signal.outputs else {
        throw refuse(
          .wrongShape, object, "it has \(signal.outputs) outputs", "its probe has \(expected)")
      }
    }
  }
}
