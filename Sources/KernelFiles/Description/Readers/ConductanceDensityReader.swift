import LFPKernels

extension ConductanceDensity {
  /// Reads a number, or `{linear | exponential | step: {...}}` of the path distance from the soma.
  static func read(_ field: Field) -> ConductanceDensity? {
    guard field.isMapping else {
      return field.number(.conductanceDensity, .nonNegative).map { .constant($0) }
    }
    guard
      let (kind, value) = field.choice(
        of: "profile over distance", among: ["linear", "exponential", "step"])
    else { return nil }
    switch kind {
    case "linear": return readLinear(value)
    case "exponential": return readExponential(value)
    default: return readStep(value)
    }
  }

  private static func readLinear(_ field: Field) -> ConductanceDensity? {
    guard let map = field.mapping(["g", "slope"]) else { return nil }
    let g = map.required("g", "the density at the soma in S/cm2")?.number(.conductanceDensity)
    let slope = map.required("slope", "its change in S/cm2 per um")?.number()
    guard let g, let slope else { return nil }
    return .linear(g: g, slope: slope)
  }

  private static func readExponential(_ field: Field) -> ConductanceDensity? {
    guard let map = field.mapping(["g", "offset", "amplitude", "length", "relative"]) else {
      return nil
    }
    let g = map.required("g", "a density in S/cm2")?.number(.conductanceDensity)
    let offset = map.optional("offset").map { $0.number() } ?? 0
    let amplitude = map.optional("amplitude").map { $0.number() } ?? 1
    let relative = map.optional("relative").map { $0.flag() } ?? false
    let field = map.required(
      "length", "the distance in um over which it grows by e; negative where it falls")
    guard let relative else { return nil }
    let length = field?.number(relative ? .number : .length)
    guard let g, let offset, let amplitude, let length else { return nil }
    guard length != 0 else {
      return field?.fail("0 is no length; give the distance over which the density grows by e")
    }
    return .exponential(
      g: g, offset: offset, amplitude: amplitude, length: length, relative: relative)
  }

  private static func readStep(_ field: Field) -> ConductanceDensity? {
    guard let map = field.mapping(["inside", "outside", "from", "to"]) else { return nil }
    let inside = map.required("inside", "the density between both distances in S/cm2")?
      .number(.conductanceDensity, .nonNegative)
    let outside =
      map.optional("outside").map { $0.number(.conductanceDensity, .nonNegative) } ?? 0
    let from = map.optional("from").map { $0.extendedNumber(.length) } ?? 0
    let to = map.optional("to").map { $0.extendedNumber(.length) } ?? .infinity
    guard let inside, let outside, let from, let to else { return nil }
    guard from < to else {
      return field.fail("reaches from \(from) to \(to) um; from must lie below to")
    }
    return .step(inside: inside, outside: outside, from: from, to: to)
  }
}
