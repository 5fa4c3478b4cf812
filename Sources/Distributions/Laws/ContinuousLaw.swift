/// What every continuous distribution knows about itself; all arguments in the variable's unit.
protocol ContinuousLaw: Sendable, Hashable {
  /// The closed interval outside of which the density is 0.
  var support: ClosedRange<Double> { get }
  var mean: Double { get }
  var standardDeviation: Double { get }
  /// The density, per unit of the variable; 0 outside the support.
  func density(at x: Double) -> Double
  /// P(X ≤ x), relatively accurate in the lower tail.
  func cumulative(at x: Double) -> Double
  /// P(low < X ≤ high) for low < high, relatively accurate in both tails.
  func probability(from low: Double, to high: Double) -> Double
  /// Ascending points between which a quadrature starts to refine. All probability but
  /// about 1e-20 lies between the first and the last.
  var initialEdges: [Double] { get }
  /// Where `loc` moves the distribution to.
  var loc: Double { get }
  /// The same distribution with `loc` 0: near the ends of its support an argument then keeps the
  /// digits that a large `loc` takes from it.
  var withoutLocation: Self { get }
  /// The distribution with this law.
  var distribution: Distribution { get }
  /// The parameters under scipy's names, in scipy's order.
  var parameters: [(name: String, value: Double)] { get }
}

extension ContinuousLaw {
  /// P(low < X ≤ high) of an interval in which the density hardly changes, where the difference of
  /// two cumulative probabilities would keep few digits; `nil` for a wider interval.
  /// - Parameters:
  ///   - low: the lower end, in the support.
  ///   - high: the upper end, in the support.
  ///   - steepness: how fast ln f changes there at most, in one over the variable's unit.
  func probabilityOfNarrow(from low: Double, to high: Double, steepness: Double) -> Double? {
    guard (high - low) * steepness < 0.5 else { return nil }
    return GaussLegendre.ten.integral(from: low, to: high, density(at:))
  }
}
