public import LinearAlgebra

/// What one spike of one neuron of the presynaptic population causes, through all of its synapses
/// onto the postsynaptic population, at a probe.
public struct Kernel: Sendable, Equatable {
  public var pre: String
  public var post: String
  public var probe: String

  /// Outputs × lags, in `unit` per spike.
  public var values: Matrix

  /// Step between lags, ms.
  public var dt: Double

  /// Lag of the first column, ms: -tau for full kernels, dt for filters.
  public var firstLag: Double
  public var unit: String

  /// The exact solver's error estimate over the kernel's largest value; nil for backward Euler.
  public var errorEstimate: Double?

  /// The estimated error of the joint average over depths of somata, over the kernel's largest value; 0
  /// where nothing depends on depth, nil for the separate average.
  public var averageError: Double?

  public init(
    pre: String, post: String, probe: String, values: Matrix, dt: Double, firstLag: Double,
    unit: String, errorEstimate: Double? = nil, averageError: Double? = nil
  ) {
    self.averageError = averageError
    self.pre = pre
    self.post = post
    self.probe = probe
    self.values = values
    self.dt = dt
    self.firstLag = firstLag
    self.unit = unit
    self.errorEstimate = errorEstimate
  }
}

/// The numbers that a connection's statistics come down to.
public struct ConnectionStatistics: Sendable, Equatable {
  public var pre: String
  public var post: String

  /// Index in the network's connections.
  public var connection: Int

  /// Synapses in all, K.
  public var synapses: Double

  /// Synapses onto one postsynaptic neuron.
  public var indegree: Double

  /// Synapses made by one presynaptic neuron on the whole postsynaptic population.
  public var outdegree: Double

  /// Mean number of synapses per connected pair; nil where the connection gives synapses or indegree.
  public var multapseMean: Double?

  /// Mean delay, ms.
  public var meanDelay: Double
}

/// A postsynaptic population's model cell as the engine sees it.
public struct CellSummary: Sendable, Equatable {
  public var population: String
  public var cell: String
  public var sections: Int
  public var compartments: Int

  /// um2.
  public var area: Double

  /// Depths that the cell reaches where it is placed, um.
  public var depthRange: ClosedRange<Double>

  /// Leak conductance density without and with the effective leak, by compartment, S/cm2.
  public var leak: [Double]
  public var effectiveLeak: [Double]

  /// Capacitance over effective conductance of the whole membrane, ms.
  public var effectiveTimeConstant: Double
}
