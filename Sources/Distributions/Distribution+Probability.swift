extension Distribution {
  /// The probability density at a point, in one over the variable's unit.
  ///
  /// 0 outside of the support, whose ends belong to it as in scipy; NaN at NaN. What does not
  /// depend on the point was computed when the distribution was made.
  /// A discrete distribution has no density: this is 0 for it everywhere, and `atoms` holds what
  /// it has instead.
  public func density(at x: Double) -> Double {
    switch law {
    case .norm(let law): law.density(at: x)
    case .truncnorm(let law): law.density(at: x)
    case .uniform(let law): law.density(at: x)
    case .lognorm(let law): law.density(at: x)
    case .expon(let law): law.density(at: x)
    case .gamma(let law): law.density(at: x)
    case .poisson, .randint, .binom, .constant: x.isNaN ? .nan : 0
    }
  }

  /// The probability P(X = k) of a whole number; 0 for a continuous distribution.
  public func probability(of k: Int) -> Double {
    switch kind {
    case .continuous: return 0
    case .discrete(let law):
      // beyond these the differences k - loc could overflow
      let reach = 1 << 60
      return k > -reach && k < reach ? law.probability(of: k) : 0
    case .constant(let value): return value == Double(k) ? 1 : 0
    }
  }

  /// The values that a discrete distribution takes with all but 1e-17 of the probability; empty
  /// for a continuous distribution.
  public var atoms: Atoms {
    switch law {
    case .poisson(let law): Atoms(of: law)
    case .randint(let law): Atoms(of: law)
    case .binom(let law): Atoms(of: law)
    case .constant(let value): Atoms(constant: value)
    default: Atoms()
    }
  }

  /// The cumulative distribution P(X ≤ x), relatively accurate in the lower tail. For the upper
  /// tail ask for `probability(from: x, to: .infinity)`.
  public func cumulative(at x: Double) -> Double {
    if x.isNaN { return .nan }
    switch kind {
    case .continuous(let law): return law.cumulative(at: x)
    case .discrete(let law): return law.cumulative(at: x)
    case .constant(let value): return x >= value ? 1 : 0
    }
  }

  /// The probability P(low < X ≤ high), relatively accurate in both tails.
  ///
  /// - Parameters:
  ///   - low: in the variable's unit; may be -∞.
  ///   - high: in the variable's unit; may be ∞. Not above `low`, the probability is 0.
  public func probability(from low: Double, to high: Double) -> Double {
    if low.isNaN || high.isNaN { return .nan }
    guard low < high else { return 0 }
    switch kind {
    case .continuous(let law): return law.probability(from: low, to: high)
    case .discrete(let law): return law.probability(from: low, to: high)
    case .constant(let value): return low < value && value <= high ? 1 : 0
    }
  }
}
