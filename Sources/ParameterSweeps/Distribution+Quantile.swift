import LFPKernels

extension Distribution {
  /// The smallest value whose cumulative probability reaches `u` (0 < u < 1), to the last bit or so.
  func quantile(_ u: Double) -> Double {
    let support = support
    if support.lowerBound == support.upperBound { return support.lowerBound }
    if name == "uniform" {
      return min(
        support.lowerBound + u * (support.upperBound - support.lowerBound), support.upperBound)
    }
    var (low, high) = bracket(u, support)
    if isDiscrete {
      (low, high) = (low.rounded(.down) - 1, high.rounded(.up))
      while high - low > 1 {
        let middle = ((low + high) / 2).rounded(.down)
        if cumulative(at: middle) >= u { high = middle } else { low = middle }
      }
      return high
    }
    while true {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { return high }
      if cumulative(at: middle) >= u { high = middle } else { low = middle }
    }
  }

  /// Finite values between which the quantile lies.
  private func bracket(_ u: Double, _ support: ClosedRange<Double>) -> (Double, Double) {
    var step = max(standardDeviation, 1e-300)
    var (low, high) = (support.lowerBound, support.upperBound)
    if low.isInfinite {
      low = mean - step
      while cumulative(at: low) >= u, low.isFinite {
        step *= 2
        low = mean - step
      }
    }
    step = max(standardDeviation, 1e-300)
    if high.isInfinite {
      high = mean + step
      while cumulative(at: high) < u, high.isFinite {
        step *= 2
        high = mean + step
      }
    }
    return (max(low, -.greatestFiniteMagnitude), min(high, .greatestFiniteMagnitude))
  }
}
