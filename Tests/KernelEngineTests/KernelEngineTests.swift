import CableTheory
import CellMorphology
import Distributions
import ForwardModels
import LinearAlgebra
import Testing

@testable import KernelEngine

@Suite("The kernel engine")
struct KernelEngineTests {
  private func kernels(
    _ settings: KernelSettings = KernelSettings(), change: (inout Network) throws -> Void = { _ in }
  ) throws -> [Kernel] {
    var network = try readmeNetwork(settings: settings)
    try change(&network)
    return try KernelEngine(network).kernels()
  }

  @Test func filtersAreTheCausalPart() throws {
    let full = try kernels(KernelSettings(dt: 0.125, tau: 20))
    let fir = try kernels(KernelSettings(dt: 0.125, tau: 20, lags: .fir))
    for (a, b) in zip(full, fir) {
      #expect(a.values.columns == 321 && b.values.columns == 160)
      #expect(a.firstLag == -20 && b.firstLag == 0.125)
      for e in 0..<a.values.rows {
        #expect(a.values.row(e).prefix(161).allSatisfy { $0 == 0 })
        #expect(Array(a.values.row(e).suffix(160)) == Array(b.values.row(e)))
      }
    }
  }

  @Test func connectionsOfOnePathwayAddUp() throws {
    let single = try kernels()
    let double = try kernels { $0.connections.append($0.connections[0]) }
    #expect(double.count == single.count)
    // The doubled synapses also double their part of the leak, so compare without it.
    let plain = try kernels { $0.populations[0].postsynaptic?.effectiveLeak = false }
    let doubled = try kernels {
      $0.populations[0].postsynaptic?.effectiveLeak = false
      $0.connections.append($0.connections[0])
    }
    let difference = (doubled[0].values - 2 * plain[0].values).maximumMagnitude
    #expect(difference < 1e-12 * doubled[0].values.maximumMagnitude)
  }

  @Test func severalProbesOfOneKind() throws {
    let result = try kernels {
      $0.probes = [
        Probe(name: "a", GaussCylinderProbe(z: [0], sigma: 0.3)),
        Probe(name: "b", GaussCylinderProbe(z: [0], sigma: 0.6)),
        Probe(
          name: "point", PotentialProbe(.point, contacts: [SIMD3(50, 0, 0)])),
        Probe(name: "line", PotentialProbe(.line, contacts: [SIMD3(50, 0, 0)])),
      ]
    }
    #expect(result.map(\.probe) == ["a", "b", "point", "line", "a", "b", "point", "line"])
    #expect(relativeDifference((2 * result[1].values).storage, result[0].values.storage) < 1e-12)
    #expect(relativeDifference(result[2].values.storage, result[3].values.storage) < 0.1)
  }

  @Test func threadsDoNotMatter() throws {
    var network = try readmeNetwork(settings: KernelSettings())
    network.populations[1].postsynaptic = network.populations[0].postsynaptic
    network.connections += network.connections.map {
      var copy = $0
      copy.post = "I"
      return copy
    }
    let engine = try KernelEngine(network)
    let one = try engine.kernels(threads: 1)
    #expect(one.count == 8)
    #expect(try engine.kernels(threads: 2) == one)
  }

  /// Steps that are no powers of two: kernels agree at common lags (the reference's grid of delays is
  /// then half a sample off).
  @Test(arguments: [(0.1, 0.05), (0.05, 0.025), (0.2, 0.1), (0.25, 0.125)])
  func stepsAgreeAtCommonLags(coarse: Double, fine: Double) throws {
    for delays in [DelayMethod.continuous, .sampled] {
      let a = try kernels(KernelSettings(dt: coarse, tau: 40, delays: delays, lags: .fir))
      let b = try kernels(KernelSettings(dt: fine, tau: 40, delays: delays, lags: .fir))
      for (x, y) in zip(a, b) {
        var worst = 0.0
        for e in 0..<x.values.rows {
          for k in 0..<x.values.columns {
            worst = largest(worst, abs(x.values[e, k] - y.values[e, 2 * k + 1]))
          }
        }
        // Sums over the grid and the integral differ at the ends of the density alone.
        let tolerance = delays == .continuous ? 1e-9 : 0.02
        #expect(worst < tolerance * x.values.maximumMagnitude, "\(delays) \(x.probe) \(x.pre)")
      }
    }
  }

  /// Gamma densities are integrated in closed form, whatever root or pole they begin with: kernels at dt
  /// and dt / 2 agree, and so do those of a shape and of shapes close to it that take the same way.
  @Test(arguments: [0.5, 1, 1.02, 1.5, 2.2, 7], [0.0, 0.73])
  func gammaDelays(shape: Double, offset: Double) throws {
    func kernels(_ dt: Double) throws -> Matrix {
      try self.kernels(KernelSettings(dt: dt, tau: 40, delays: .continuous, lags: .fir)) {
        for i in $0.connections.indices {
          $0.connections[i].delay = try .gamma(a: shape, loc: offset, scale: 0.6)
        }
      }[0].values
    }
    let (a, b) = (try kernels(0.1), try kernels(0.05))
    for e in 0..<a.rows {
      for k in 0..<a.columns {
        #expect(abs(a[e, k] - b[e, 2 * k + 1]) < 1e-9 * a.maximumMagnitude)
      }
    }
    #expect(a.maximumMagnitude > 0)
  }

  /// A gamma density in closed form against the same density by panels, cut off where it is negligible.
  @Test func gammaAgreesWithPanels() throws {
    let gamma = try Distribution.gamma(a: 4, loc: 0.5, scale: 0.4)
    let panels = try #require(
      ContinuousDelay(support: 0.5...26.5, dt: 0.1, density: gamma.density(at:)))
    let network = try readmeNetwork(settings: KernelSettings())
    var stages = KernelStages()
    let cell = try PostsynapticCell(
      network.populations[0], try #require(network.populations[0].postsynaptic), in: network,
      stages: &stages)
    let outputs = PopulationDipoleMoment().transformationMatrix(for: cell.compartments)
    let solver = ExactSolver(cell.cables[0], outputs: outputs, groups: [0..<3])
    let responses = try [
      Delay.gamma(GammaDelay(shape: 4, scale: 0.4, offset: 0.5)), .continuous(panels),
    ].map { delay in
      let first = cell.drives[0].drive
      let drive = SynapticDrive(
        weights: first.weights[0], timeCourse: first.timeCourse, delay: delay)
      return try solver.responses(to: [drive], grid: LagGrid(dt: 0.1, steps: 400))[0].values
    }
    #expect(relativeDifference(responses[0].storage, responses[1].storage) < 1e-9)
  }

  /// With delays in whole steps all three methods are one.
  @Test func constantDelays() throws {
    let results = try DelayMethod.allCases.map { method in
      try kernels(KernelSettings(dt: 0.1, tau: 40, delays: method)) {
        for i in $0.connections.indices { $0.connections[i].delay = try .constant(1.5) }
      }
    }
    for result in results.dropFirst() {
      for (a, b) in zip(result, results[0]) {
        #expect(relativeDifference(a.values.storage, b.values.storage) < 1e-9)
      }
    }
    let first = results[0][0].values
    #expect(first.row(0)[400 + 15] == 0 && first[0, 400 + 16] != 0)
  }

  /// Delays of simulators that round to their step: probabilities of grid cells.
  @Test func roundedDelaysAreProbabilities() throws {
    let uniform = try Distribution.uniform(loc: 1, scale: 0.25)
    let filter = try DelayFilter(uniform, dt: 0.1, steps: 100, rounded: true, connection: 0)
    #expect(filter.firstLag == 10)
    #expect(relativeDifference(filter.weights, [0.2, 0.4, 0.4]) < 1e-12)
    let atoms = try DelayFilter(
      try .randint(low: 1, high: 4), dt: 0.5, steps: 100, rounded: true, connection: 0)
    #expect(atoms.firstLag == 2)
    #expect(relativeDifference(atoms.weights, [1 / 3.0, 0, 1 / 3.0, 0, 1 / 3.0]) < 1e-12)
  }

  /// A kernel's integral is M times the steady state: halving dt does not change it beyond the sum's
  /// own error, and `rounded` delays keep it where none are cut off.
  @Test func delaysKeepTheIntegral() throws {
    let sums = try DelayMethod.allCases.map { method in
      try kernels(KernelSettings(dt: 0.0625, tau: 200, delays: method))[1].values.row(2).reduce(
        0, +)
    }
    for sum in sums { #expect(abs(sum / sums[0] - 1) < 2e-4) }
  }

  @Test func tighterToleranceChangesNothingVisible() throws {
    let loose = try kernels(KernelSettings(tolerance: 1e-6))
    let tight = try kernels(KernelSettings(tolerance: 1e-12))
    for (a, b) in zip(loose, tight) {
      #expect(relativeDifference(a.values.storage, b.values.storage) < 1e-6)
      #expect(try #require(b.errorEstimate) < 1e-12)
    }
  }

  /// The reference's steps are a few percent off.
  @Test func exactDiffersFromStepsAsMeasured() throws {
    let exact = try kernels()
    let steps = try kernels(KernelSettings(solver: .backwardEuler))
    for (a, b) in zip(exact, steps) where a.probe == "lfp" {
      let difference = relativeDifference(b.values.storage, a.values.storage)
      #expect(difference > 0.03 && difference < 0.06)
    }
  }
}
