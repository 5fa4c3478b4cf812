import CableTheory
import CellMorphology
import Distributions
import ForwardModels
import KernelEngine
import LinearAlgebra
import Testing

@Suite("Kernels of one network after another")
struct KernelWorkspaceTests {
  /// Changes of everything that kernels depend on; every one of them changes the kernels, or fails.
  static let changes: [(name: String, change: @Sendable (inout Network) throws -> Void)] = [
    ("nothing", { _ in }),
    ("weight", { $0.connections[0].synapse.strength = .conductance(weight: 2e-4, reversal: 0) }),
    (
      "reversal", { $0.connections[1].synapse.strength = .conductance(weight: 2e-3, reversal: -75) }
    ),
    ("tau2", { $0.connections[1].synapse.timeCourse = .exp2(tau1: 0.1, tau2: 7) }),
    ("rate", { $0.populations[1].rate = 8 }),
    ("delay", { $0.connections[0].delay = try .truncnorm(a: -2.2, b: 3, loc: 1.5, scale: 0.5) }),
    (
      "no probability",
      { $0.connections[0].connectivity = .probability(1.5, multapses: try .constant(1)) }
    ),
    ("indegree", { $0.connections[0].connectivity = .indegree(300) }),
    ("placement", { $0.connections[1].placement.sections = ["soma"] }),
    ("no such section", { $0.connections[1].placement.sections = ["axon"] }),
    ("zRange", { $0.connections[0].placement.zRange = -100...200 }),
    ("spread", { $0.populations[0].postsynaptic?.somata.depth = try .norm(loc: 0, scale: 60) }),
    ("depth", { $0.populations[0].postsynaptic?.somata.depth = try .norm(loc: 40, scale: 75) }),
    ("radius", { $0.populations[0].postsynaptic?.somata.radius = 200 }),
    ("external", { $0.populations[0].postsynaptic?.external[0].rate = 30 }),
    ("no effective leak", { $0.populations[0].postsynaptic?.effectiveLeak = false }),
    ("size", { $0.populations[0].size = 4096 }),
    ("leak", { $0.cells["pyramidal"]?.membrane = [.init(.passive(conductance: 2e-4))] }),
    ("no leak", { $0.cells["pyramidal"]?.membrane = [] }),
    ("Ra", { $0.cells["pyramidal"]?.axialResistivity = SectionValues(150) }),
    ("cm", { $0.cells["pyramidal"]?.capacitance = SectionValues(1, bySection: ["apic": 2]) }),
    ("vrest", { $0.cells["pyramidal"]?.restingPotential = .sections(SectionValues(-70)) }),
    ("rotation", { $0.cells["pyramidal"]?.rotation = Rotation(x: 0.3, y: 0.2, z: 0) }),
    ("compartments", { $0.cells["pyramidal"]?.discretization = .maximumLength(30) }),
    (
      "thinner",
      { network in
        guard let old = network.cells["pyramidal"]?.morphology else { return }
        var sections = old.sections
        sections[2].points[1].diameter = 2
        network.cells["pyramidal"]?.morphology = try NeuronMorphology(sections: sections)
      }
    ),
    ("probe", { $0.probes[0] = Probe(name: "lfp", GaussCylinderProbe(z: [0, 100, 500])) }),
    ("no probe", { $0.probes.removeLast() }),
    ("own probe", { $0.probes[0] = Probe(name: "lfp", Gain(factor: 2)) }),
    ("own probe, other gain", { $0.probes[0] = Probe(name: "lfp", Gain(factor: 3)) }),
    ("dt", { $0.settings.dt = 0.125 }),
    ("tau", { $0.settings.tau = 12 }),
    ("rounded", { $0.settings.delays = .rounded }),
    ("fir", { $0.settings.lags = .fir }),
    ("solver", { $0.settings.solver = .backwardEuler }),
  ]

  private func base() throws -> Network { try readmeNetwork(settings: KernelSettings(tau: 10)) }

  private func cold(_ network: Network, from pre: Set<String>? = nil) -> KernelResult {
    do throws(NetworkError) {
      return .success(try KernelEngine(network).kernels(from: pre))
    } catch {
      return .failure(error)
    }
  }

  private func warm(_ workspace: KernelWorkspace, _ network: Network) -> KernelResult {
    do throws(NetworkError) {
      return .success(try workspace.kernels(of: network))
    } catch {
      return .failure(error)
    }
  }

  /// Each change alone and undone again, after every other one in turn: nothing is left of it.
  @Test func everyChangeIsSeen() throws {
    let workspace = KernelWorkspace()
    let base = try base()
    let expected = cold(base)
    for (name, change) in Self.changes {
      var network = base
      try change(&network)
      let result = cold(network)
      #expect(warm(workspace, network) == result, "\(name)")
      #expect((result == expected) == (name == "nothing"), "\(name)")
      #expect(warm(workspace, base) == expected, "after \(name)")
    }
  }

  /// Changes that pile up in random order.
  @Test func manyChangesTogether() throws {
    var random = SplitMix(state: 11)
    let workspace = KernelWorkspace()
    var network = try base()
    for step in 0..<36 {
      if step % 12 == 0 { network = try base() }
      let (name, change) = Self.changes[Int(random.next() % UInt64(Self.changes.count))]
      try change(&network)
      #expect(warm(workspace, network) == cold(network), "step \(step), \(name)")
    }
  }

  @Test func batchesKeepTheirOrder() async throws {
    let base = try base()
    let networks = try Self.changes.map { change in
      var network = base
      try change.change(&network)
      return network
    }
    let expected = networks.map { cold($0, from: ["E"]) }
    for threads in [1, 2, 5] {
      var done: [Int] = []
      let results = try await KernelEngine.kernels(
        of: networks, from: ["E"], threads: threads
      ) { done.append($0) }
      #expect(results == expected)
      #expect(done == Array(1...networks.count))
    }
    #expect(try await KernelEngine.kernels(of: []).isEmpty)
  }

  @Test func batchesAreCancelled() async throws {
    let base = try base()
    let endless = AsyncStream { base }
    var count = 0
    let task = Task {
      var received = 0
      try await KernelEngine.kernels(of: endless, threads: 2) { index, _ in
        received = index + 1
        if received == 5 { withUnsafeCurrentTask { $0?.cancel() } }
      }
      return received
    }
    await #expect(throws: CancellationError.self) { count = try await task.value }
    #expect(count == 0)
  }
}

/// A probe that cannot be compared with others, so is never taken from memory.
private struct Gain: PopulationProbe, ForwardModel {
  let factor: Double
  var kind: String { "gain" }
  var unit: String { "mV" }
  func forwardModel(for somata: Somata) -> any ForwardModel { self }
  func transformationMatrix(for compartments: Compartments) -> Matrix {
    Matrix(
      rows: 1, columns: compartments.count,
      storage: (0..<compartments.count).map { factor * compartments.midpointZ($0) })
  }
}

private struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
