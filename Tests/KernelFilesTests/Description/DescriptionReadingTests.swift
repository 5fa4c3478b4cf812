import Foundation
import KernelFiles
import LFPKernels
import Testing

@Suite struct DescriptionReadingTests {
  private func read(_ text: String) throws -> Network {
    try DescriptionFile.read(text: text, fileName: "net.yaml").network
  }

  private func expectEqual(_ a: Network, _ b: Network) {
    #expect(a.settings == b.settings)
    #expect(a.cells == b.cells)
    #expect(a.populations == b.populations)
    #expect(a.connections == b.connections)
    #expect(a.probes.map(\.name) == b.probes.map(\.name))
    #expect(a.probes.map { "\($0.measures)" } == b.probes.map { "\($0.measures)" })
  }

  @Test(arguments: [DescriptionExample.yaml, DescriptionExample.json])
  func theDocumentedExample(_ text: String) throws {
    expectEqual(try read(text), try DescriptionExample.network)
  }

  @Test(arguments: [DescriptionExample.yaml, DescriptionExample.json])
  func theTextIsKept(_ text: String) throws {
    #expect(try DescriptionFile.read(text: text, fileName: "x").text == text)
  }

  @Test func linesMayEndAsOnWindowsAndBeginWithAMark() throws {
    let text = "\u{FEFF}" + DescriptionExample.yaml.replacingOccurrences(of: "\n", with: "\r\n")
    let path = temporaryPath("windows.yaml")
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    expectEqual(try DescriptionFile.read(path: path).network, try DescriptionExample.network)
  }

  @Test func listsOfPopulationsAreAllPairs() throws {
    let text = SmallDescription.replacing("pre: I", with: "pre: [E, I]")
    #expect(try read(text).connections.map(\.pre) == ["E", "I"])
  }

  @Test func synapses() throws {
    func synapse(_ text: String) throws -> Synapse {
      let all = SmallDescription.replacing(
        "{exp2: {weight: 0.001, tau1: 0.1, tau2: 9, e: -80}}", with: text)
      return try read(all).connections[0].synapse
    }
    #expect(
      try synapse("{exp2: {weight: -50 pA, tau1: 0.2, tau2: 1.8}, current: true}")
        == Synapse(.exp2(tau1: 0.2, tau2: 1.8), .current(weight: -0.05)))
    #expect(
      try synapse("{exp: {weight: 1 nS, tau: 2, e: 0}, current: false}")
        == Synapse(.exp(tau: 2), .conductance(weight: 0.001, reversal: 0)))
    #expect(
      try synapse("{alpha: {weight: 1, tau: 2 ms, e: -0.08 V}}")
        == Synapse(.alpha(tau: 2), .conductance(weight: 1, reversal: -80)))
  }

  @Test func connectivity() throws {
    func connectivity(_ text: String) throws -> Connectivity {
      try read(SmallDescription.replacing("probability: 0.1", with: text)).connections[0]
        .connectivity
    }
    #expect(
      try connectivity("probability: 0.1") == .probability(0.1, multapses: try .constant(1)))
    #expect(
      try connectivity("probability: 1\n    multapses: {poisson: {mu: 3}}")
        == .probability(1, multapses: try .poisson(mu: 3)))
    #expect(try connectivity("synapses: 1e6") == .synapses(1e6))
    #expect(try connectivity("indegree: 12.5") == .indegree(12.5))
  }

  @Test func placements() throws {
    func placement(_ text: String) throws -> SynapsePlacement {
      let all = SmallDescription.replacing(
        "delay: 1.5", with: "delay: 1.5\n    placement: \(text)")
      return try read(all).connections[0].placement
    }
    #expect(try placement("{}") == SynapsePlacement())
    #expect(
      try placement("{sections: dend, z_min: 20}")
        == SynapsePlacement(sections: ["dend"], zRange: 20...(.infinity)))
    #expect(
      try placement("{depth: [{norm: {scale: 50}, weight: 2}, {uniform: {loc: 0, scale: 1 mm}}]}")
        == SynapsePlacement(depth: [
          .init(try .norm(loc: 0, scale: 50), weight: 2),
          .init(try .uniform(loc: 0, scale: 1000)),
        ]))
  }

  @Test func probes() throws {
    func probe(_ text: String) throws -> any PopulationProbe {
      try read(SmallDescription.replacing("{population_dipole: {}}", with: text)).probes[0].measures
    }
    #expect(
      try probe("{gauss_cylinder: {z: 100}}") as? GaussCylinderProbe
        == GaussCylinderProbe(z: [100], sigma: 0.3))
    #expect(
      try probe("{line_source: {x: 10, y: 0, z: {from: 0, to: 1, count: 3}, sigma: 3 mS/cm}}")
        as? PotentialProbe
        == PotentialProbe(
          .line, contacts: [SIMD3(10, 0, 0), SIMD3(10, 0, 0.5), SIMD3(10, 0, 1)], sigma: 0.3))
    #expect(
      try probe("{point_source: {x: [1, 2], y: [3, 4], z: [5, 6]}}") as? PotentialProbe
        == PotentialProbe(.point, contacts: [SIMD3(1, 3, 5), SIMD3(2, 4, 6)]))
    #expect(try probe("{population_dipole: }") is PopulationDipoleProbe)
  }

  @Test func cells() throws {
    func cell(_ text: String) throws -> Cell? {
      try read(SmallDescription.replacing("    membrane:", with: "    \(text)\n    membrane:"))
        .cells["ball"]
    }
    #expect(
      try cell("discretization: {lambda_f: 0.2 kHz, d_lambda: 0.05}")?.discretization
        == .lambda(frequency: 200, fraction: 0.05))
    #expect(
      try cell("discretization: {max_length: 20}")?.discretization == .maximumLength(20))
    #expect(
      try cell("discretization: {counts: {soma: 1, dend: 21}, otherwise: 3}")?.discretization
        == .counts(["soma": 1, "dend": 21], otherwise: 3))
    #expect(
      try cell("discretization: {compartments: 5}")?.discretization == .counts([:], otherwise: 5))
    #expect(
      try cell("cm: {otherwise: 1, dend: 2}")?.capacitance
        == SectionValues(1, bySection: ["dend": 2]))
    #expect(
      try cell("Ra: {soma: 1 ohm m, dend: 150}")?.axialResistivity
        == SectionValues(100, bySection: ["soma": 100, "dend": 150]))
    #expect(
      try cell("vrest: [-65, -70]")?.restingPotential == .compartments([-65, -70]))
    #expect(try cell("rotation: {y: 180 deg}")?.rotation == Rotation(y: .pi))
  }

  @Test func sectionsKeepTheirOrderAndParents() throws {
    let text = SmallDescription.replacing(
      "dend: {points",
      with: """
        apic[1]: {points: [[0, 0, 0, 1], [9, 0, 0, 1]], parent: "apic[0](0.5)"}
              apic[0]: {points: [[0, 0, 0, 1], [9, 0, 0, 1]], parent: soma}
              dend: {points
        """)
    let sections = try read(text).cells["ball"]?.morphology.sections
    #expect(sections?.map(\.name) == ["soma", "apic[1]", "apic[0]", "dend"])
    #expect(sections?[1].parent == SectionParent(section: 2, position: 0.5))
    #expect(sections?[2].parent == SectionParent(section: 0, position: 1))
  }
}

/// A path in the directory for temporary files that no other test has.
func temporaryPath(_ name: String) -> String {
  FileManager.default.temporaryDirectory
    .appendingPathComponent("\(UUID().uuidString)-\(name)").path
}
