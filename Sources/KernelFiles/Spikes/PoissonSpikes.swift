import Foundation

/// Spikes of independent Poisson processes, for trying things out: the neurons of a population share a
/// rate that is constant or goes up and down in time.
public struct PoissonSpikes: Sendable, Equatable {
  /// A sine wave about the mean rate: r(t) = rate × (1 + depth × sin(2 pi frequency t + phase)).
  public struct Rhythm: Sendable, Equatable {
    /// Hz.
    public var frequency: Double

    /// From 0 (none) to 1 (down to no spikes).
    public var depth: Double

    /// rad.
    public var phase: Double

    public init(frequency: Double, depth: Double = 1, phase: Double = 0) {
      self.frequency = frequency
      self.depth = depth
      self.phase = phase
    }
  }

  public var population: String

  /// Number of neurons; their ids are 0 ..< size.
  public var size: Int

  /// Mean rate of one neuron, spikes/s.
  public var rate: Double
  public var rhythm: Rhythm?

  /// - Throws: `StorageError` if a number is not possible.
  public init(
    population: String, size: Int, rate: Double, rhythm: Rhythm? = nil
  ) throws(StorageError) {
    func refuse(_ problem: String) -> StorageError {
      StorageError(.invalidValue, file: population, problem: problem)
    }
    guard size > 0 else { throw refuse("has \(size) neurons; it needs at least one") }
    guard rate >= 0, rate.isFinite else {
      throw refuse("its rate is \(rate) spikes/s; it must be finite and not negative")
    }
    if let rhythm {
      guard rhythm.frequency >= 0, rhythm.frequency.isFinite, rhythm.phase.isFinite else {
        throw refuse("its rhythm has \(rhythm.frequency) Hz; it must be finite and not negative")
      }
      guard rhythm.depth >= 0, rhythm.depth <= 1 else {
        throw refuse("the depth of its rhythm is \(rhythm.depth); it must lie between 0 and 1")
      }
    }
    self.population = population
    self.size = size
    self.rate = rate
    self.rhythm = rhythm
  }

  /// Spikes from 0 to a duration (ms), in the order of their times. The same seed gives the same spikes
  /// of a population, whatever the others are.
  public func spikes(duration: Double, seed: UInt64) -> SpikeTable.Group {
    var random = SplitMix64(seed: seed, name: population)
    // The spikes of all neurons together are a Poisson process; each belongs to any neuron alike. A
    // process with the largest rate is thinned to that of each instant.
    let largest = 1e-3 * rate * Double(size) * (1 + (rhythm?.depth ?? 0))
    var times: [Double] = []
    var nodes: [Int] = []
    guard largest > 0 else { return SpikeTable.Group(population: population, times: [], nodes: []) }
    times.reserveCapacity(Int(min(1e-3 * rate * Double(size) * duration * 1.1 + 100, 1e8)))
    nodes.reserveCapacity(times.capacity)
    var time = 0.0
    while true {
      time -= log(1 - random.uniform()) / largest
      guard time < duration else { break }
      if let rhythm {
        let wave = sin(2e-3 * .pi * rhythm.frequency * time + rhythm.phase)
        guard random.uniform() * (1 + rhythm.depth) < 1 + rhythm.depth * wave else { continue }
      }
      times.append(time)
      nodes.append(min(Int(random.uniform() * Double(size)), size - 1))
    }
    return SpikeTable.Group(population: population, times: times, nodes: nodes)
  }
}

/// Steele, Lea & Flood 2014: a small generator whose numbers are the same everywhere.
private struct SplitMix64 {
  private var state: UInt64

  init(seed: UInt64, name: String) {
    // FNV-1a of the name: another stream for each population.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    state = seed ^ hash
    // Seeds that differ by little then begin far apart.
    state = next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// In 0 ..< 1.
  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }
}
