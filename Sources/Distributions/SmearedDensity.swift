/// The density of a sum X + D of independent variables, where D has its mean taken off.
///
/// It is what a density over depth becomes in a population whose cells are spread in depth about
/// their mean. The density is f * g with the density f of X and g(d) = f_D(d + mean of D):
/// - both normal: the normal density of standard deviation √(σ_X² + σ_D²);
/// - D discrete: Σ p_i f(z - d_i), for a constant D just f(z);
/// - X discrete: Σ p_i g(z - x_i);
/// - else ∫ f(x) g(z - x) dx over the intersection of the supports, by Gauss-Legendre quadrature
///   on panels that resolve both densities, with an error below 1e-10 of the largest density.
///
/// What does not depend on z is computed once.
public struct SmearedDensity: Sendable {
  /// The most atoms of a discrete distribution that are summed over.
  public static let largestAtomCount = 1_000_000

  private enum Form: Sendable {
    case plain(Distribution)
    case atoms([Atom], Distribution)
    case quadrature(ConvolutionQuadrature)
  }

  private let form: Form

  /// The density of X, smeared by D.
  ///
  /// - Parameters:
  ///   - distribution: the distribution of X.
  ///   - smear: the distribution of D, in the same unit; its mean does not matter.
  /// - Throws: `sumHasNoDensity` if both are discrete, `meanNotFinite` if the smear has no finite
  ///   mean, `tooManyAtoms` for a discrete distribution on more than `largestAtomCount` values.
  public init(
    _ distribution: Distribution, smearedBy smear: Distribution
  ) throws(DistributionError) {
    let shift = smear.mean
    guard shift.isFinite else { throw .meanNotFinite(distribution: smear.description) }
    switch (distribution.kind, smear.kind) {
    case (.continuous, .constant):
      form = .plain(distribution)
    case (.continuous, .discrete):
      form = .atoms(try Self.atoms(of: smear, shifted: -shift), distribution)
    case (.constant, .continuous), (.discrete, .continuous):
      form = .atoms(try Self.atoms(of: distribution, shifted: -shift), smear)
    case (.continuous(let f), .continuous(let g)):
      if case .norm(let x) = distribution.law, case .norm(let d) = smear.law {
        let scale = (x.scale * x.scale + d.scale * d.scale).squareRoot()
        form = .plain(try .norm(loc: x.loc, scale: scale))
      } else {
        form = .quadrature(ConvolutionQuadrature(f, g))
      }
    case (.constant, _), (.discrete, _):
      throw .sumHasNoDensity(
        distribution: distribution.description, smear: smear.description)
    }
  }

  /// The density at z, in one over the variable's unit.
  public func callAsFunction(_ z: Double) -> Double {
    if z.isNaN { return .nan }
    switch form {
    case .plain(let distribution):
      return distribution.density(at: z)
    case .atoms(let atoms, let distribution):
      return atoms.reduce(0) { sum, atom in
        sum + atom.probability * distribution.density(at: z - atom.value)
      }
    case .quadrature(let convolution):
      return convolution.density(at: z)
    }
  }

  private static func atoms(
    of distribution: Distribution, shifted shift: Double
  ) throws(DistributionError) -> [Atom] {
    let atoms = distribution.atoms
    guard atoms.count <= largestAtomCount else {
      throw .tooManyAtoms(
        distribution: distribution.description, count: atoms.count, allowed: largestAtomCount)
    }
    return atoms.map { Atom(value: $0.value + shift, probability: $0.probability) }
  }
}

extension Distribution {
  /// The density of X + D at `z`, where X has this distribution and D that of `smear` with its
  /// mean taken off. For more than a few points make a `SmearedDensity`.
  public func convolved(
    with smear: Distribution, at z: Double
  ) throws(DistributionError) -> Double {
    try SmearedDensity(self, smearedBy: smear)(z)
  }
}
