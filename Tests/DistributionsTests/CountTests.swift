import Testing

@testable import Distributions

@Suite struct CountTests {
  /// Values of LFPykernels's rule, computed with scipy.
  @Test func multapsesOfTheReference() throws {
    let excitatory = try Distribution.truncnorm(
      a: -1.6666666666666667, b: 13.333333333333334, loc: 2, scale: 0.6)
    #expect(relativeError(try excitatory.meanOfCounts(), 2.0051531710246384) < 1e-13)
    let inhibitory = try Distribution.truncnorm(
      a: -3.6363636363636362, b: 4.545454545454545, loc: 5, scale: 1.1)
    #expect(relativeError(try inhibitory.meanOfCounts(), 5.000059153356115) < 1e-13)
    let wide = try Distribution.truncnorm(a: -0.2, b: 1.6, loc: 2, scale: 5)
    #expect(relativeError(try wide.meanOfCounts(), 4.511453942580074) < 1e-13)
  }

  @Test func limitsInTheVariablesUnitIncludeTheirEnds() throws {
    let excitatory = try Distribution.truncnorm(low: 1, high: 10, loc: 2, scale: 0.6)
    #expect(relativeError(try excitatory.meanOfCounts(), 2.0051531710246384) < 1e-13)
    let inhibitory = try Distribution.truncnorm(low: 1, high: 10, loc: 5, scale: 1.1)
    #expect(relativeError(try inhibitory.meanOfCounts(), 5.000059153356115) < 1e-13)
    let tenths = try Distribution.truncnorm(low: 0.1, high: 0.3, loc: 0.7, scale: 0.1)
    #expect(tenths.density(at: 0.1) > 0)
    #expect(tenths.density(at: 0.3) > 0)
    #expect(tenths.density(at: 0.1.nextDown.nextDown.nextDown.nextDown) == 0)
    #expect(tenths.density(at: 0.3.nextUp.nextUp.nextUp.nextUp) == 0)
  }

  @Test func discreteAndConstantGiveTheirMean() throws {
    #expect(try Distribution.poisson(mu: 2.5, loc: 1).meanOfCounts() == 3.5)
    #expect(try Distribution.randint(low: 1, high: 4).meanOfCounts() == 2)
    #expect(try Distribution.binom(n: 10, p: 0.25).meanOfCounts() == 2.5)
    #expect(try Distribution.constant(3.25).meanOfCounts() == 3.25)
  }

  @Test func whatCannotGiveCountsIsRefused() throws {
    let between = try Distribution.uniform(loc: 1.25, scale: 0.5)
    #expect(throws: DistributionError.noDensityAtCounts(distribution: between.description)) {
      try between.meanOfCounts()
    }
    #expect(throws: DistributionError.self) {
      try Distribution.norm(loc: -500, scale: 1).meanOfCounts()
    }
    let zero = try Distribution.constant(0)
    let error = #expect(throws: DistributionError.self) { try zero.meanOfCounts() }
    #expect(
      error?.description
        == "constant(value=0.0) cannot give counts: its mean is 0.0, but a mean count must be above 0"
    )
    #expect(throws: DistributionError.self) {
      try Distribution.poisson(mu: 1, loc: -2).meanOfCounts()
    }
  }

  @Test func atomsHoldAllProbability() throws {
    let distributions = [
      try Distribution.poisson(mu: 0), try .poisson(mu: 0.001), try .poisson(mu: 3.5, loc: -2),
      try .poisson(mu: 1e4), try .binom(n: 0, p: 0.5), try .binom(n: 7, p: 0),
      try .binom(n: 7, p: 1, loc: 2), try .binom(n: 40, p: 0.3),
      try .binom(n: 1_000_000, p: 0.001), try .randint(low: -3, high: 9), try .constant(1.5),
    ]
    for distribution in distributions {
      let atoms = distribution.atoms
      let total = atoms.reduce(0) { $0 + $1.probability }
      let mean = atoms.reduce(0) { $0 + $1.probability * $1.value }
      let deviation = distribution.standardDeviation
      #expect(abs(total - 1) < 1e-12, "\(distribution): \(total)")
      #expect(abs(mean - distribution.mean) < 1e-11 * (abs(mean) + 1), "\(distribution)")
      #expect(distribution.isDiscrete)
      #expect(Double(atoms.count) <= 20 * deviation + 30)
      if let first = atoms.first, let last = atoms.last {
        #expect(distribution.probability(from: last.value, to: .infinity) <= 1e-17)
        #expect(distribution.probability(from: -.infinity, to: first.value - 1) <= 1e-17)
      }
    }
    #expect(try Distribution.norm().atoms.isEmpty)
  }
}
