import CableTheory
import CellMorphology
import Distributions
import ForwardModels
import Testing

@testable import KernelEngine

@Suite("Networks that have no kernels")
struct NetworkErrorTests {
  private func message(_ change: (inout Network) throws -> Void) throws -> String {
    var network = try readmeNetwork(settings: KernelSettings())
    try change(&network)
    do throws(NetworkError) {
      _ = try KernelEngine(network).kernels()
      return "no error"
    } catch {
      return error.description
    }
  }

  @Test func settings() throws {
    #expect(
      try message { $0.settings.dt = -1 }
        == "time.dt: dt is -1.0 ms; it must be positive and finite")
    #expect(
      try message { $0.settings.tau = 0.01 }
        == "time.tau: tau (0.01 ms) is below dt (0.0625 ms); it must be at least one step")
    #expect(try message { $0.settings.tau = .nan }.hasPrefix("time.tau: tau is nan ms"))
    #expect(
      try message { $0.settings.tau = 10.03 }
        == "time.tau: tau (10.03 ms) is not a multiple of dt (0.0625 ms); the nearest are 10.0 and "
        + "10.0625")
    #expect(
      try message { $0.settings.tolerance = 1e-20 }
        == "time.tolerance: tolerance is 1e-20; it must lie between 1e-12 and 1e-2")
    #expect(
      try message {
        $0.settings.solver = .backwardEuler
        $0.settings.delays = .continuous
      }.hasPrefix("time.delays: delays: continuous needs solver: exact"))
  }

  @Test func populations() throws {
    #expect(
      try message { $0.populations[1].size = 0 }
        == "populations.I.size: size is 0; a population has at least one neuron")
    #expect(try message { $0.populations[1].name = "E" } == "populations.E: the name is used twice")
    #expect(
      try message { $0.populations[1].rate = nil }.hasPrefix(
        "populations.I.rate: the rate of I is needed for the effective leak of E"))
    #expect(
      try message { $0.populations[1].rate = -1 }.contains("it must be finite and not negative"))
    #expect(
      try message { $0.populations[0].postsynaptic = nil }
        == "populations.E.cell: E receives synapses, but has no cell and somata")
    #expect(
      try message { $0.populations[0].postsynaptic?.cell = "granule" }
        == "populations.E.cell: there is no cell 'granule'")
    #expect(
      try message {
        $0.populations[0].postsynaptic?.effectiveLeak = true
        $0.connections[0].synapse.strength = .current(weight: 1)
      }.hasPrefix("populations.E.effective_leak: current-based synapses add no conductance"))
  }

  @Test func connections() throws {
    #expect(
      try message { $0.connections[1].pre = "X" }
        == "connections[1].pre: there is no population 'X'")
    #expect(
      try message {
        $0.connections[1].connectivity = .probability(1.5, multapses: try .constant(1))
      } == "connections[1].probability: 1.5 is not a probability; it must lie between 0 and 1")
    #expect(
      try message { $0.connections[0].connectivity = .synapses(-3) }
        == "connections[0]: the number of synapses is -3.0; it must be finite and not negative")
    #expect(
      try message { $0.connections[0].placement.sections = ["axon"] }
        == "connections[0].placement.sections: the cell has no section 'axon'; it has soma, dend, apic"
    )
    #expect(
      try message { $0.connections[0].placement.zRange = 5000...6000 }
        == "connections[0].placement: no compartment of the sections lies between z = 5000.0 and "
        + "6000.0 um")
    #expect(
      try message {
        $0.connections[0].placement.depth = [.init(try .norm(loc: 1e6, scale: 1))]
      }.hasPrefix(
        "connections[0].placement.depth: the density of depth is 0 at all 26 compartments"))
    #expect(
      try message {
        $0.connections[0].synapse = Synapse(
          .exp2(tau1: 2, tau2: 1), .conductance(weight: 1, reversal: 0))
      }
        == "connections[0].synapse: tau1 (rise, 2.0 ms) is longer than tau2 (decay, 1.0 ms); exchange "
        + "them")
    #expect(
      try message { $0.connections[0].delay = try .constant(1000) }.hasPrefix(
        "connections[0].delay: constant(value=1000.0) gives delays below tau (50.0 ms) with probability "
          + "0.0"))
    #expect(
      try message { $0.connections[0].delay = try .norm(loc: 0.1, scale: 1) }.contains(
        "gives negative delays with probability 0.46"))
  }

  @Test func cells() throws {
    #expect(
      try message { $0.cells["pyramidal"]?.membrane = [] }.hasPrefix(
        "cells.pyramidal.membrane: section 'soma[0]' has no passive conductance"))
    #expect(
      try message {
        $0.cells["pyramidal"]?.membrane.append(
          MembraneEntry(.passive(conductance: 1e-4), sections: ["apic"]))
      }.contains("section 'apic[0]' has passive conductances from two entries"))
    #expect(
      try message { $0.cells["pyramidal"]?.axialResistivity = SectionValues(0) }.contains(
        "cells.pyramidal.Ra: Ra of section 'soma[0]' is 0.0 ohm cm; it must be positive"))
    #expect(
      try message { $0.cells["pyramidal"]?.capacitance = SectionValues(.nan) }.contains(
        "it must be positive and finite"))
    #expect(
      try message { $0.cells["pyramidal"]?.restingPotential = .compartments([-65]) }
        == "cells.pyramidal.vrest: vrest lists 1 potentials, but the cell has 27 compartments")
    #expect(
      try message { $0.cells["pyramidal"]?.discretization = .maximumLength(0) }.contains(
        "max_length is 0.0 um; it must be positive and finite"))
    #expect(
      try message { $0.cells["pyramidal"]?.discretization = .maximumLength(1e-9) }.contains(
        "more than 1000000; use a coarser rule"))
  }

  @Test func probes() throws {
    #expect(
      try message { $0.probes[0] = Probe(name: "lfp", GaussCylinderProbe(z: [0], sigma: 0)) }
        == "probes.lfp.gauss_cylinder: onto E: sigma is 0.0 S/m; it must be positive and finite")
    #expect(
      try message { $0.probes[1].name = "lfp" } == "probes.lfp: the name is used twice")
    #expect(
      try message { $0.populations[0].postsynaptic?.somata.radius = 0 }.contains(
        "radius is 0.0 um; it must be positive and finite"))
  }
}
