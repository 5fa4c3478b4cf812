import LFPKernels

/// The description of a network with all defaults filled in, in documented units and a fixed order:
/// equal networks have equal texts, so that a hash of it identifies what kernels were computed from.
///
/// It is JSON, and a description file itself: reading it gives an equal network, provided that its
/// probes are of the kinds that description files know. Other probes are written as Swift prints
/// them.
public func canonicalDescription(of network: Network) -> String {
  let description = CanonicalValue.mapping([
    ("time", network.settings.canonical),
    ("cells", .sorted(network.cells.mapValues(\.canonical))),
    (
      "populations",
      .mapping(
        network.populations.sorted { $0.name < $1.name }
          .map { ($0.name, network.canonical($0)) })
    ),
    ("connections", .list(network.connections.map(\.canonical))),
    (
      "probes",
      .mapping(network.probes.sorted { $0.name < $1.name }.map { ($0.name, $0.canonical) })
    ),
  ])
  var text = ""
  description.write(to: &text)
  return text + "\n"
}

extension KernelSettings {
  var canonical: CanonicalValue {
    .mapping([
      ("dt", .number(dt)), ("tau", .number(tau)), ("solver", .text(solver.rawValue)),
      ("delays", .text(delays.rawValue)), ("lags", .text(lags.rawValue)),
      ("tolerance", .number(tolerance)), ("average", .text(average.rawValue)),
      ("average_tolerance", .number(averageTolerance)),
    ])
  }
}

extension Network {
  func canonical(_ population: Population) -> CanonicalValue {
    let model = population.postsynaptic
    return .mapping([
      ("size", .number(Double(population.size))), ("rate", population.rate.map { .number($0) }),
      ("cell", model.map { .text($0.cell) }), ("somata", model?.somata.canonical),
      (
        "effective_leak",
        model.flatMap { $0.effectiveLeak ?? defaultOfEffectiveLeak(population) }.map { .flag($0) }
      ),
      ("external", model.map { .list($0.external.map(\.canonical)) }),
    ])
  }

  /// What leaving the effective leak open means: true unless all synapses onto a population are
  /// current-based; nil where there are both kinds, for which nothing else says the same.
  private func defaultOfEffectiveLeak(_ population: Population) -> Bool? {
    let synapses =
      connections.filter { $0.post == population.name }.map(\.synapse)
      + (population.postsynaptic?.external.map(\.synapse) ?? [])
    if !synapses.contains(where: \.isCurrent) { return true }
    return synapses.allSatisfy(\.isCurrent) ? false : nil
  }
}

extension Somata {
  fileprivate var canonical: CanonicalValue {
    .mapping([("radius", .number(radius)), ("depth", depth.canonical)])
  }
}

extension ExternalInput {
  fileprivate var canonical: CanonicalValue {
    .mapping([
      ("count", .number(count)), ("rate", .number(rate)), ("synapse", synapse.canonical),
    ])
  }
}

extension Distribution {
  fileprivate var canonical: CanonicalValue {
    .mapping([(name, .mapping(parameters.map { ($0.name, .number($0.value)) }))])
  }
}

extension Synapse {
  fileprivate var isCurrent: Bool {
    if case .current = strength { return true }
    return false
  }

  fileprivate var canonical: CanonicalValue {
    let course: (kind: String, times: [(key: String, value: CanonicalValue?)]) =
      switch timeCourse {
      case .exp2(let tau1, let tau2):
        ("exp2", [("tau1", .number(tau1)), ("tau2", .number(tau2))])
      case .exp(let tau): ("exp", [("tau", .number(tau))])
      case .alpha(let tau): ("alpha", [("tau", .number(tau))])
      }
    switch strength {
    case .conductance(let weight, let reversal):
      let parameters = [("weight", .number(weight))] + course.times + [("e", .number(reversal))]
      return .mapping([(course.kind, .mapping(parameters))])
    case .current(let weight):
      let parameters = [("weight", .number(weight))] + course.times
      return .mapping([(course.kind, .mapping(parameters)), ("current", .flag(true))])
    }
  }
}

extension Connection {
  var canonical: CanonicalValue {
    let counts: [(key: String, value: CanonicalValue?)] =
      switch connectivity {
      case .probability(let probability, let multapses):
        [("probability", .number(probability)), ("multapses", multapses.canonical)]
      case .synapses(let count): [("synapses", .number(count))]
      case .indegree(let count): [("indegree", .number(count))]
      }
    return .mapping(
      [("pre", .text(pre)), ("post", .text(post))] + counts + [
        ("delay", delay.canonical), ("synapse", synapse.canonical),
        ("placement", placement.canonical),
      ])
  }
}

extension SynapsePlacement {
  fileprivate var canonical: CanonicalValue {
    let components = depth.map { component in
      CanonicalValue.mapping([
        (
          component.depth.name,
          .mapping(component.depth.parameters.map { ($0.name, .number($0.value)) })
        ), ("weight", .number(component.weight)),
      ])
    }
    return .mapping([
      ("frame", .text(frame.rawValue)), ("sections", sections.map { .texts($0) }),
      ("depth", .list(components)),
      ("z_min", .number(zRange.lowerBound)), ("z_max", .number(zRange.upperBound)),
    ])
  }
}

extension Probe {
  var canonical: CanonicalValue {
    for kind in ProbeKind.all {
      if let parameters = kind.write(measures) { return .mapping([(kind.name, parameters)]) }
    }
    return .mapping([(measures.kind, .text(String(describing: measures)))])
  }
}
