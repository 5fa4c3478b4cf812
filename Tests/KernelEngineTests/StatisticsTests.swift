import CableTheory
import CellMorphology
import Distributions
import Foundation
import Testing

@testable import KernelEngine

@Suite("From statistics to synapses")
struct StatisticsTests {
  private func cell(_ change: (inout Network) throws -> Void = { _ in }) throws -> PostsynapticCell
  {
    var network = try readmeNetwork(settings: KernelSettings(average: .separate))
    try change(&network)
    var stages = KernelStages()
    return try PostsynapticCell(
      network.populations[0], try #require(network.populations[0].postsynaptic), in: network,
      stages: &stages)
  }

  @Test func degreesFromProbabilitySynapsesAndIndegree() throws {
    let statistics = try cell().statistics
    let multapses = 2.0051531710246384
    #expect(abs(statistics[0].synapses / (0.05 * 8192 * 8192 * multapses) - 1) < 1e-13)
    #expect(abs(statistics[1].indegree / (0.05 * 1024 * 5.000059153356115) - 1) < 1e-13)
    let synapses = try cell { $0.connections[1].connectivity = .synapses(81920) }.statistics[1]
    #expect(synapses.indegree == 10 && synapses.outdegree == 80)
    #expect(synapses.multapseMean == nil)
    let indegree = try cell { $0.connections[1].connectivity = .indegree(10) }.statistics[1]
    #expect(indegree.synapses == 81920 && indegree.outdegree == 80)
  }

  @Test func discreteMultapsesHaveTheirMean() throws {
    let statistics = try cell {
      $0.connections[0].connectivity = .probability(1, multapses: try .poisson(mu: 3, loc: 1))
    }.statistics[0]
    #expect(abs(try #require(statistics.multapseMean) - 4) < 1e-13)
  }

  /// Probabilities sum to 1, respect sections and range, and go with area where no depth is given.
  @Test func placement() throws {
    let cell = try cell()
    let compartments = cell.compartments
    let somata = try #require(cell.population.postsynaptic).somata
    func probabilities(_ placement: SynapsePlacement) throws -> [Double] {
      try #require(
        PlacedSynapses(
          placement, on: compartments, somata: somata, smeared: true, connection: 0
        ).probabilities(movedBy: 0))
    }
    let byArea = try probabilities(SynapsePlacement(sections: ["apic"]))
    #expect(byArea.prefix(6).allSatisfy { $0 == 0 })
    #expect(abs(byArea.reduce(0, +) - 1) < 1e-14)
    #expect(
      relativeDifference(Array(byArea.suffix(21)), Array(repeating: 1 / 21, count: 21)) < 1e-13)

    let uniform = try probabilities(
      SynapsePlacement(depth: [.init(try .uniform(loc: 100, scale: 300))], zRange: 0...500))
    // A uniform density smeared by the somata's normal spread, in closed form.
    let expected = (0..<compartments.count).map { i -> Double in
      let z = compartments.midpointZ(i)
      guard (0...500).contains(z) else { return 0 }
      func phi(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }
      return compartments.area[i] * (phi((z - 100) / 75) - phi((z - 400) / 75))
    }
    let sum = expected.reduce(0, +)
    #expect(relativeDifference(uniform, expected.map { $0 / sum }) < 1e-10)
    #expect(abs(uniform.reduce(0, +) - 1) < 1e-14)
  }

  /// The leak adds 0.1 rho |w| beta nu / area of every population and of the external input.
  @Test func effectiveLeak() throws {
    let both = try cell().summary
    let external = try cell { $0.connections.removeAll() }.summary
    let area = external.area
    // beta of exp2 by direct integration.
    let course = SynapticTimeCourse.exp2(tau1: 0.2, tau2: 1.8)
    let beta = stride(from: 0.0, to: 40, by: 1e-3).reduce(0) { $0 + 1e-3 * course.value(at: $1) }
    let expected = 3e-4 + 0.1 * 450 * 0.0002 * 40 * beta / area
    #expect(
      relativeDifference(external.effectiveLeak, Array(repeating: expected, count: 27)) < 1e-6)
    #expect(zip(both.effectiveLeak, external.effectiveLeak).allSatisfy { $0 >= $1 })
    #expect(both.leak == Array(repeating: 3e-4, count: 27))
    let none = try cell { $0.populations[0].postsynaptic?.effectiveLeak = false }.summary
    #expect(none.effectiveLeak == none.leak)
  }

  /// Weights of conductance-based synapses go with the driving force at each compartment.
  @Test func drivingForce() throws {
    let base = try cell().drives[1].drive.weights[0]
    let shifted = try cell {
      $0.cells["pyramidal"]?.restingPotential = .sections(
        SectionValues(-65, bySection: ["apic": -80]))
    }.drives[1].drive.weights[0]
    #expect(shifted.prefix(6).elementsEqual(base.prefix(6)))
    #expect(shifted.suffix(21).allSatisfy { $0 == 0 }, "inhibition reverses at -80 mV")
    #expect(base.allSatisfy { $0 <= 0 })
    let current = try cell {
      $0.populations[0].postsynaptic?.effectiveLeak = nil
      for i in $0.connections.indices {
        $0.connections[i].synapse.strength = .current(weight: 0.05)
      }
      $0.populations[0].postsynaptic?.external = []
    }
    let sum = current.drives[1].drive.weights[0].reduce(0, +)
    #expect(abs(sum / (0.05 * current.statistics[1].outdegree) - 1) < 1e-13)
    #expect(current.summary.effectiveLeak == current.summary.leak)
  }

  @Test func timeCoursesPeakAtOne() {
    let courses: [SynapticTimeCourse] = [
      .exp2(tau1: 0.2, tau2: 1.8), .exp2(tau1: 1, tau2: 1), .exp2(tau1: 1, tau2: 1 + 1e-12),
      .exp2(tau1: 0.05, tau2: 500), .alpha(tau: 2), .exp(tau: 3),
    ]
    for course in courses {
      var (peak, sum) = (0.0, 0.0)
      let step = 1e-3
      for n in 0..<200_000 {
        let value = course.value(at: Double(n) * step)
        peak = max(peak, value)
        sum += value * step
      }
      #expect(abs(peak - 1) < 1e-4, "\(course)")
      if course.integral < 10 { #expect(abs(sum / course.integral - 1) < 1e-2, "\(course)") }
      #expect(course.value(at: -1) == 0)
    }
    #expect(abs(SynapticTimeCourse.exp2(tau1: 1, tau2: 1).integral - Foundation.exp(1)) < 1e-14)
  }
}
