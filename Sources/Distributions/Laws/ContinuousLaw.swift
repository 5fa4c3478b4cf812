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
  /// The parameters under scipy's names, in scipy's order.
  var parameters: [(name: String, value: Double)] { get }
}
