extension Distribution {
  private static let catalogue: [(name: String, parameters: [DistributionParameter])] = [
    ("norm", [.loc, .scale]),
    (
      "truncnorm",
      [
        .number("a", -.infinity), .number("b", .infinity),
        .value("low", -.infinity), .value("high", .infinity), .loc, .scale,
      ]
    ),
    ("uniform", [.loc, .scale]),
    ("lognorm", [.number("s"), .loc, .scale]),
    ("expon", [.loc, .scale]),
    ("gamma", [.number("a"), .loc, .scale]),
    ("poisson", [.number("mu"), .loc]),
    ("randint", [.value("low"), .value("high"), .loc]),
    ("binom", [.number("n"), .number("p"), .loc]),
    ("constant", [.value("value")]),
  ]

  /// The names of all distributions.
  public static let names: [String] = catalogue.map(\.name)

  /// The parameters of a distribution, in scipy's order; `nil` if there is none of this name.
  public static func parameters(ofDistribution name: String) -> [DistributionParameter]? {
    catalogue.first { $0.name == name }?.parameters
  }

  /// A distribution by its name and the values of its parameters, as a description file has them.
  ///
  /// Left out, `loc` is 0 and `scale` is 1. A `truncnorm` has `a` and `b` or `low` and `high`,
  /// not both; the one of a pair that is left out is infinite.
  /// - Parameters:
  ///   - name: one of `names`.
  ///   - given: values by parameter name, those with a unit in the variable's unit.
  /// - Throws: what is wrong with the first name or value that is; names come first.
  public init(name: String, parameters given: [String: Double]) throws(DistributionError) {
    guard let known = Self.parameters(ofDistribution: name) else {
      throw .unknownDistribution(name: name, known: Self.names)
    }
    let allowed = known.map(\.name)
    if let stranger = given.keys.sorted().first(where: { !allowed.contains($0) }) {
      throw .unknownParameter(distribution: name, parameter: stranger, allowed: allowed)
    }
    var values: [String: Double] = [:]
    for parameter in known {
      guard let value = given[parameter.name] ?? parameter.defaultValue else {
        throw .missingParameter(
          distribution: name, parameter: parameter.name, allowed: allowed)
      }
      values[parameter.name] = value
    }
    if name == "truncnorm" {
      self = try Self.truncnorm(given, values, allowed)
    } else {
      self = try Self.named(name) { values[$0, default: .nan] }
    }
  }

  private static func named(
    _ name: String, _ value: (String) -> Double
  ) throws(DistributionError) -> Distribution {
    let loc = value("loc")
    let scale = value("scale")
    switch name {
    case "norm": return try norm(loc: loc, scale: scale)
    case "uniform": return try uniform(loc: loc, scale: scale)
    case "lognorm": return try lognorm(s: value("s"), loc: loc, scale: scale)
    case "expon": return try expon(loc: loc, scale: scale)
    case "gamma": return try gamma(a: value("a"), loc: loc, scale: scale)
    case "poisson": return try poisson(mu: value("mu"), loc: loc)
    case "randint": return try randint(low: value("low"), high: value("high"), loc: loc)
    case "binom": return try binom(n: value("n"), p: value("p"), loc: loc)
    case "constant": return try constant(value("value"))
    default: throw .unknownDistribution(name: name, known: names)
    }
  }

  private static func truncnorm(
    _ given: [String: Double], _ values: [String: Double], _ allowed: [String]
  ) throws(DistributionError) -> Distribution {
    func value(_ name: String) -> Double { values[name, default: .nan] }
    let standard = ["a", "b"].filter { given[$0] != nil }
    let own = ["low", "high"].filter { given[$0] != nil }
    if !standard.isEmpty && !own.isEmpty {
      throw .conflictingParameters(
        distribution: "truncnorm", parameters: standard + own,
        allowed: "give its limits as a and b (in standard deviations from loc) or as low and high")
    }
    if standard.isEmpty && own.isEmpty {
      throw .missingParameter(
        distribution: "truncnorm", parameter: "a, b, low or high", allowed: allowed)
    }
    if own.isEmpty {
      return try truncnorm(
        a: value("a"), b: value("b"), loc: value("loc"), scale: value("scale"))
    }
    return try truncnorm(
      low: value("low"), high: value("high"), loc: value("loc"), scale: value("scale"))
  }
}
