extension Network {
  /// Checks what concerns the network as a whole; cells and connections check themselves when they
  /// are built.
  func validate() throws(NetworkError) {
    try settings.validate()
    var names = Set<String>()
    for population in populations {
      if !names.insert(population.name).inserted {
        throw NetworkError(.population(population.name), "the name is used twice")
      }
      guard population.size > 0 else {
        throw NetworkError(
          .population(population.name), key: "size",
          "size is \(population.size); a population has at least one neuron")
      }
      if let radius = population.postsynaptic?.somata.radius, !(radius >= 0 && radius.isFinite) {
        throw NetworkError(
          .population(population.name), key: "somata.radius",
          "radius is \(radius) um; it must be finite and not negative")
      }
    }
    for (index, connection) in connections.enumerated() {
      for (key, name) in [("pre", connection.pre), ("post", connection.post)]
      where !names.contains(name) {
        throw NetworkError(.connection(index), key: key, "there is no population '\(name)'")
      }
    }
    var probeNames = Set<String>()
    for probe in probes where !probeNames.insert(probe.name).inserted {
      throw NetworkError(.probe(probe.name), "the name is used twice")
    }
  }
}

extension KernelSettings {
  func validate() throws(NetworkError) {
    for (key, value) in [("dt", dt), ("tau", tau)] {
      guard value > 0, value.isFinite else {
        throw NetworkError(
          .settings, key: key, "\(key) is \(value) ms; it must be positive and finite")
      }
    }
    if solver == .backwardEuler && delays == .continuous {
      throw NetworkError(
        .settings, key: "delays",
        "delays: continuous needs solver: exact, as backward Euler steps know the grid alone")
    }
    let ratio = tau / dt
    guard ratio >= 1 - 1e-9 else {
      throw NetworkError(
        .settings, key: "tau",
        "tau (\(tau) ms) is below dt (\(dt) ms); it must be at least one step")
    }
    guard ratio <= 1e8 else {
      throw NetworkError(
        .settings, key: "dt", "tau / dt is \(ratio.inMessage), more than 100000000 lags")
    }
    guard abs(ratio - ratio.rounded()) <= 1e-9 * ratio else {
      let below = ratio.rounded(.down) * dt
      throw NetworkError(
        .settings, key: "tau",
        "tau (\(tau) ms) is not a multiple of dt (\(dt) ms); the nearest are "
          + "\(below.inMessage) and \((below + dt).inMessage)")
    }
    guard tolerance >= 1e-12, tolerance <= 1e-2 else {
      throw NetworkError(
        .settings, key: "tolerance",
        "tolerance is \(tolerance); it must lie between 1e-12 and 1e-2")
    }
    guard averageTolerance >= 1e-10, averageTolerance <= 1e-1 else {
      throw NetworkError(
        .settings, key: "average_tolerance",
        "average_tolerance is \(averageTolerance); it must lie between 1e-10 and 1e-1")
    }
  }
}
