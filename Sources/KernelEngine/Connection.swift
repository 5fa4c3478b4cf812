public import Distributions

/// How many synapses a population makes onto another.
public enum Connectivity: Sendable, Equatable {
  /// Each pair is connected with this probability, each connected pair by a number of synapses with
  /// this distribution.
  case probability(Double, multapses: Distribution)

  /// A number of synapses in all.
  case synapses(Double)

  /// A number of synapses onto each postsynaptic neuron.
  case indegree(Double)
}

/// Where synapses lie on the cell: with a probability per compartment in proportion to its area times
/// a density of depth.
public struct SynapsePlacement: Sendable, Equatable {
  /// A density of depth z (um) and its relative weight.
  public struct Component: Sendable, Equatable {
    public var depth: Distribution
    public var weight: Double

    public init(_ depth: Distribution, weight: Double = 1) {
      self.depth = depth
      self.weight = weight
    }
  }

  /// What depths are measured from.
  public enum Frame: String, Sendable, Equatable, CaseIterable {
    /// Absolute: synapses lie in layers of the tissue, wherever the soma is.
    case tissue

    /// Relative to the soma's: synapses move with the cell.
    case soma
  }

  public var frame: Frame

  /// Names or types of sections; nil for all.
  public var sections: [String]?

  /// The sum of these is the density of depth; where empty, synapses lie by area alone.
  public var depth: [Component]

  /// Range of the midpoints of compartments that take synapses, um.
  public var zRange: ClosedRange<Double>

  public init(
    sections: [String]? = nil, depth: [Component] = [],
    zRange: ClosedRange<Double> = -Double.infinity...Double.infinity, frame: Frame = .tissue
  ) {
    self.frame = frame
    self.sections = sections
    self.depth = depth
    self.zRange = zRange
  }
}

/// The synapses of one presynaptic population onto one postsynaptic population.
public struct Connection: Sendable, Equatable {
  public var pre: String
  public var post: String
  public var connectivity: Connectivity

  /// Delays, ms.
  public var delay: Distribution
  public var synapse: Synapse
  public var placement: SynapsePlacement

  public init(
    pre: String, post: String, connectivity: Connectivity, delay: Distribution, synapse: Synapse,
    placement: SynapsePlacement = SynapsePlacement()
  ) {
    self.pre = pre
    self.post = post
    self.connectivity = connectivity
    self.delay = delay
    self.synapse = synapse
    self.placement = placement
  }
}
