public import CableTheory
public import Distributions

/// What one synapse does.
public struct Synapse: Sendable, Equatable {
  public enum Strength: Sendable, Equatable {
    /// A conductance with peak `weight` (uS) and the reversal potential `reversal` (mV).
    case conductance(weight: Double, reversal: Double)

    /// A current with peak `weight` (nA), positive inward (depolarising).
    case current(weight: Double)
  }

  public var timeCourse: SynapticTimeCourse
  public var strength: Strength

  public init(_ timeCourse: SynapticTimeCourse, _ strength: Strength) {
    self.timeCourse = timeCourse
    self.strength = strength
  }
}

/// Where the somata of a population lie: a disc of the given radius (um) about the z axis, spread in
/// depth.
public struct Somata: Sendable, Equatable {
  /// um.
  public var radius: Double

  /// The distribution of depths z, um. The model cell's soma is placed at its mean.
  public var depth: Distribution

  public init(radius: Double, depth: Distribution) {
    self.radius = radius
    self.depth = depth
  }
}

/// Synapses from outside of the network, spread over the whole membrane by area.
public struct ExternalInput: Sendable, Equatable {
  /// Synapses per neuron.
  public var count: Double

  /// Spikes/s of each.
  public var rate: Double
  public var synapse: Synapse

  public init(count: Double, rate: Double, synapse: Synapse) {
    self.count = count
    self.rate = rate
    self.synapse = synapse
  }
}

/// A population as a target of synapses: its model cell and where it lies.
public struct PostsynapticModel: Sendable, Equatable {
  /// Name of the model cell among the network's cells.
  public var cell: String
  public var somata: Somata

  /// Whether mean synaptic conductances add to the leak; nil means yes unless all synapses onto the
  /// population are current-based.
  public var effectiveLeak: Bool?
  public var external: [ExternalInput]

  public init(
    cell: String, somata: Somata, effectiveLeak: Bool? = nil, external: [ExternalInput] = []
  ) {
    self.cell = cell
    self.somata = somata
    self.effectiveLeak = effectiveLeak
    self.external = external
  }
}

/// A population of like neurons.
public struct Population: Sendable, Equatable {
  public var name: String

  /// Number of neurons.
  public var size: Int

  /// Spikes/s of one neuron; needed where an effective leak depends on it.
  public var rate: Double?

  /// Nil for a population that only projects to others.
  public var postsynaptic: PostsynapticModel?

  public init(
    name: String, size: Int, rate: Double? = nil, postsynaptic: PostsynapticModel? = nil
  ) {
    self.name = name
    self.size = size
    self.rate = rate
    self.postsynaptic = postsynaptic
  }
}
