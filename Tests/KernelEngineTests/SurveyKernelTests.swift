import CableTheory
import CellMorphology
import Distributions
import ForwardModels
import LinearAlgebra
import Testing

@testable import KernelEngine

/// Further runs of the reference: its README network with the population at z = 20 um, and the
/// configurations of its own tests.
@Suite("Kernels of the reference's README and tests")
struct SurveyKernelTests {
  // Names as in the fixture.
  // swift-format-ignore: AlwaysUseLowerCamelCase
  struct Readme: Decodable {
    var lags_ms: [Double]
    var GC_mV: [String: [Double]]
    var Pz_nA_um: [Double]
    var Pz_sum: Double
    var Pz_peak: Double
    var g_pas_S_cm2: [Double]
    var comp_weight_nA: [Double]
    var multapse_mean: [Double]
  }
  // Names as in the fixture.
  // swift-format-ignore: AlwaysUseLowerCamelCase
  struct Upstream: Decodable {
    var lags_ms: [Double]
    var GC: [String: [Double]]
    var Pz: [Double]
    var multapse: Double
    var g_pas: [Double]
    var comp_weight: [Double]
    var peakGC: Double
  }
  // Names as in the fixture.
  // swift-format-ignore: AlwaysUseLowerCamelCase
  struct Survey: Decodable {
    struct ReadmeCases: Decodable {
      var cases: [String: Readme] = [:]
      init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        for key in container.allKeys where key.stringValue.hasPrefix("X=") {
          cases[key.stringValue] = try container.decode(Readme.self, forKey: key)
        }
      }
    }
    struct Linearised: Decodable {
      var lags_ms: [Double]
      var Pz: [Double]
      var g_pas, e_pas: [Double]
      var soma_rest_before_event: Double
    }
    /// Cases `lin_X=E` ... by their name without `kernel_` and potential.
    var linearised: [String: Linearised] = [:]
    var kernel_readme: ReadmeCases
    var kernel_upstream_test_00, kernel_upstream_test_01_loc200: Upstream

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: AnyKey.self)
      func value<Value: Decodable>(_ key: String) throws -> Value {
        try container.decode(Value.self, forKey: AnyKey(key))
      }
      kernel_readme = try value("kernel_readme")
      kernel_upstream_test_00 = try value("kernel_upstream_test_00")
      kernel_upstream_test_01_loc200 = try value("kernel_upstream_test_01_loc200")
      for name in ["lin_X=E", "lin_X=I", "frozen_X=E", "frozen_X=I"] {
        linearised[name] = try value("kernel_\(name)_Vrest-62.5")
      }
    }
  }
  struct AnyKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(_ key: String) { stringValue = key }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// The reference's compartments, moved in depth.
  private func compartments(at depth: Double) throws -> DiscretizedCell {
    var cell = try GoldenKernels.all.get().discretizedCell()
    for i in 0..<cell.compartments.count {
      cell.compartments.startZ[i] += depth
      cell.compartments.endZ[i] += depth
    }
    return cell
  }

  private func kernels(_ network: Network, depth: Double) throws -> ([Kernel], PostsynapticCell) {
    let population = network.populations[0]
    var stages = KernelStages()
    let cell = try PostsynapticCell(
      population, try #require(population.postsynaptic),
      cell: try #require(network.cells["pyramidal"]),
      placed: PlacedCell(cell: compartments(at: depth), version: 0), in: network, stages: &stages)
    let engine = KernelEngine(settings: network.settings, probes: network.probes, cells: [cell])
    return (try engine.kernels(), cell)
  }

  @Test(arguments: ["E", "I"], [true, false])
  func readme(pre: String, effectiveLeak: Bool) throws {
    let survey = try fixture("survey", as: Survey.self)
    let flag = effectiveLeak ? "True" : "False"
    let expected = try #require(survey.kernel_readme.cases["X=\(pre) g_eff=\(flag)"])
    var network = try readmeNetwork(
      settings: KernelSettings(dt: 0.0625, tau: 50, solver: .backwardEuler, average: .separate),
      depth: 20)
    network.populations[0].postsynaptic?.effectiveLeak = effectiveLeak
    network.probes[0] = Probe(name: "lfp", GaussCylinderProbe(z: [1000, 500, 200, 0, -200]))
    let (kernels, cell) = try kernels(network, depth: 20)
    #expect(relativeDifference(cell.summary.effectiveLeak, expected.g_pas_S_cm2) < 1e-13)
    let drive = try #require(cell.drives.first { $0.pre == pre }).drive
    #expect(relativeDifference(drive.weights[0], expected.comp_weight_nA) < 1e-13)
    let lfp = try #require(kernels.first { $0.pre == pre && $0.probe == "lfp" })
    let dipole = try #require(kernels.first { $0.pre == pre && $0.probe == "dipole" })
    // The reference starts 200 ms before the event at -70 mV instead of rest: what is left of that is
    // exp(-200 / 3.3), and less with effective leak.
    let columns = expected.lags_ms.map { 800 + Int($0 / 0.0625) }
    #expect(relativeDifference(columns.map { dipole.values[2, $0] }, expected.Pz_nA_um) < 1e-9)
    let sum = dipole.values.row(2).reduce(0, +)
    #expect(abs(sum / expected.Pz_sum - 1) < 1e-9)
    // The reference's quadrature of its matrix is good to 3e-8.
    for (row, z) in ["1000", "500", "200", "0", "-200"].enumerated() {
      let golden = try #require(expected.GC_mV[z])
      let largest = lfp.values.maximumMagnitude
      for (column, value) in zip(columns, golden) {
        #expect(abs(lfp.values[row, column] - value) < 1e-7 * largest)
      }
    }
  }

  @Test(arguments: [0.0, 200.0])
  func upstreamTests(depth: Double) throws {
    let survey = try fixture("survey", as: Survey.self)
    let expected =
      depth == 0 ? survey.kernel_upstream_test_00 : survey.kernel_upstream_test_01_loc200
    let zs = [-500.0, 0, 200, 500]
    let network = try upstreamNetwork(depth: depth, zs: zs)
    let (kernels, cell) = try kernels(network, depth: depth)
    #expect(abs(try #require(cell.statistics[0].multapseMean) - expected.multapse) < 1e-13)
    #expect(relativeDifference(cell.summary.effectiveLeak, expected.g_pas) < 1e-13)
    #expect(relativeDifference(cell.drives[0].drive.weights[0], expected.comp_weight) < 1e-13)
    let columns = expected.lags_ms.map { 1600 + Int($0 / 0.0625) }
    let z = columns.map { kernels[1].values[2, $0] }
    #expect(relativeDifference(z, expected.Pz) < 1e-9)
    for (row, z) in ["-500", "0", "200", "500"].enumerated() {
      let golden = try #require(expected.GC[z])
      for (column, value) in zip(columns, golden) {
        #expect(abs(kernels[0].values[row, column] - value) < 1e-7 * expected.peakGC)
      }
    }
  }

  /// Cells with the frozen or linearised channels of Hay et al. 2011 in two sets of densities.
  @Test(arguments: ["E", "I"], [IonChannel.Approximation.frozen, .quasiActive])
  func channels(pre: String, approximation: IonChannel.Approximation) throws {
    let survey = try fixture("survey", as: Survey.self)
    let name = (approximation == .frozen ? "frozen_X=" : "lin_X=") + pre
    let expected = try #require(survey.linearised[name])
    var network = try readmeNetwork(
      settings: KernelSettings(dt: 0.0625, tau: 50, solver: .backwardEuler, average: .separate),
      depth: 20)
    network.cells["pyramidal"]?.restingPotential = .sections(SectionValues(-62.5))
    network.cells["pyramidal"]?.membrane = hayMembrane(approximation)
    network.probes.removeFirst()
    let (kernels, cell) = try kernels(network, depth: 20)
    let values = try #require(kernels.first { $0.pre == pre }).values
    let leak = cell.summary.effectiveLeak
    #expect(relativeDifference(Array(leak.prefix(3)), expected.g_pas) < 1e-13)
    let drive = try #require(cell.drives.first { $0.pre == pre }).drive
    let drift = try ReferenceDrift(
      cell, vrest: -62.5, reversals: expected.e_pas, expectedRest: expected.soma_rest_before_event
    ).dipole(delay: drive.delay)
    let golden = zip(expected.lags_ms, expected.Pz).map { $1 - drift[Int($0 / 0.0625)] }
    let ours = expected.lags_ms.map { values[2, 800 + Int($0 / 0.0625)] }
    #expect(relativeDifference(ours, golden) < 1e-9)
  }

  private func hayMembrane(_ approximation: IonChannel.Approximation) -> [MembraneEntry] {
    func entries(_ leak: Double, _ naTa: Double, _ skv3: Double, _ ih: Double, _ sections: [String])
      -> [MembraneEntry]
    {
      // Sodium and potassium stand still in both sets.
      [
        MembraneEntry(.passive(conductance: leak), sections: sections),
        MembraneEntry(
          .channel(PublishedChannel.naTa.channel(), .frozen, .constant(naTa)), sections: sections),
        MembraneEntry(
          .channel(PublishedChannel.skv3.channel(), .frozen, .constant(skv3)), sections: sections),
        MembraneEntry(
          .channel(PublishedChannel.ih.channel(), approximation, .constant(ih)), sections: sections),
      ]
    }
    return entries(3.38e-5, 2.04, 0.693, 2e-4, ["soma"])
      + entries(5.89e-5, 0.0213, 2.61e-4, 2e-3, ["dend", "apic"])
  }

  private func upstreamNetwork(depth: Double, zs: [Double]) throws -> Network {
    var network = try readmeNetwork(
      settings: KernelSettings(dt: 0.0625, tau: 100, solver: .backwardEuler, average: .separate))
    let synapse = SynapticTimeCourse.exp2(tau1: 0.2, tau2: 1.8)
    network.populations = [
      Population(
        name: "E", size: 1024, rate: 1,
        postsynaptic: PostsynapticModel(
          cell: "pyramidal", somata: Somata(radius: 100, depth: try .norm(loc: depth, scale: 50)),
          external: [
            ExternalInput(
              count: 128, rate: 40,
              synapse: Synapse(synapse, .conductance(weight: 0.0005, reversal: 0)))
          ]))
    ]
    network.connections = [
      Connection(
        pre: "E", post: "E",
        connectivity: .probability(
          0.1, multapses: try .truncnorm(a: -0.2, b: 1.6, loc: 2, scale: 5)),
        delay: try .truncnorm(a: -4, b: .infinity, loc: 1.5, scale: 0.3),
        synapse: Synapse(synapse, .conductance(weight: 0.001, reversal: 0)),
        placement: SynapsePlacement(
          sections: ["soma", "apic"],
          depth: [
            .init(try .norm(loc: depth, scale: 100), weight: 0.5),
            .init(try .norm(loc: 750 + depth, scale: 100), weight: 1),
          ]))
    ]
    network.probes[0] = Probe(name: "lfp", GaussCylinderProbe(z: zs, radius: 100, scale: 100))
    return network
  }
}
