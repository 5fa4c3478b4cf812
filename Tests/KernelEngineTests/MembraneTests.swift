import CableTheory
import CellMorphology
import Distributions
import Foundation
import LinearAlgebra
import Testing

@testable import KernelEngine

@Suite("Membranes of cells")
struct MembraneTests {
  private func kernels(
    _ membrane: [MembraneEntry], vrest: Double = -65, solver: CableSolver = .exact
  ) throws -> ([Kernel], KernelEngine) {
    var network = try readmeNetwork(settings: KernelSettings(solver: solver))
    network.cells["pyramidal"]?.membrane = membrane
    network.cells["pyramidal"]?.restingPotential = .sections(SectionValues(vrest))
    let engine = try KernelEngine(network)
    return (try engine.kernels(), engine)
  }

  private let leak = MembraneEntry(.passive(conductance: 3e-4))
  private func ih(_ g: Double, _ approximation: IonChannel.Approximation) -> MembraneEntry {
    MembraneEntry(.channel(PublishedChannel.ih.channel(), approximation, .constant(g)))
  }

  /// A frozen channel is a leak of its conductance.
  @Test func frozenIsALeak() throws {
    let open = PublishedChannel.ih.channel().linearized(at: -65, .frozen).conductance
    let (frozen, _) = try kernels([leak, ih(2e-3, .frozen)])
    let (passive, _) = try kernels([MembraneEntry(.passive(conductance: 3e-4 + 2e-3 * open))])
    for (a, b) in zip(frozen, passive) {
      #expect(relativeDifference(a.values.storage, b.values.storage) < 1e-9)
    }
  }

  /// Ih takes away slow parts: the kernel's integral shrinks, and it undershoots.
  @Test func ihSpeedsUpTheCell() throws {
    let (passive, _) = try kernels([leak])
    let (active, _) = try kernels([leak, ih(5e-3, .quasiActive)])
    let (a, b) = (active[1].values.row(2), passive[1].values.row(2))
    #expect(abs(a.reduce(0, +)) < abs(b.reduce(0, +)))
    #expect(try #require(active[1].errorEstimate) < 1e-9)
  }

  @Test func exactAgreesWithStepsInTheLimit() throws {
    let membrane = [leak, ih(5e-3, .quasiActive)]
    func difference(_ dt: Double) throws -> Double {
      var network = try readmeNetwork(
        settings: KernelSettings(dt: dt, tau: 40, delays: .rounded))
      for i in network.connections.indices { network.connections[i].delay = try .constant(1) }
      network.cells["pyramidal"]?.membrane = membrane
      let exact = try KernelEngine(network).kernels()[3].values
      network.settings.solver = .backwardEuler
      let steps = try KernelEngine(network).kernels()[3].values
      return (exact - steps).maximumMagnitude / exact.maximumMagnitude
    }
    let (coarse, fine) = (try difference(0.125), try difference(0.03125))
    #expect(fine < coarse / 3)
    #expect(fine < 0.03)
  }

  /// Densities over path distance: the sum over the cell of what each compartment gets.
  @Test func densitiesOverDistance() throws {
    func leaks(_ density: ConductanceDensity) throws -> [Double] {
      let entries = [
        MembraneEntry(.passive(density), sections: ["apic"]),
        MembraneEntry(.passive(conductance: 1e-4), sections: ["soma", "dend"]),
      ]
      return Array(try kernels(entries).1.cellSummaries[0].leak.suffix(21))
    }
    // Centres of 21 compartments of the apical dendrite, which begins 15 um from the soma's middle.
    let distances = (0..<21).map { 15 + 1000 * (Double($0) + 0.5) / 21 }
    let linear = try leaks(.linear(g: 1e-4, slope: 1e-7))
    #expect(relativeDifference(linear, distances.map { 1e-4 + 1e-7 * $0 }) < 1e-12)
    let step = try leaks(.step(inside: 2e-4, outside: 1e-5, from: 300, to: 500))
    #expect(step == distances.map { $0 >= 300 && $0 < 500 ? 2e-4 : 1e-5 })
    let relative = try leaks(
      .exponential(g: 1e-4, offset: -0.5, amplitude: 2, length: 0.4, relative: true))
    #expect(
      relativeDifference(
        relative, distances.map { 1e-4 * (-0.5 + 2 * exp($0 / 1015 / 0.4)) }) < 1e-12)
  }

  @Test func errors() throws {
    func message(_ membrane: [MembraneEntry], vrest: Double = -65) throws -> String {
      do {
        _ = try kernels(membrane, vrest: vrest)
        return "no error"
      } catch let error as NetworkError {
        return error.description
      }
    }
    let sodium = MembraneEntry(
      .channel(PublishedChannel.naTa.channel(), .quasiActive, .constant(2)), sections: ["soma"])
    #expect(
      try message([leak, sodium], vrest: -50).hasPrefix(
        "cells.pyramidal.membrane: the linearised cell is unstable at -50.0 mV: NaTa_t in 'soma[0]'"
      ))
    let falling = MembraneEntry(.passive(.linear(g: 1e-4, slope: -1e-6)))
    #expect(try message([falling]).contains("g is -"))
    #expect(try message([falling]).contains("um from the soma, in section 'dend[0]'"))
    #expect(
      try message([leak, MembraneEntry(ih(1, .frozen).mechanism, sections: ["axon"])])
        == "cells.pyramidal.membrane.sections: the cell has no section 'axon'")
  }
}
