import Testing

@testable import Distributions

@Suite struct ParameterTests {
  private func message(_ name: String, _ parameters: [String: Double]) -> String? {
    do {
      _ = try Distribution(name: name, parameters: parameters)
      return nil
    } catch {
      return error.description
    }
  }

  @Test func unknownNames() {
    #expect(
      message("normal", [:])
        == "unknown distribution 'normal'; known are norm, truncnorm, uniform, lognorm, expon, "
        + "gamma, poisson, randint, binom, constant")
    #expect(
      message("norm", ["mean": 1, "sd": 2]) == "norm has no parameter 'mean'; it has loc, scale")
    #expect(
      message("lognorm", ["scale": 2]) == "lognorm needs the parameter s; it has s, loc, scale")
    #expect(message("constant", [:]) == "constant needs the parameter value; it has value")
    #expect(
      message("truncnorm", ["loc": 2])
        == "truncnorm needs the parameter a, b, low or high; it has a, b, low, high, loc, scale")
    #expect(
      message("truncnorm", ["a": 0, "high": 2])
        == "truncnorm cannot have a, high together; give its limits as a and b (in standard "
        + "deviations from loc) or as low and high")
  }

  struct InvalidValue: Sendable {
    let name: String
    let parameters: [String: Double]
    let message: String

    init(_ name: String, _ parameters: [String: Double], _ message: String) {
      self.name = name
      self.parameters = parameters
      self.message = message
    }
  }

  static let invalid: [InvalidValue] = [
    InvalidValue(
      "norm", ["scale": 0.0], "norm: scale is 0.0, but scale must be above 0 and finite"),
    InvalidValue(
      "norm", ["scale": -1.0], "norm: scale is -1.0, but scale must be above 0 and finite"),
    InvalidValue(
      "norm", ["scale": .nan], "norm: scale is nan, but scale must be above 0 and finite"),
    InvalidValue(
      "norm", ["scale": .infinity], "norm: scale is inf, but scale must be above 0 and finite"),
    InvalidValue("norm", ["loc": .nan], "norm: loc is nan, but loc must be finite"),
    InvalidValue("expon", ["loc": -.infinity], "expon: loc is -inf, but loc must be finite"),
    InvalidValue(
      "uniform", ["loc": 1e20],
      "uniform: scale is 1.0, but scale must not vanish against loc, which is 1e+20, nor overflow"
    ),
    InvalidValue("lognorm", ["s": 0.0], "lognorm: s is 0.0, but s must be above 0 and finite"),
    InvalidValue(
      "gamma", ["a": -2.0], "gamma: a is -2.0, but a must be above 0 and at most 1000000000.0"),
    InvalidValue(
      "poisson", ["mu": -0.5],
      "poisson: mu is -0.5, but mu must be at least 0.0 and at most 1000000000.0"
    ),
    InvalidValue(
      "poisson", ["mu": .nan],
      "poisson: mu is nan, but mu must be at least 0.0 and at most 1000000000.0"
    ),
    InvalidValue(
      "poisson", ["mu": 1.0, "loc": 0.5],
      "poisson: loc is 0.5, but loc must be a whole number between -1000000000000000.0 and "
        + "1000000000000000.0"
    ),
    InvalidValue(
      "randint", ["low": 3.0, "high": 3.0],
      "randint: low is 3.0, but low must be below high, which is 3.0"
    ),
    InvalidValue(
      "randint", ["low": .infinity, "high": 3.0],
      "randint: low is inf, but low must be a whole number between -1000000000000000.0 and "
        + "1000000000000000.0"
    ),
    InvalidValue(
      "binom", ["n": 3.0, "p": 1.5], "binom: p is 1.5, but p must be at least 0.0 and at most 1.0"
    ),
    InvalidValue(
      "binom", ["n": 3.5, "p": 0.5],
      "binom: n is 3.5, but n must be a whole number between -1000000000000000.0 and "
        + "1000000000000000.0"
    ),
    InvalidValue("constant", ["value": .nan], "constant: value is nan, but value must be finite"),
    InvalidValue("truncnorm", ["a": .nan], "truncnorm: a is nan, but a must be a number"),
    InvalidValue("truncnorm", ["b": .nan], "truncnorm: b is nan, but b must be a number"),
    InvalidValue(
      "truncnorm", ["a": 2.0, "b": 1.0],
      "truncnorm: a is 2.0, but a must be below b, which is 1.0"
    ),
    InvalidValue(
      "truncnorm", ["low": 2.0, "high": 2.0],
      "truncnorm: low is 2.0, but low must be below high, which is 2.0"
    ),
    InvalidValue(
      "truncnorm", ["low": 50.0],
      "truncnorm: no probability between 50.0 and inf; limits must enclose some of the normal "
        + "distribution of mean 0.0 and standard deviation 1.0, which ends some 38 standard "
        + "deviations from its mean"
    ),
  ]

  @Test(arguments: invalid)
  func invalidValues(_ given: InvalidValue) {
    #expect(message(given.name, given.parameters) == given.message)
  }

  @Test func extremeValuesNeitherTrapNorHang() throws {
    for name in Distribution.names {
      let parameters = Distribution.parameters(ofDistribution: name) ?? []
      for value in [
        0, 1, -1, 0.5, 1e-300, 1e300, -1e300, 1e9, 1e15, 40, .nan, .infinity, -.infinity,
      ] {
        for other in [0.5, 1, 3, 1e9] {
          for chosen in parameters.indices {
            var values: [String: Double] = [:]
            for (i, parameter) in parameters.enumerated() {
              if i == chosen { values[parameter.name] = value }
              if i != chosen && parameter.isRequired { values[parameter.name] = other }
            }
            guard let made = try? Distribution(name: name, parameters: values) else { continue }
            #expect(!made.mean.isNaN)
            #expect(made.standardDeviation >= 0)
            #expect(made.density(at: 1) >= 0)
            #expect(made.probability(of: 1) >= 0)
            #expect(made.cumulative(at: made.mean) <= 1, "\(made)")
            #expect(made.cumulative(at: .infinity) == 1)
            #expect(made.probability(from: 0, to: 5) <= 1)
            _ = try? made.meanOfCounts()
            // sums over 1e6 atoms are for release builds
            guard made.standardDeviation < 1e4 || !made.isDiscrete else { continue }
            _ = try? SmearedDensity(made, smearedBy: .norm())(1)
            _ = try? SmearedDensity(.uniform(), smearedBy: made)(1)
          }
        }
      }
    }
  }

  @Test func defaultsAreThoseOfScipy() throws {
    #expect(try Distribution(name: "norm", parameters: [:]) == .norm(loc: 0, scale: 1))
    #expect(try Distribution(name: "expon", parameters: ["scale": 2]) == .expon(scale: 2))
    #expect(
      try Distribution(name: "truncnorm", parameters: ["a": -2.2]) == .truncnorm(a: -2.2))
    #expect(
      try Distribution(name: "truncnorm", parameters: ["high": 2, "loc": 1])
        == .truncnorm(high: 2, loc: 1))
    #expect(try Distribution.norm(loc: 1) != .norm(loc: 2))
  }

  @Test func parametersMakeTheSameDistributionAgain() throws {
    for distribution in [
      try Distribution.norm(loc: 2, scale: 3), try .truncnorm(a: -1.7, b: 3, loc: 0.1, scale: 0.3),
      try .truncnorm(low: 0.3, loc: 1.2, scale: 0.6), try .uniform(loc: 1, scale: 2),
      try .lognorm(s: 0.5, scale: 3), try .expon(loc: 1), try .gamma(a: 2, scale: 4),
      try .poisson(mu: 2, loc: 1), try .randint(low: 1, high: 5), try .binom(n: 4, p: 0.25),
      try .constant(7),
    ] {
      let values = Dictionary(uniqueKeysWithValues: distribution.parameters.map { ($0.0, $0.1) })
      #expect(try Distribution(name: distribution.name, parameters: values) == distribution)
    }
    #expect(try Distribution.norm(scale: 75).description == "norm(loc=0.0, scale=75.0)")
  }

  @Test func whatCarriesTheUnit() throws {
    func withUnit(_ name: String) -> [String] {
      (Distribution.parameters(ofDistribution: name) ?? []).filter(\.hasUnitOfVariable).map(\.name)
    }
    #expect(withUnit("truncnorm") == ["low", "high", "loc", "scale"])
    #expect(withUnit("lognorm") == ["loc", "scale"])
    #expect(withUnit("gamma") == ["loc", "scale"])
    #expect(withUnit("poisson") == ["loc"])
    #expect(withUnit("constant") == ["value"])
    #expect(Distribution.parameters(ofDistribution: "beta") == nil)
    let required = Distribution.parameters(ofDistribution: "binom")?.filter(\.isRequired)
    #expect(required?.map(\.name) == ["n", "p"])
  }
}
