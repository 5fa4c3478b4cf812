import LFPKernels

/// Kernels and rates that signals are predicted from.
struct PredictionCase {
  let name: String
  let responses: ImpulseResponses
  let steps: Int

  /// Spikes per step of each population.
  let mean: Double = 8

  static func all(quick: Bool) throws -> [PredictionCase] {
    let steps = quick ? 40_000 : 160_000
    return [
      PredictionCase(
        name: "64 contacts", responses: try responses(contacts: 64, populations: 4, tau: 50),
        steps: steps),
      PredictionCase(
        name: "13 contacts, long", responses: try responses(contacts: 13, populations: 1, tau: 200),
        steps: quick ? 48_000 : 192_000),
      PredictionCase(
        name: "white noise", responses: try noise(contacts: 64, populations: 4, taps: 801),
        steps: steps),
      PredictionCase(
        name: "1000 contacts", responses: try responses(contacts: 1000, populations: 8, tau: 100),
        steps: quick ? 20_000 : 160_000),
    ]
  }

  /// Kernels of the example network with more presynaptic populations, that differ in delays, synapses
  /// and depths.
  static func responses(contacts: Int, populations: Int, tau: Double) throws -> ImpulseResponses {
    var network = try Case.readme(cell: Case.ballAndSticks(), contacts: contacts)
    network.settings.tau = tau
    network.settings.lags = .fir
    let originals = network.connections
    for i in 2..<max(2, populations) {
      var population = network.populations[1]
      population.name = "P\(i)"
      network.populations.append(population)
      var connection = originals[i % 2]
      let shift = Double(i / 2)
      connection.pre = "P\(i)"
      connection.delay = try .truncnorm(
        a: -1.8, loc: 1 + 0.4 * shift, scale: 0.5 + 0.05 * shift)
      connection.synapse = Synapse(
        .exp2(tau1: 0.2 + 0.1 * shift, tau2: 2 + 1.5 * shift),
        .conductance(weight: 0.0002, reversal: i % 2 == 0 ? 0 : -80))
      connection.placement.depth = [.init(try .norm(loc: 150 * shift - 100, scale: 80))]
      network.connections.append(connection)
    }
    let wanted: Set<String>? = populations == 1 ? ["I"] : nil
    return try ImpulseResponses(
      try KernelEngine(network).kernels(from: wanted), probe: "lfp")
  }

  static func noise(contacts: Int, populations: Int, taps: Int) throws -> ImpulseResponses {
    var random = Noise(state: 1)
    return try ImpulseResponses(
      dt: 0.0625, inputs: (0..<populations).map { "P\($0)" },
      taps: (0..<populations).map { _ in
        Matrix(
          rows: contacts, columns: taps,
          storage: (0..<contacts * taps).map { _ in random.number() - 0.5 })
      })
  }

  /// Numbers of spikes, inputs × steps.
  var rates: Matrix {
    var random = Noise(state: 2)
    let count = responses.inputs.count
    return Matrix(
      rows: count, columns: steps,
      storage: (0..<count * steps).map { _ in (2 * mean * random.number()).rounded() })
  }
}

/// Reproducible numbers in [0, 1).
struct Noise {
  var state: UInt64

  mutating func number() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) * 0x1p-53
  }
}
