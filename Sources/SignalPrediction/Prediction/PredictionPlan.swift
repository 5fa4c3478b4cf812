/// How signals are computed, what every way would cost, and why this one was taken.
public struct PredictionPlan: Sendable, Equatable, CustomStringConvertible {
  /// What a caller asks for.
  public enum Choice: String, Sendable, Equatable, CaseIterable {
    /// The way with the lowest cost.
    case automatic
    case dense
    case lowRank = "low-rank"
    case stateSpace = "state-space"
    case events
  }

  /// A way of computing signals.
  public enum Form: Sendable, Equatable, CustomStringConvertible {
    /// Kernels times the block-Toeplitz matrix of the rates.
    case dense

    /// Few time courses are convolved and mixed.
    case lowRank(rank: Int)

    /// Time courses from states of a linear system and some first taps; numbers of all inputs together.
    case stateSpace(order: Int, headTaps: Int, rank: Int)

    /// Shifted kernels are summed.
    case events

    public var description: String {
      switch self {
      case .dense: "dense"
      case .lowRank(let rank): "low rank (\(rank))"
      case .stateSpace(let order, let head, let rank):
        "state space (\(order) states, \(head) taps, rank \(rank))"
      case .events: "events"
      }
    }
  }

  /// What a way costs.
  public struct Candidate: Sendable, Equatable {
    public let form: Form

    /// Multiplications and additions per step.
    public let operations: Double

    /// Bytes that are written and read per step beside the signals.
    public let bytes: Double

    /// Estimate, per step.
    public let secondsPerStep: Double

    /// See `PredictionPlan.relativeError`.
    public let relativeError: Double
  }

  public let form: Form

  /// All ways that were counted, the taken one too.
  public let candidates: [Candidate]

  /// Bound on the error of signals from what is left out of the kernels: the largest over the inputs of
  /// max_e Σ_k |δH[e, k]| / max_e Σ_k |H[e, k]|. Rounding comes on top.
  public let relativeError: Double

  /// What was not offered, and why.
  public let remarks: [String]

  public var description: String {
    var lines = ["\(form), relative error \(short(relativeError))"]
    for candidate in candidates {
      lines.append(
        "\(candidate.form == form ? "*" : " ") \(candidate.form): \(short(candidate.operations)) "
          + "operations and \(short(candidate.bytes)) bytes a step, about "
          + "\(short(candidate.secondsPerStep * 1e9)) ns; relative error "
          + "\(short(candidate.relativeError))")
    }
    return (lines + remarks).joined(separator: "\n")
  }
}

/// Two digits, such as 1.3e-12 or 47.
func short(_ value: Double) -> String {
  guard value != 0, value.isFinite else { return value == 0 ? "0" : "\(value)" }
  if abs(value) >= 100 && abs(value) < 1e15 { return "\(Int(value.rounded()))" }
  // The shortest decimal number within half a unit of the second digit.
  var (unit, exponent) = (abs(value), 0)
  while unit >= 10 {
    unit /= 10
    exponent += 1
  }
  while unit < 1 {
    unit *= 10
    exponent -= 1
  }
  var digits = Int((unit * 10).rounded())
  if digits == 100 { (digits, exponent) = (10, exponent + 1) }
  let sign = value < 0 ? "-" : ""
  if exponent == 1 { return "\(sign)\(digits)" }
  if exponent == 0 { return "\(sign)\(digits / 10).\(digits % 10)" }
  return "\(sign)\(digits / 10).\(digits % 10)e\(exponent)"
}
