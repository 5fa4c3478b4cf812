import Testing

@testable import Distributions

@Suite struct ScipyTests {
  @Test(arguments: Distribution.names.filter { $0 != "constant" })
  func agreesWithScipy(name: String) throws {
    let cases = try Reference.scipy.get().cases.filter { $0.name == name }
    #expect(cases.count >= 3)
    var worst = 0.0
    for reference in cases {
      let distribution = try Distribution(name: name, parameters: reference.parameters)
      func check(_ value: Double, _ expected: Double, _ what: String, allowed: Double = 0) {
        let error = max(abs(value - expected) - allowed, 0)
        let relative = abs(expected) < 1e-290 ? error : error / abs(expected)
        worst = max(worst, relative)
        #expect(
          relative <= 1e-12,
          "\(distribution) \(what): \(value), expected \(expected): \(relative)")
      }
      let deviation = distribution.standardDeviation
      check(distribution.mean, reference.mean, "mean", allowed: 1e-15 * deviation)
      check(deviation, reference.standardDeviation, "standard deviation")
      for point in reference.points {
        let density =
          distribution.isDiscrete
          ? distribution.probability(of: Int(point.x)) : distribution.density(at: point.x)
        // what two units of rounding in x - loc change, in steep places more than 1e-12
        let loc = reference.parameters["loc"] ?? 0
        let moved =
          distribution.isDiscrete ? 0 : 2 * max(abs(point.x), abs(loc)).ulp * point.pdf
        check(density, point.pdf, "density at \(point.x)")
        check(
          distribution.cumulative(at: point.x), point.below, "P(X ≤ \(point.x))", allowed: moved)
        check(
          distribution.probability(from: -.infinity, to: point.x), point.below,
          "P(-∞ < X ≤ \(point.x))", allowed: moved)
        check(
          distribution.probability(from: point.x, to: .infinity), point.above,
          "P(X > \(point.x))", allowed: moved)
      }
    }
    #expect(worst <= 1e-12, "worst relative error of \(name): \(worst)")
  }
}
