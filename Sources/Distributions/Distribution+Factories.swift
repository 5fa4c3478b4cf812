extension Distribution {
  /// The normal distribution of mean `loc` and standard deviation `scale`.
  /// - Throws: `invalidValue` unless `loc` is finite and `scale` is above 0 and finite.
  public static func norm(
    loc: Double = 0, scale: Double = 1
  ) throws(DistributionError) -> Distribution {
    let check = ParameterCheck(distribution: "norm")
    try check.locationAndScale(loc, scale)
    return Distribution(law: .norm(NormalLaw(loc: loc, scale: scale)))
  }

  /// The normal distribution of mean `loc` and standard deviation `scale`, kept between
  /// loc + a·scale and loc + b·scale.
  ///
  /// - Parameters:
  ///   - a: the lower limit in standard deviations from `loc`, dimensionless; may be -∞.
  ///   - b: the upper limit in standard deviations from `loc`, dimensionless; may be ∞.
  ///   - loc: the mean before truncation, in the variable's unit.
  ///   - scale: the standard deviation before truncation, in the variable's unit.
  /// - Throws: `invalidValue` unless a < b, `emptyInterval` where the normal distribution holds
  ///   no probability between them that a `Double` could represent.
  public static func truncnorm(
    a: Double = -.infinity, b: Double = .infinity, loc: Double = 0, scale: Double = 1
  ) throws(DistributionError) -> Distribution {
    let check = ParameterCheck(distribution: "truncnorm")
    try check.locationAndScale(loc, scale)
    try check.ordered("a", a, "b", b)
    return try truncnorm(
      a: a, b: b, loc: loc, scale: scale, low: loc + a * scale, high: loc + b * scale,
      limitsInOwnUnit: false)
  }

  /// The normal distribution of mean `loc` and standard deviation `scale`, kept between `low` and
  /// `high`, all in the variable's unit.
  ///
  /// - Throws: `invalidValue` unless low < high, `emptyInterval` where the normal distribution
  ///   holds no probability between them that a `Double` could represent.
  public static func truncnorm(
    low: Double = -.infinity, high: Double = .infinity, loc: Double = 0, scale: Double = 1
  ) throws(DistributionError) -> Distribution {
    let check = ParameterCheck(distribution: "truncnorm")
    try check.locationAndScale(loc, scale)
    try check.ordered("low", low, "high", high)
    return try truncnorm(
      a: (low - loc) / scale, b: (high - loc) / scale, loc: loc, scale: scale, low: low,
      high: high, limitsInOwnUnit: true)
  }

  private static func truncnorm(
    a: Double, b: Double, loc: Double, scale: Double, low: Double, high: Double,
    limitsInOwnUnit: Bool
  ) throws(DistributionError) -> Distribution {
    let law = TruncatedNormalLaw(
      a: a, b: b, loc: loc, scale: scale, low: low, high: high, limitsInOwnUnit: limitsInOwnUnit)
    guard let law else {
      throw .emptyInterval(
        distribution: "truncnorm", low: low, high: high,
        allowed: "limits must enclose some of the normal distribution of mean \(loc) and "
          + "standard deviation \(scale), which ends some 38 standard deviations from its mean")
    }
    return Distribution(law: .truncnorm(law))
  }

  /// The uniform distribution on [loc, loc + scale].
  /// - Throws: `invalidValue` unless `loc` is finite and `scale` is above 0 and finite.
  public static func uniform(
    loc: Double = 0, scale: Double = 1
  ) throws(DistributionError) -> Distribution {
    let check = ParameterCheck(distribution: "uniform")
    try check.locationAndScale(loc, scale)
    return Distribution(law: .uniform(UniformLaw(loc: loc, scale: scale)))
  }

  /// The log-normal distribution: ln((x - loc)/scale) is normal with mean 0 and standard
  /// deviation `s` (dimensionless), so that loc + scale is the median.
  /// - Throws: `invalidValue` unless `s` and `scale` are above 0 and all are finite.
  public static func lognorm(
    s: Double, loc: Double = 0, scale: Double = 1
  ) throws(DistributionError) -> Distribution {
    let check = ParameterCheck(distribution: "lognorm")
    try check.positive("s", s)
    try check.locationAndScale(loc, scale)
    return Distribution(law: .lognorm(LogNormalLaw(s: s, loc: loc, scale: scale)))
  }

  /// The exponential distribution from `loc` on, of standard deviation `scale`.
  /// - Throws: `invalidValue` unless `loc` is finite and `scale` is above 0 and finite.
  public static func expon(
    loc: Double = 0, scale: Double = 1
  ) throws(DistributionError) -> Distribution {
    let check = ParameterCheck(distribution: "expon")
    try check.locationAndScale(loc, scale)
    return Distribution(law: .expon(ExponentialLaw(loc: loc, scale: scale)))
  }

  /// The gamma distribution of shape `a` (dimensionless), from `loc` on.
  /// - Throws: `invalidValue` unless `a` and `scale` are above 0, `a` is at most 1e9 and all are
  ///   finite.
  public static func gamma(
    a: Double, loc: Double = 0, scale: Double = 1
  ) throws(DistributionError) -> Distribution {
    let check = ParameterCheck(distribution: "gamma")
    try check.positive("a", a, atMost: ParameterCheck.largestCount)
    try check.locationAndScale(loc, scale)
    return Distribution(law: .gamma(GammaLaw(a: a, loc: loc, scale: scale)))
  }

  /// The Poisson distribution of mean `mu`, moved by the whole number `loc`.
  /// - Throws: `invalidValue` unless 0 ≤ mu ≤ 1e9 and `loc` is a whole number.
  public static func poisson(
    mu: Double, loc: Double = 0
  ) throws(DistributionError) -> Distribution {
    let check = ParameterCheck(distribution: "poisson")
    try check.within("mu", mu, 0...ParameterCheck.largestCount)
    return Distribution(law: .poisson(PoissonLaw(mu: mu, loc: try check.whole("loc", loc))))
  }

  /// The whole numbers low + loc, ... high + loc - 1, each as probable.
  /// - Throws: `invalidValue` unless all are whole numbers and low < high.
  public static func randint(
    low: Double, high: Double, loc: Double = 0
  ) throws(DistributionError) -> Distribution {
    let check = ParameterCheck(distribution: "randint")
    let from = try check.whole("low", low)
    let to = try check.whole("high", high)
    try check.ordered("low", low, "high", high)
    let law = RandomIntegerLaw(low: from, high: to, loc: try check.whole("loc", loc))
    return Distribution(law: .randint(law))
  }

  /// The binomial distribution: how many of `n` trials succeed when each does with probability
  /// `p`, moved by the whole number `loc`.
  /// - Throws: `invalidValue` unless `n` is a whole number, 0 to 1e9, 0 ≤ p ≤ 1 and `loc` is a
  ///   whole number.
  public static func binom(
    n: Double, p: Double, loc: Double = 0
  ) throws(DistributionError) -> Distribution {
    let check = ParameterCheck(distribution: "binom")
    try check.within("n", n, 0...ParameterCheck.largestCount)
    try check.within("p", p, 0...1)
    let law = BinomialLaw(n: try check.whole("n", n), p: p, loc: try check.whole("loc", loc))
    return Distribution(law: .binom(law))
  }

  /// A single value, in the variable's unit.
  /// - Throws: `invalidValue` unless it is finite.
  public static func constant(_ value: Double) throws(DistributionError) -> Distribution {
    try ParameterCheck(distribution: "constant").finite("value", value)
    return Distribution(law: .constant(value))
  }
}
