public import LFPKernels

/// What a file of kernels holds.
public struct KernelFileContents: Sendable, Equatable {
  /// The kernel of one pathway X → Y at one probe.
  public struct Kernel: Sendable, Equatable {
    /// Y, the population whose cells make the signal.
    public var postsynaptic: String

    /// X, the population that spikes.
    public var presynaptic: String

    /// The name of the probe.
    public var probe: String

    /// The signal of one spike of X, outputs × lags, in the probe's unit.
    public var values: Matrix

    /// The distance between lags, ms.
    public var dt: Double

    /// The lag of the first column, ms; negative where a kernel starts before the spike.
    public var firstLag: Double

    /// An estimate of the largest error of `values` relative to their largest magnitude; nil
    /// if none was made.
    public var errorEstimate: Double?

    /// An estimate of the largest error of the joint mean over depths of somata, relative to the largest
    /// magnitude of `values`; nil for the separate average, or where it is not known.
    public var averageError: Double?

    public init(
      postsynaptic: String, presynaptic: String, probe: String, values: Matrix, dt: Double,
      firstLag: Double, errorEstimate: Double? = nil, averageError: Double? = nil
    ) {
      self.averageError = averageError
      self.postsynaptic = postsynaptic
      self.presynaptic = presynaptic
      self.probe = probe
      self.values = values
      self.dt = dt
      self.firstLag = firstLag
      self.errorEstimate = errorEstimate
    }

    /// `E:I/lfp`: the name of the array in `.npz` files and in messages.
    public var name: String { "\(postsynaptic):\(presynaptic)/\(probe)" }
  }

  /// A probe as prediction and pictures need it.
  public struct Probe: Sendable, Equatable {
    public var name: String

    /// The sort of probe as in a network description, such as `gauss_cylinder`.
    public var kind: String

    /// The unit of its outputs, such as `mV`.
    public var unit: String

    /// Where each output is measured, um; empty for outputs without a position.
    public var positions: [SIMD3<Double>]

    /// What each output is called, such as `Px`; empty where positions tell.
    public var outputNames: [String]

    public init(
      name: String, kind: String, unit: String, positions: [SIMD3<Double>] = [],
      outputNames: [String] = []
    ) {
      self.name = name
      self.kind = kind
      self.unit = unit
      self.positions = positions
      self.outputNames = outputNames
    }
  }

  /// How the cells of a population differ at a probe: the mean and the standard deviation over them of
  /// the signal that each compartment's current makes.
  public struct Spread: Sendable, Equatable {
    /// The population whose cells make the signal.
    public var population: String

    /// The name of the probe.
    public var probe: String

    /// Outputs × compartments, in the probe's unit per nA.
    public var mean, deviation: Matrix

    /// Estimates of the largest errors, relative to the largest magnitude of each.
    public var meanError, deviationError: Double

    public init(
      population: String, probe: String, mean: Matrix, deviation: Matrix, meanError: Double,
      deviationError: Double
    ) {
      self.population = population
      self.probe = probe
      self.mean = mean
      self.deviation = deviation
      self.meanError = meanError
      self.deviationError = deviationError
    }
  }

  public let kernels: [Kernel]
  public let probes: [Probe]

  /// Where asked for.
  public let spreads: [Spread]

  /// How kernels were averaged over depths of somata; nil where that is not known.
  public let average: SomaAverage?

  /// The text of the network description; empty if the network came from elsewhere.
  public let description: String

  /// The SHA-256 digest of the description with defaults filled in, hexadecimal.
  public let descriptionSHA256: String

  /// The version of the program that computed the kernels.
  public let programVersion: String

  /// Kernels are brought into the order of files: those of one postsynaptic population together,
  /// therein those of one presynaptic population; otherwise as they came.
  public init(
    kernels: [Kernel], probes: [Probe], spreads: [Spread] = [], average: SomaAverage? = nil,
    description: String, descriptionSHA256: String, programVersion: String
  ) {
    self.average = average
    self.kernels = Self.inFileOrder(kernels)
    self.probes = probes
    // By probe, as files have them.
    self.spreads = probes.flatMap { probe in spreads.filter { $0.probe == probe.name } }
    self.description = description
    self.descriptionSHA256 = descriptionSHA256
    self.programVersion = programVersion
  }

  private static func inFileOrder(_ kernels: [Kernel]) -> [Kernel] {
    grouped(kernels, by: \.postsynaptic).flatMap { grouped($0, by: \.presynaptic).joined() }
  }

  /// The elements with equal keys together, groups in the order of their first elements.
  private static func grouped(_ kernels: [Kernel], by key: (Kernel) -> String) -> [[Kernel]] {
    var groups: [[Kernel]] = []
    var places: [String: Int] = [:]
    for kernel in kernels {
      if let place = places[key(kernel)] {
        groups[place].append(kernel)
      } else {
        places[key(kernel)] = groups.count
        groups.append([kernel])
      }
    }
    return groups
  }
}
