/// What was wrong with a distribution, with which value, and what would be right.
public enum DistributionError: Error, Equatable, Sendable {
  /// No distribution has this name; `known` lists those that exist.
  case unknownDistribution(name: String, known: [String])
  /// The distribution has no such parameter; `allowed` lists those that it has.
  case unknownParameter(distribution: String, parameter: String, allowed: [String])
  /// A parameter without a default was not given.
  case missingParameter(distribution: String, parameter: String, allowed: [String])
  /// Parameters that exclude each other were given together.
  case conflictingParameters(distribution: String, parameters: [String], allowed: String)
  /// A parameter has a value that the distribution cannot have.
  case invalidValue(distribution: String, parameter: String, value: Double, allowed: String)
  /// The limits of a truncated normal distribution enclose no probability that a `Double` can hold.
  case emptyInterval(distribution: String, low: Double, high: Double, allowed: String)
  /// A continuous distribution that should give counts has no density at 1, 2, ... 99.
  case noDensityAtCounts(distribution: String)
  /// The mean of a distribution that should give counts is not above 0.
  case meanCountNotPositive(distribution: String, mean: Double)
  /// The sum of two discrete variables has no density.
  case sumHasNoDensity(distribution: String, smear: String)
  /// A distribution whose mean is needed has none that is finite.
  case meanNotFinite(distribution: String)
  /// A discrete distribution has too many atoms to be summed over.
  case tooManyAtoms(distribution: String, count: Int, allowed: Int)
}

extension DistributionError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknownDistribution(let name, let known):
      "unknown distribution '\(name)'; known are \(list(known))"
    case .unknownParameter(let distribution, let parameter, let allowed):
      "\(distribution) has no parameter '\(parameter)'; it has \(list(allowed))"
    case .missingParameter(let distribution, let parameter, let allowed):
      "\(distribution) needs the parameter \(parameter); it has \(list(allowed))"
    case .conflictingParameters(let distribution, let parameters, let allowed):
      "\(distribution) cannot have \(list(parameters)) together; \(allowed)"
    case .invalidValue(let distribution, let parameter, let value, let allowed):
      "\(distribution): \(parameter) is \(value), but \(parameter) \(allowed)"
    case .emptyInterval(let distribution, let low, let high, let allowed):
      "\(distribution): no probability between \(low) and \(high); \(allowed)"
    case .noDensityAtCounts(let distribution):
      "\(distribution) cannot give counts: its density is 0 at each of 1, 2, ... 99"
    case .meanCountNotPositive(let distribution, let mean):
      "\(distribution) cannot give counts: its mean is \(mean), but a mean count must be above 0"
    case .sumHasNoDensity(let distribution, let smear):
      "\(distribution) smeared by \(smear) has no density: one of the two must be continuous"
    case .meanNotFinite(let distribution):
      "\(distribution) has no finite mean; choose parameters for which it has"
    case .tooManyAtoms(let distribution, let count, let allowed):
      "\(distribution) takes \(count) values with a probability that matters; "
        + "at most \(allowed) can be summed over"
    }
  }

  private func list(_ names: [String]) -> String { names.joined(separator: ", ") }
}
