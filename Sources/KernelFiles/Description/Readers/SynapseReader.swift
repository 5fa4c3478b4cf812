import LFPKernels

extension Synapse {
  /// Reads `{exp2 | exp | alpha: {weight, tau1, tau2 | tau, e}, current: true}`.
  static func read(_ field: Field) -> Synapse? {
    let kinds = ["exp2", "exp", "alpha"]
    guard let map = field.mapping(kinds + ["current"]),
      let (kind, value) = map.exactlyOne(of: kinds, what: "the time course")
    else { return nil }
    let isCurrent = map.optional("current").map { $0.flag() } ?? false
    let times = kind == "exp2" ? ["tau1", "tau2"] : ["tau"]
    guard let parameters = value.mapping(["weight"] + times + ["e"]) else { return nil }
    let course = timeCourse(kind, parameters)
    guard let isCurrent else { return nil }
    let strength = isCurrent ? current(parameters) : conductance(parameters)
    guard let course, let strength else { return nil }
    return Synapse(course, strength)
  }

  private static func conductance(_ map: FieldMap) -> Strength? {
    let weight = map.required("weight", "its peak conductance in uS")?
      .number(.conductance, .nonNegative)
    let reversal = map.required("e", "its reversal potential in mV, or current: true beside it")?
      .number(.voltage)
    guard let weight, let reversal else { return nil }
    return .conductance(weight: weight, reversal: reversal)
  }

  private static func current(_ map: FieldMap) -> Strength? {
    map.optional("e")?.report(
      "a current-based synapse has no reversal potential; remove it, or current: true")
    let weight = map.required("weight", "its peak current in nA, positive for excitation")
    return weight?.number(.current).map { .current(weight: $0) }
  }

  private static func timeCourse(_ kind: String, _ map: FieldMap) -> SynapticTimeCourse? {
    guard kind == "exp2" else {
      let field = map.required("tau", "its time constant in ms")
      guard let tau = field?.number(.time, .positive) else { return nil }
      return kind == "exp" ? .exp(tau: tau) : .alpha(tau: tau)
    }
    let first = map.required("tau1", "its rise time in ms")
    let second = map.required("tau2", "its decay time in ms")
    let rise = first?.number(.time, .positive)
    let decay = second?.number(.time, .positive)
    guard let rise, let decay else { return nil }
    guard rise <= decay else {
      return first?.fail("\(rise) ms is longer than tau2 (\(decay) ms); tau1 must not exceed tau2")
    }
    return .exp2(tau1: rise, tau2: decay)
  }
}
