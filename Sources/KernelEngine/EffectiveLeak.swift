internal import CellMorphology

/// What the mean synaptic conductances of all presynaptic populations and of the external input add to
/// the leak: 0.1 rho |w| beta nu / area per compartment, S/cm2, with rho synapses of weight w (uS), time
/// integral beta (ms) and rate nu (spikes/s) on an area in um2.
struct EffectiveLeak {
  /// For each projection 0.1 K_in |w| beta nu, to be spread by its placement.
  private var factors: [(projection: Int, factor: Double)] = []

  /// What input from outside adds everywhere, S/cm2: it is spread by area.
  private var density = 0.0
  private let area: [Double]

  /// - Throws: `NetworkError` when a rate is missing or negative, or an effective leak is asked for
  ///   current-based synapses.
  init(
    _ population: Population, _ model: PostsynapticModel, compartments: Compartments,
    projections: [Projection]
  ) throws(NetworkError) {
    area = compartments.area
    let wanted = model.effectiveLeak
    let currentBased =
      projections.contains { $0.connection.synapse.isCurrentBased }
      || model.external.contains { $0.synapse.isCurrentBased }
    if wanted == true && currentBased {
      throw NetworkError(
        .population(population.name), key: "effective_leak",
        "current-based synapses add no conductance: effective_leak must be false, or the synapses "
          + "onto \(population.name) conductance-based")
    }
    for input in model.external { try validate(input, population) }
    if wanted == false { return }

    for (index, projection) in projections.enumerated() {
      guard case .conductance(let weight, _) = projection.connection.synapse.strength else {
        continue
      }
      let rate = try projection.rate()
      factors.append(
        (
          index,
          0.1 * projection.statistics.indegree * abs(weight) * rate
            * projection.connection.synapse.timeCourse.integral
        ))
    }
    let total = area.reduce(0, +)
    for input in model.external {
      guard case .conductance(let weight, _) = input.synapse.strength else { continue }
      density +=
        0.1 * input.count * abs(weight) * input.rate * input.synapse.timeCourse.integral / total
    }
  }

  /// The leak of each compartment with what synapses add, S/cm2.
  ///
  /// - Parameter placements: for each projection the probability of each compartment.
  func added(to leak: [Double], placements: [[Double]]) -> [Double] {
    var increments = [Double](repeating: 0, count: leak.count)
    for (projection, factor) in factors where factor != 0 {
      let placement = placements[projection]
      for i in increments.indices { increments[i] += factor * placement[i] / area[i] }
    }
    if density != 0 {
      for i in increments.indices { increments[i] += density }
    }
    return zip(leak, increments).map(+)
  }
}

private func validate(_ input: ExternalInput, _ population: Population) throws(NetworkError) {
  try input.synapse.validate(.population(population.name), key: "external.synapse")
  for (name, value) in [("count", input.count), ("rate", input.rate)] {
    guard value >= 0, value.isFinite else {
      throw NetworkError(
        .population(population.name), key: "external.\(name)",
        "\(name) is \(value); it must be finite and not negative")
    }
  }
}

extension Projection {
  fileprivate func rate() throws(NetworkError) -> Double {
    guard let rate = presynaptic.rate else {
      throw NetworkError(
        .population(presynaptic.name), key: "rate",
        "the rate of \(presynaptic.name) is needed for the effective leak of \(connection.post); give "
          + "it in spikes/s, or set effective_leak: false there")
    }
    guard rate >= 0, rate.isFinite else {
      throw NetworkError(
        .population(presynaptic.name), key: "rate",
        "the rate is \(rate) spikes/s; it must be finite and not negative")
    }
    return rate
  }
}
