import LFPKernels

extension Gate {
  /// Reads `{values | boltzmann | rates: {...}, power: 1}`, or `published: Ih.m` for the kinetics.
  static func read(_ field: Field) -> Gate? {
    let kinds = ["values", "boltzmann", "rates", "published"]
    guard let map = field.mapping(kinds + ["power"]),
      let (kind, value) = map.exactlyOne(of: kinds, what: "the kinetics")
    else { return nil }
    let power = map.optional("power").map { $0.count(limit: 100) } ?? 1
    let kinetics: GateKinetics? =
      switch kind {
      case "values": readValues(value)
      case "boltzmann": readBoltzmann(value)
      case "published": value.option(PublishedGate.self).map { .published($0) }
      default: readRates(value)
      }
    guard let kinetics, let power else { return nil }
    return Gate(kinetics, power: power)
  }

  private static func readValues(_ field: Field) -> GateKinetics? {
    guard let map = field.mapping(["steady_state", "slope", "tau"]) else { return nil }
    let state = map.required("steady_state", "its value at vrest, between 0 and 1")?.probability()
    let slope = map.required("slope", "the slope of its steady state at vrest in 1/mV")?.number()
    let tau = map.required("tau", "its time constant in ms")?.number(.time, .positive)
    guard let state, let slope, let tau else { return nil }
    return .values(steadyState: state, slope: slope, timeConstant: tau)
  }

  private static func readBoltzmann(_ field: Field) -> GateKinetics? {
    guard let map = field.mapping(["midpoint", "scale", "tau"]) else { return nil }
    let midpoint = map.required("midpoint", "the potential in mV where it is half open")?
      .number(.voltage)
    let scale = scale(map, "in mV, positive where depolarisation opens it")
    let tau = map.required("tau", "its time constant in ms")?.number(.time, .positive)
    guard let midpoint, let scale, let tau else { return nil }
    return .boltzmann(midpoint: midpoint, scale: scale, timeConstant: tau)
  }

  private static func readRates(_ field: Field) -> GateKinetics? {
    guard let map = field.mapping(["opening", "closing", "speed"]) else { return nil }
    let opening = map.required("opening", "the rate at which it opens").flatMap(readRate)
    let closing = map.required("closing", "the rate at which it closes").flatMap(readRate)
    let speed = map.optional("speed").map { $0.number(.number, .positive) } ?? 1
    guard let opening, let closing, let speed else { return nil }
    return .rates(opening: opening, closing: closing, speed: speed)
  }

  /// Reads `{exponential | sigmoid | linoid: {rate, midpoint, scale}}`.
  private static func readRate(_ field: Field) -> RateFunction? {
    guard
      let (kind, value) = field.choice(
        of: "rate function", among: ["exponential", "sigmoid", "linoid"]),
      let map = value.mapping(["rate", "midpoint", "scale"])
    else { return nil }
    let rate = map.required("rate", "a rate in 1/ms")?.number(.number, .positive)
    let midpoint = map.required("midpoint", "a potential in mV")?.number(.voltage)
    let scale = scale(map, "in mV")
    guard let rate, let midpoint, let scale else { return nil }
    switch kind {
    case "exponential": return .exponential(rate: rate, midpoint: midpoint, scale: scale)
    case "sigmoid": return .sigmoid(rate: rate, midpoint: midpoint, scale: scale)
    default: return .linoid(rate: rate, midpoint: midpoint, scale: scale)
    }
  }

  private static func scale(_ map: FieldMap, _ what: String) -> Double? {
    let field = map.required("scale", "its steepness \(what)")
    guard let value = field?.number(.voltage) else { return nil }
    return value == 0 ? field?.fail("0 is no steepness; give it \(what)") : value
  }
}
