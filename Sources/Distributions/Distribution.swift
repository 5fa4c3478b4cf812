/// A probability distribution of one variable, with scipy.stats' name and parameters.
///
/// Its values, and the parameters `loc`, `scale`, `low`, `high` and `value`, are in the unit of
/// the variable; a density is in one over that unit. Distributions are equal when they have the
/// same name and the same parameters.
public struct Distribution: Sendable, Hashable {
  enum Law: Sendable, Hashable {
    case norm(NormalLaw)
    case truncnorm(TruncatedNormalLaw)
    case uniform(UniformLaw)
    case lognorm(LogNormalLaw)
    case expon(ExponentialLaw)
    case gamma(GammaLaw)
    case poisson(PoissonLaw)
    case randint(RandomIntegerLaw)
    case binom(BinomialLaw)
    case constant(Double)
  }

  let law: Law

  /// Any law but `constant`, as what it has in common with others of its kind.
  enum Kind {
    case continuous(any ContinuousLaw)
    case discrete(any DiscreteLaw)
    case constant(Double)
  }

  var kind: Kind {
    switch law {
    case .norm(let law): .continuous(law)
    case .truncnorm(let law): .continuous(law)
    case .uniform(let law): .continuous(law)
    case .lognorm(let law): .continuous(law)
    case .expon(let law): .continuous(law)
    case .gamma(let law): .continuous(law)
    case .poisson(let law): .discrete(law)
    case .randint(let law): .discrete(law)
    case .binom(let law): .discrete(law)
    case .constant(let value): .constant(value)
    }
  }

  /// The name in scipy.stats; `constant` for a single value.
  public var name: String {
    switch law {
    case .norm: "norm"
    case .truncnorm: "truncnorm"
    case .uniform: "uniform"
    case .lognorm: "lognorm"
    case .expon: "expon"
    case .gamma: "gamma"
    case .poisson: "poisson"
    case .randint: "randint"
    case .binom: "binom"
    case .constant: "constant"
    }
  }

  /// All parameters with their values, in scipy's order. `init(name:parameters:)` makes an equal
  /// distribution from them.
  public var parameters: [(name: String, value: Double)] {
    switch kind {
    case .continuous(let law): law.parameters
    case .discrete(let law): law.parameters
    case .constant(let value): [("value", value)]
    }
  }

  /// Whether the variable takes separate values with probabilities, rather than having a density.
  /// True for `poisson`, `randint`, `binom` and `constant`.
  public var isDiscrete: Bool {
    if case .continuous = kind { false } else { true }
  }

  /// The smallest interval that holds all probability, in the variable's unit; may be infinite.
  public var support: ClosedRange<Double> {
    switch kind {
    case .continuous(let law): law.support
    case .discrete(let law): law.support
    case .constant(let value): value...value
    }
  }

  /// The mean, in the variable's unit. Infinite where a `lognorm` overflows.
  public var mean: Double {
    switch kind {
    case .continuous(let law): law.mean
    case .discrete(let law): law.mean
    case .constant(let value): value
    }
  }

  /// The standard deviation, in the variable's unit. Infinite where a `lognorm` overflows.
  public var standardDeviation: Double {
    switch kind {
    case .continuous(let law): law.standardDeviation
    case .discrete(let law): law.standardDeviation
    case .constant: 0
    }
  }
}

extension Distribution: CustomStringConvertible {
  /// The distribution as scipy would be asked for it, such as `norm(loc=0.0, scale=75.0)`.
  public var description: String {
    name + "(" + parameters.map { "\($0.name)=\($0.value)" }.joined(separator: ", ") + ")"
  }
}
