import LFPKernels

extension MembraneEntry {
  var canonical: CanonicalValue {
    let (name, value): (String, CanonicalValue) =
      switch mechanism {
      case .passive(let density): ("passive", .mapping([("g", density.canonical)]))
      case .channel(let channel, let approximation, let density):
        ("channel", channel.canonical(approximation, density))
      }
    return .mapping([(name, value), ("sections", sections.map { .texts($0) })])
  }
}

extension ConductanceDensity {
  fileprivate var canonical: CanonicalValue {
    switch self {
    case .constant(let g): .number(g)
    case .linear(let g, let slope):
      .mapping([("linear", .mapping([("g", .number(g)), ("slope", .number(slope))]))])
    case .exponential(let g, let offset, let amplitude, let length, let relative):
      .mapping([
        (
          "exponential",
          .mapping([
            ("g", .number(g)), ("offset", .number(offset)), ("amplitude", .number(amplitude)),
            ("length", .number(length)), ("relative", .flag(relative)),
          ])
        )
      ])
    case .step(let inside, let outside, let from, let to):
      .mapping([
        (
          "step",
          .mapping([
            ("inside", .number(inside)), ("outside", .number(outside)), ("from", .number(from)),
            ("to", .number(to)),
          ])
        )
      ])
    }
  }
}

extension IonChannel {
  /// Published gates keep their name, others their numbers.
  fileprivate func canonical(
    _ approximation: Approximation, _ density: ConductanceDensity
  ) -> CanonicalValue {
    .mapping([
      ("name", .text(name)), ("g", density.canonical), ("e", .number(reversal)),
      ("approximation", .text(approximation.rawValue)),
      ("factor", constantFactor == 1 ? nil : .number(constantFactor)),
      (
        "gates",
        .list(
          gates.map {
            .mapping([$0.kinetics.canonical, ("power", .number(Double($0.power)))])
          })
      ),
    ])
  }
}

extension GateKinetics {
  fileprivate var canonical: (key: String, value: CanonicalValue?) {
    switch self {
    case .values(let state, let slope, let tau):
      (
        "values",
        .mapping([
          ("steady_state", .number(state)), ("slope", .number(slope)), ("tau", .number(tau)),
        ])
      )
    case .boltzmann(let midpoint, let scale, let tau):
      (
        "boltzmann",
        .mapping([
          ("midpoint", .number(midpoint)), ("scale", .number(scale)), ("tau", .number(tau)),
        ])
      )
    case .rates(let opening, let closing, let speed):
      (
        "rates",
        .mapping([
          ("opening", opening.canonical), ("closing", closing.canonical),
          ("speed", .number(speed)),
        ])
      )
    case .published(let gate): ("published", .text(gate.rawValue))
    }
  }
}

extension RateFunction {
  fileprivate var canonical: CanonicalValue {
    let (name, rate, midpoint, scale) =
      switch self {
      case .exponential(let rate, let midpoint, let scale): ("exponential", rate, midpoint, scale)
      case .sigmoid(let rate, let midpoint, let scale): ("sigmoid", rate, midpoint, scale)
      case .linoid(let rate, let midpoint, let scale): ("linoid", rate, midpoint, scale)
      }
    return .mapping([
      (
        name,
        .mapping([
          ("rate", .number(rate)), ("midpoint", .number(midpoint)), ("scale", .number(scale)),
        ])
      )
    ])
  }
}
