internal import CableTheory
internal import Distributions

extension Delay {
  /// A distribution of delays (ms) as the settings ask.
  init(
    _ distribution: Distribution, settings: KernelSettings, connection index: Int
  ) throws(NetworkError) {
    try Delay.require(distribution, below: settings.tau, connection: index)
    switch settings.delays {
    case .sampled, .rounded:
      self = .grid(
        try DelayFilter(
          distribution, dt: settings.dt, steps: settings.steps,
          rounded: settings.delays == .rounded, connection: index))
    case .continuous:
      if let gamma = GammaDelay(distribution) {
        self = .gamma(gamma)
      } else {
        self = .continuous(
          try ContinuousDelay(
            distribution, dt: settings.dt, tau: settings.tau, connection: index))
      }
    }
  }

  /// Refuses delays of which some are negative or hardly any lies below tau.
  private static func require(
    _ distribution: Distribution, below tau: Double, connection index: Int
  ) throws(NetworkError) {
    func fail(_ message: String) -> NetworkError {
      NetworkError(.connection(index), key: "delay", "\(distribution.description) \(message)")
    }
    let negative = distribution.probability(from: -.infinity, to: -Double.leastNonzeroMagnitude)
    guard negative <= 0.01 else {
      throw fail(
        "gives negative delays with probability \(negative.inMessage); cut it off, as truncnorm does with "
          + "low: 0")
    }
    let within = distribution.cumulative(at: tau.nextDown)
    guard within >= 1e-6 else {
      throw fail(
        "gives delays below tau (\(tau) ms) with probability \(within.inMessage); a kernel would be empty: "
          + "check the unit (ms), or choose a larger tau")
    }
  }
}

extension GammaDelay {
  /// Nil for other distributions, and for those that begin before 0.
  fileprivate init?(_ distribution: Distribution) {
    let values = Dictionary(
      uniqueKeysWithValues: distribution.parameters.map { ($0.name, $0.value) })
    guard let scale = values["scale"], let offset = values["loc"], offset >= 0 else { return nil }
    switch distribution.name {
    case "gamma":
      // Of larger shapes the density begins smoothly, and panels resolve it.
      guard let shape = values["a"], shape <= 3 else { return nil }
      self.init(shape: shape, scale: scale, offset: offset)
    case "expon": self.init(shape: 1, scale: scale, offset: offset)
    default: return nil
    }
  }
}

extension ContinuousDelay {
  /// - Throws: `NetworkError` when the density cannot be resolved.
  init(
    _ distribution: Distribution, dt: Double, tau: Double, connection index: Int
  ) throws(NetworkError) {
    if distribution.isDiscrete {
      self.init(
        atoms: distribution.atoms.filter { $0.value >= 0 && $0.value < tau }.map {
          Atom(delay: $0.value, probability: $0.probability)
        })
      return
    }
    let support = distribution.support
    let (low, high) = (max(support.lowerBound, 0), min(support.upperBound, tau))
    // What lies further out is below rounding: a quantile by bisection of either tail.
    func quantile(_ isBeyond: (Double) -> Bool) -> Double {
      var (inner, outer) = (low, high)
      for _ in 0..<60 {
        let middle = 0.5 * (inner + outer)
        if isBeyond(middle) { outer = middle } else { inner = middle }
      }
      return outer
    }
    let last = quantile { distribution.probability(from: $0, to: .infinity) < 1e-16 }
    let first = quantile { distribution.probability(from: -.infinity, to: $0) >= 1e-16 }
    guard
      let delay = ContinuousDelay(
        support: (first - low < 1e-6 * (last - low) ? low : first)...last, dt: dt,
        density: distribution.density(at:))
    else {
      throw NetworkError(
        .connection(index), key: "delay",
        "the density of \(distribution.description) is too narrow or too steep for an integral in "
          + "steps of \(dt) ms; use delays: rounded")
    }
    self = delay
  }
}

extension DelayFilter {
  /// Weights of a distribution of delays on the grid of lags k dt, |k| <= steps.
  ///
  /// - Parameters:
  ///   - distribution: of delays, ms.
  ///   - rounded: whether each lag gets the probability of its grid cell; else it gets the density
  ///     there, and the sum of weights is made 1. Atoms go to the nearest lag either way.
  /// - Throws: `NetworkError` when no delay lies on the grid or the density is infinite there.
  init(
    _ distribution: Distribution, dt: Double, steps: Int, rounded: Bool, connection index: Int
  ) throws(NetworkError) {
    var weights: (first: Int, values: [Double])
    if distribution.isDiscrete {
      weights = DelayFilter.cells(distribution.atoms, dt: dt, steps: steps)
    } else {
      weights = DelayFilter.samples(distribution, dt: dt, steps: steps) { k in
        rounded
          ? distribution.probability(
            from: (Double(k) - 0.5) * dt, to: (Double(k) + 0.5) * dt)
          : distribution.density(at: Double(k) * dt)
      }
    }
    let sum = weights.values.reduce(0, +)
    guard sum.isFinite else {
      throw NetworkError(
        .connection(index), key: "delay",
        "the density of \(distribution.description) is infinite on the grid of lags; use delays: "
          + "rounded or continuous")
    }
    guard sum > 0 else {
      throw NetworkError(
        .connection(index), key: "delay",
        "\(distribution.description) has no density on lags in steps of \(dt) ms; use delays: rounded "
          + "or continuous")
    }
    if !rounded && !distribution.isDiscrete {
      for k in weights.values.indices { weights.values[k] /= sum }
    }
    self.init(firstLag: weights.first, weights: weights.values)
  }

  /// Atoms by their nearest lag.
  private static func cells(_ atoms: Atoms, dt: Double, steps: Int) -> (Int, [Double]) {
    var byLag: [Int: Double] = [:]
    for atom in atoms {
      let lag = (atom.value / dt).rounded()
      if abs(lag) <= Double(steps) { byLag[Int(lag), default: 0] += atom.probability }
    }
    guard let first = byLag.keys.min(), let last = byLag.keys.max() else { return (0, [0]) }
    return (first, (first...last).map { byLag[$0] ?? 0 })
  }

  /// The values of `weight` at lags outwards from the mean, until they are negligible: all
  /// continuous distributions here have one maximum.
  private static func samples(
    _ distribution: Distribution, dt: Double, steps: Int, _ weight: (Int) -> Double
  ) -> (Int, [Double]) {
    func clamp(_ x: Double) -> Int { Int(min(max(x.rounded(), -Double(steps)), Double(steps))) }
    let support = distribution.support
    let low = clamp((support.lowerBound / dt - 0.5).rounded(.down))
    let high = clamp((support.upperBound / dt + 0.5).rounded(.up))
    let center = min(max(clamp(distribution.mean / dt), low), high)
    let near = 3 * distribution.standardDeviation / dt
    var largest = 0.0
    func walk(_ lags: some Sequence<Int>) -> [Double] {
      var result: [Double] = []
      for k in lags {
        let value = weight(k)
        largest = max(largest, value)
        if value < 1e-18 * largest && abs(Double(k - center)) > near { break }
        result.append(value)
      }
      return result
    }
    let left = walk(stride(from: center - 1, through: low, by: -1))
    let right = walk(stride(from: center, through: high, by: 1))
    let all = left.reversed() + right
    let firstKept = all.firstIndex { $0 > 0 } ?? 0
    let lastKept = all.lastIndex { $0 > 0 } ?? 0
    return (center - left.count + firstKept, all.isEmpty ? [0] : Array(all[firstKept...lastKept]))
  }
}
