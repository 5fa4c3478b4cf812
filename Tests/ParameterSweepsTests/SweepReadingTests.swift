import Foundation
import KernelFiles
import LFPKernels
import Testing

@testable import ParameterSweeps

/// Which points a description of a sweep comes to.
@Suite struct SweepReadingTests {
  @Test func axesAreInOrderOfTheFile() throws {
    let sweep = try smallSweep(
      """
        parameters:
          w: {key: "connections[E->E].synapse.exp2.weight", values: [0.1 nS, 0.0002]}
          populations.E.rate: {linspace: {from: 1, to: 3, count: 3}}
          scaled: w * 1e4
          connections[I->E].synapse.alpha.weight: {expression: scaled ^ 2 + 1}
        zip:
          - {time.dt: [0.5, 0.25], cells.stick.cm: [1, 2]}

      """)
    #expect(sweep.pointCount == 12)
    #expect(
      sweep.parameterNames == [
        "w", "populations.E.rate", "scaled", "connections[I->E].synapse.alpha.weight", "time.dt",
        "cells.stick.cm",
      ])
    #expect(sweep.values(ofPoint: 0) == [1e-4, 1, 1, 2, 0.5, 1])
    #expect(sweep.values(ofPoint: 11) == [2e-4, 3, 2, 5, 0.25, 2])
    #expect(sweep.values(ofPoint: 3) == [1e-4, 2, 1, 2, 0.25, 2])
    let network = try sweep.network(atPoint: 11)
    #expect(network.settings.dt == 0.25 && network.populations[0].rate == 3)
    #expect(network.cells["stick"]?.capacitance == SectionValues(2))
    #expect(network.connections[1].synapse.strength == .conductance(weight: 5, reversal: -80))
  }

  @Test func spacings() throws {
    let sweep = try smallSweep(
      """
        parameters:
          a: {linspace: {from: 0, to: 1, count: 5}}
        zip:
          b: {logspace: {from: -2, to: 2, count: 3}}
          c: {geomspace: {from: 1, to: 16, count: 3}}

      """)
    #expect((0..<5).map { sweep.values(ofPoint: 3 * $0)[0] } == [0, 0.25, 0.5, 0.75, 1])
    let b = (0..<3).map { sweep.values(ofPoint: $0)[1] }
    #expect(zip(b, [0.01, 1, 100]).allSatisfy { abs($0 / $1 - 1) < 1e-15 })
    #expect((0..<3).map { sweep.values(ofPoint: $0)[2] } == [1, 4, 16])
  }

  @Test func latinHypercubesFillEachRangeOnce() throws {
    let sweep = try smallSweep(
      """
        latin_hypercube:
          count: 37
          seed: 5
          parameters:
            populations.E.rate: {uniform: {scale: 37}}
            u: {uniform: {scale: 37}}

      """)
    for parameter in 0..<2 {
      let strata = (0..<37).map { Int(sweep.values(ofPoint: $0)[parameter]) }
      #expect(strata.sorted() == Array(0..<37) && strata != strata.sorted())
    }
  }

  /// Draws depend on seed, name and index only; their distribution is what is asked for.
  @Test func randomDraws() throws {
    func draws(_ count: Int, _ other: String = "") throws -> [Double] {
      let sweep = try smallSweep(
        """
          random:
            count: \(count)
            seed: 3
            parameters:
              \(other)
              x: {norm: {loc: 2, scale: 3}}

        """)
      let index = try #require(sweep.parameterNames.firstIndex(of: "x"))
      return (0..<count).map { sweep.values(ofPoint: $0)[index] }
    }
    let values = try draws(4000)
    #expect(try draws(100, "y: {poisson: {mu: 4}}") == Array(values[..<100]))
    // Four standard errors of the mean and of the variance.
    let mean = values.reduce(0, +) / 4000
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3999
    #expect(abs(mean - 2) < 4 * 3 / 4000.0.squareRoot())
    #expect(abs(variance / 9 - 1) < 4 * (2 / 4000.0).squareRoot())
    // The first outputs of SplitMix64 from state 1234567, as published with its source code.
    let first: [UInt64] = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]
    let stream = CounterBasedRandom(state: 1_234_567)
    #expect([stream.bits(at: 0), stream.bits(at: 1)] == first)
  }

  @Test(arguments: [
    "{norm: {loc: -1, scale: 2}}", "{uniform: {loc: 1, scale: 4}}", "{lognorm: {s: 0.5}}",
    "{gamma: {a: 2}}", "{expon: {scale: 3}}", "{truncnorm: {loc: 1, scale: 2, low: 0}}",
  ])
  func quantilesInvertTheDistribution(_ law: String) throws {
    let sweep = try smallSweep("  random: {count: 1, seed: 0, parameters: {x: \(law)}}\n")
    guard case .axis(_, .random(let distribution, _, _)) = sweep.parameters[0].source else {
      Issue.record("not random")
      return
    }
    for u in [1e-12, 0.01, 0.3, 0.5, 0.9, 0.999] {
      // As exact as the cumulative probability itself.
      #expect(abs(distribution.cumulative(at: distribution.quantile(u)) - u) < 1e-13)
    }
  }

  @Test func discreteQuantiles() throws {
    let poisson = try Distribution.poisson(mu: 3)
    for u in [0.01, 0.2, 0.5, 0.99] {
      let k = poisson.quantile(u)
      #expect(poisson.cumulative(at: k) >= u && poisson.cumulative(at: k - 1) < u)
    }
    #expect(try Distribution.randint(low: 2, high: 4).quantile(0.4) == 2)
    #expect(try Distribution.randint(low: 2, high: 4).quantile(0.6) == 3)
  }

  @Test func tablesGivePoints() throws {
    let directory = try ResultDirectory()
    let table = """
      # a comment
      populations.E.rate; weight
      2; 0.1 nS

      3; 2e-4

      """
    try Data(table.utf8).write(to: URL(fileURLWithPath: directory.path + "/points.csv"))
    try Data(smallNetwork.utf8).write(to: URL(fileURLWithPath: directory.path + "/net.yaml"))
    let description = """
      base: net.yaml
      sweep:
        table:
          file: points.csv
          columns: {populations.E.rate: populations.E.rate, weight: "connections[0].synapse.exp2.weight"}
      """
    try Data(description.utf8).write(to: URL(fileURLWithPath: directory.path + "/sweep.yaml"))
    let sweep = try Sweep.read(path: directory.path + "/sweep.yaml")
    #expect(sweep.pointCount == 2)
    #expect(sweep.values(ofPoint: 0) == [2, 1e-4] && sweep.values(ofPoint: 1) == [3, 2e-4])
  }

  /// Slow changes of what costs most, whatever the order in the file.
  @Test func pointsAreVisitedInOrderOfCost() throws {
    let sweep = try smallSweep(
      """
        parameters:
          connections[0].delay.truncnorm.loc: [1, 2]
          a: [1, 2]
          cells.stick.Ra: 100 * a
          populations.E.rate: [1, 2]

      """)
    let order = VisitingOrder(sweep).sorted(Array(0..<8))
    let values = order.map { sweep.values(ofPoint: $0) }
    #expect(values.map { $0[1] } == [1, 1, 1, 1, 2, 2, 2, 2])
    #expect(values.map { $0[3] } == [1, 1, 2, 2, 1, 1, 2, 2])
    #expect(values.map { $0[0] } == [1, 2, 1, 2, 1, 2, 1, 2])
  }
}
