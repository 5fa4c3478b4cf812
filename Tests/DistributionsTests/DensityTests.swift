import Testing

@testable import Distributions

@Suite struct DensityTests {
  /// The integral of the density over intervals is what the cumulative distribution says.
  @Test func densityIntegratesToItsProbability() throws {
    let distributions = [
      try Distribution.norm(loc: -75, scale: 75), try .truncnorm(a: -2.2, loc: 1.2, scale: 0.6),
      try .truncnorm(low: 1, high: 10, loc: 5, scale: 1.1), try .truncnorm(a: 20, b: 25),
      try .uniform(loc: 2, scale: 3), try .expon(loc: -1, scale: 0.25),
      try .lognorm(s: 0.5, scale: 2), try .lognorm(s: 4), try .gamma(a: 0.2, scale: 3),
      try .gamma(a: 1), try .gamma(a: 7.5, loc: 2), try .gamma(a: 1e5),
    ]
    for distribution in distributions {
      guard case .continuous(let law) = distribution.kind else { continue }
      let panels = ResolvedPanels(law)
      var total = panels.poles.reduce(0) { $0 + $1.probability }
      for (low, high) in zip(panels.edges, panels.edges.dropFirst()) {
        let piece = GaussLegendre.twenty.integral(from: low, to: high, distribution.density(at:))
        #expect(abs(piece - distribution.probability(from: low, to: high)) < 1e-12)
        total += piece
      }
      #expect(abs(total - 1) < 2e-12, "\(distribution): \(total)")
      #expect(panels.edges.count < 400, "\(distribution): \(panels.edges.count)")
    }
  }

  @Test func momentsAreThoseOfTheDensity() throws {
    for distribution in [
      try Distribution.truncnorm(a: -0.2, b: 1.6, loc: 2, scale: 5), try .truncnorm(a: 12, b: 12.1),
      try .gamma(a: 2.5, loc: 1, scale: 3), try .lognorm(s: 0.7, loc: -2),
      try .uniform(loc: 3, scale: 2), try .expon(scale: 4),
    ] {
      guard case .continuous(let law) = distribution.kind else { continue }
      let edges = ResolvedPanels(law).edges
      func integral(_ f: (Double) -> Double) -> Double {
        zip(edges, edges.dropFirst()).reduce(0) { sum, panel in
          sum
            + GaussLegendre.twenty.integral(from: panel.0, to: panel.1) {
              f($0) * distribution.density(at: $0)
            }
        }
      }
      let mean = integral { $0 }
      let variance = integral { ($0 - mean) * ($0 - mean) }
      #expect(relativeError(mean, distribution.mean) < 1e-11)
      #expect(relativeError(variance.squareRoot(), distribution.standardDeviation) < 1e-11)
    }
  }

  @Test func outsideTheSupportThereIsNothing() throws {
    let uniform = try Distribution.uniform(loc: 2, scale: 3)
    #expect(uniform.support == 2...5)
    #expect(uniform.density(at: 2) == 1 / 3.0)
    #expect(uniform.density(at: 5) == 1 / 3.0)
    #expect(uniform.density(at: 1.999) == 0)
    #expect(uniform.density(at: 5.001) == 0)
    #expect(uniform.cumulative(at: 7) == 1)
    #expect(uniform.probability(from: 6, to: 7) == 0)
    #expect(uniform.probability(from: 4, to: 3) == 0)
    let expon = try Distribution.expon(loc: 1)
    #expect(expon.density(at: 0.999) == 0)
    #expect(expon.density(at: 1) == 1)
    #expect(expon.cumulative(at: 0) == 0)
    let half = try Distribution.truncnorm(a: -2.2)
    #expect(half.support == -2.2 ... .infinity)
    #expect(half.cumulative(at: .infinity) == 1)
    #expect(half.density(at: .infinity) == 0)
    #expect(try Distribution.lognorm(s: 1).density(at: 0) == 0)
    #expect(try Distribution.gamma(a: 0.5).density(at: 0) == .infinity)
    #expect(try Distribution.gamma(a: 1).density(at: 0) == 1)
    #expect(try Distribution.gamma(a: 2).density(at: 0) == 0)
    #expect(try Distribution.poisson(mu: 3).probability(of: .min) == 0)
    #expect(try Distribution.poisson(mu: 3).probability(of: .max) == 0)
    #expect(try Distribution.norm().probability(of: 0) == 0)
  }

  @Test func notANumberStaysNotANumber() throws {
    for distribution in [
      try Distribution.norm(), try .truncnorm(a: -1), try .uniform(), try .lognorm(s: 1),
      try .expon(), try .gamma(a: 2), try .poisson(mu: 2), try .randint(low: 0, high: 2),
      try .binom(n: 2, p: 0.5), try .constant(2),
    ] {
      #expect(distribution.density(at: .nan).isNaN)
      #expect(distribution.cumulative(at: .nan).isNaN)
      #expect(distribution.probability(from: .nan, to: 1).isNaN)
      #expect(distribution.probability(from: 0, to: .nan).isNaN)
    }
  }

  @Test func narrowIntervalsKeepTheirDigits() throws {
    // to first order density · width; the next term is below 1e-13 at these widths
    let width = 0x1p-30
    for (distribution, x) in [
      (try Distribution.norm(), 20.0), (try .gamma(a: 3), 30), (try .gamma(a: 50), 20),
      (try .expon(), 20), (try .truncnorm(a: 10), 12), (try .lognorm(s: 0.5), 40),
    ] {
      let middle = distribution.density(at: x + 0.5 * width) * width
      #expect(relativeError(distribution.probability(from: x, to: x + width), middle) < 1e-13)
    }
  }

  @Test func discreteProbabilitiesAddUp() throws {
    let poisson = try Distribution.poisson(mu: 400, loc: 2)
    let sum = (300...500).reduce(0) { $0 + poisson.probability(of: $1) }
    #expect(relativeError(poisson.probability(from: 299.5, to: 500.5), sum) < 1e-13)
    #expect(relativeError(poisson.probability(from: 299, to: 500), sum) < 1e-13)
    #expect(poisson.cumulative(at: 1.5) == 0)
    #expect(poisson.density(at: 400) == 0)
    let constant = try Distribution.constant(2.5)
    #expect(constant.cumulative(at: 2.4) == 0)
    #expect(constant.cumulative(at: 2.5) == 1)
    #expect(constant.probability(from: 2.5, to: 3) == 0)
    #expect(constant.probability(from: 2, to: 2.5) == 1)
    #expect(constant.standardDeviation == 0)
  }
}
