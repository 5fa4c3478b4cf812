extension ProblemCase {
  /// Problems of connections.
  static let connections: [ProblemCase] = [
    ProblemCase(
      "mapping for a list",
      "  - pre: I",
      "    pre: I",
      "net.yaml:15: connections: a mapping is not a list; a list of connections "
        + "is needed"),
    ProblemCase(
      "probability above 1",
      "probability: 0.1",
      "probability: 1.5",
      "net.yaml:18: connections[0].probability: 1.5 is not a probability; it "
        + "must lie between 0 and 1"),
    ProblemCase(
      "wrong dimension",
      "weight: 0.001",
      "weight: 0.12 nA",
      "net.yaml:20: connections[0].synapse.exp2.weight: '0.12 nA' is a current; "
        + "a conductance is needed, in uS, pS, nS, mS or S"),
    ProblemCase(
      "unknown unit",
      "weight: 0.001",
      "weight: \"3 siemens\"",
      "net.yaml:20: connections[0].synapse.exp2.weight: '3 siemens' has the "
        + "unknown unit 'siemens'; a conductance is needed, in uS, pS, nS, mS or S"),
    ProblemCase(
      "unit of a pure number",
      "probability: 0.1",
      "probability: 0.1 mm",
      "net.yaml:18: connections[0].probability: '0.1 mm' has a unit or is not a "
        + "number; a number without unit is needed"),
    ProblemCase(
      "unknown population",
      "pre: I",
      "pre: J",
      "net.yaml:16: connections[0].pre: there is no population 'J'; known are E and I"),
    ProblemCase(
      "population near another",
      "post: E",
      "post: [E, Ee]",
      "net.yaml:17: connections[0].post[1]: there is no population 'Ee'; did you "
        + "mean 'E'? Known are E and I"),
    ProblemCase(
      "population twice",
      "post: E",
      "post: [E, E]",
      "net.yaml:17: connections[0].post[1]: 'E' is listed twice"),
    ProblemCase(
      "postsynaptic without a cell",
      "post: E",
      "post: I",
      "net.yaml:17: connections[0].post: population 'I' has no cell, so it "
        + "cannot be postsynaptic; give it one"),
    ProblemCase(
      "two counts",
      "probability: 0.1",
      "probability: 0.1\n    indegree: 5",
      "net.yaml:16: connections[0]: has probability and indegree; only one of "
        + "probability, synapses or indegree can be given"),
    ProblemCase(
      "no count",
      "    probability: 0.1\n",
      "",
      "net.yaml:16: connections[0]: the number of synapses is missing; one of "
        + "probability, synapses or indegree is needed"),
    ProblemCase(
      "multapses with synapses",
      "probability: 0.1",
      "synapses: 100\n    multapses: 3",
      "net.yaml:19: connections[0].multapses: can be given with probability "
        + "only; synapses counts synapses already"),
    ProblemCase(
      "negative synapses",
      "probability: 0.1",
      "indegree: -5",
      "net.yaml:18: connections[0].indegree: -5 is negative; it must not be below 0"),
    ProblemCase(
      "multapses without counts",
      "probability: 0.1",
      "probability: 0.1\n    multapses: {norm: {loc: -500, scale: 1}}",
      "net.yaml:19: connections[0].multapses: norm(loc=-500.0, scale=1.0) cannot "
        + "give counts: its density is 0 at each of 1, 2, ... 99"),
    ProblemCase(
      "unknown distribution",
      "delay: 1.5",
      "delay: {normal: {loc: 1}}",
      "net.yaml:19: connections[0].delay.normal: unknown distribution; did you "
        + "mean 'norm'? Known are norm, truncnorm, uniform, lognorm, expon, gamma, "
        + "poisson, randint, binom and constant"),
    ProblemCase(
      "unknown parameter",
      "delay: 1.5",
      "delay: {norm: {loc: 1, sigma: 1}}",
      "net.yaml:19: connections[0].delay.norm.sigma: unknown key; known are loc "
        + "and scale"),
    ProblemCase(
      "missing parameter",
      "delay: 1.5",
      "delay: {lognorm: {loc: 1}}",
      "net.yaml:19: connections[0].delay.lognorm: lognorm needs the parameter s; "
        + "it has s, loc, scale"),
    ProblemCase(
      "impossible parameter",
      "delay: 1.5",
      "delay: {norm: {loc: 1, scale: -1}}",
      "net.yaml:19: connections[0].delay.norm.scale: -1 is not possible; it must "
        + "be above 0 and finite"),
    ProblemCase(
      "conflicting parameters",
      "delay: 1.5",
      "delay: {truncnorm: {a: 1, high: 3}}",
      "net.yaml:19: connections[0].delay.truncnorm: truncnorm cannot have a, "
        + "high together; give its limits as a and b (in standard deviations from "
        + "loc) or as low and high"),
    ProblemCase(
      "two distributions",
      "delay: 1.5",
      "delay: {norm: {}, expon: {}}",
      "net.yaml:19: connections[0].delay: has 2 keys; one of norm, truncnorm, "
        + "uniform, lognorm, expon, gamma, poisson, randint, binom or constant is "
        + "needed, with its parameters"),
    ProblemCase(
      "delay in the wrong unit",
      "delay: 1.5",
      "delay: {norm: {loc: 1 mV}}",
      "net.yaml:19: connections[0].delay.norm.loc: '1 mV' is a voltage; a time "
        + "is needed, in ms, us, ns or s"),
    ProblemCase(
      "negative delays",
      "delay: 1.5",
      "delay: -1",
      "net.yaml:19: connections[0].delay: all delays are negative; a spike "
        + "cannot act before it happens"),
    ProblemCase(
      "distribution as a list",
      "delay: 1.5",
      "delay: [1, 2]",
      "net.yaml:19: connections[0].delay: a list is not a distribution; one of "
        + "norm, truncnorm, uniform, lognorm, expon, gamma, poisson, randint, binom "
        + "or constant is needed, with its parameters"),
    ProblemCase(
      "rise slower than decay",
      "tau1: 0.1",
      "tau1: 10",
      "net.yaml:20: connections[0].synapse.exp2.tau1: 10.0 ms is longer than "
        + "tau2 (9.0 ms); tau1 must not exceed tau2"),
    ProblemCase(
      "time constant of zero",
      "tau1: 0.1",
      "tau1: 0",
      "net.yaml:20: connections[0].synapse.exp2.tau1: 0 is not positive; it must "
        + "be greater than 0"),
    ProblemCase(
      "negative conductance",
      "weight: 0.001",
      "weight: -0.001",
      "net.yaml:20: connections[0].synapse.exp2.weight: -0.001 is negative; it "
        + "must not be below 0"),
    ProblemCase(
      "no reversal potential",
      ", e: -80",
      "",
      "net.yaml:20: connections[0].synapse.exp2.e: is missing; give its reversal "
        + "potential in mV, or current: true beside it"),
    ProblemCase(
      "current with a reversal potential",
      "e: -80}",
      "e: -80}, current: true",
      "net.yaml:20: connections[0].synapse.exp2.e: a current-based synapse has "
        + "no reversal potential; remove it, or current: true"),
    ProblemCase(
      "unknown time course",
      "exp2",
      "exp3",
      "net.yaml:20: connections[0].synapse.exp3: unknown key; did you mean "
        + "'exp2'? Known are exp2, exp, alpha and current"),
    ProblemCase(
      "no time course",
      "{exp2: {weight: 0.001, tau1: 0.1, tau2: 9, e: -80}}",
      "{current: true}",
      "net.yaml:20: connections[0].synapse: the time course is missing; one of "
        + "exp2, exp or alpha is needed"),
    ProblemCase(
      "two time courses",
      "{exp2:",
      "{exp: {weight: 1, tau: 1}, exp2:",
      "net.yaml:20: connections[0].synapse: has exp2 and exp; only one of exp2, "
        + "exp or alpha can be given"),
    ProblemCase(
      "placement in unknown sections",
      "delay: 1.5",
      "delay: 1.5\n    placement: {sections: [soma, denb]}",
      "net.yaml:20: connections[0].placement.sections[1]: cell 'ball' has no "
        + "section or type of sections 'denb'; did you mean 'dend'? Known are soma "
        + "and dend"),
    ProblemCase(
      "placement by counts",
      "delay: 1.5",
      "delay: 1.5\n    placement: {depth: {poisson: {mu: 3}}}",
      "net.yaml:20: connections[0].placement.depth: poisson has no density; use "
        + "a continuous distribution such as norm"),
    ProblemCase(
      "weight of a density",
      "delay: 1.5",
      "delay: 1.5\n    placement: {depth: [{norm: {}, weight: 0}]}",
      "net.yaml:20: connections[0].placement.depth[0].weight: 0 is not positive; "
        + "it must be greater than 0"),
    ProblemCase(
      "swapped range",
      "delay: 1.5",
      "delay: 1.5\n    placement: {z_min: 10, z_max: -10}",
      "net.yaml:20: connections[0].placement: z_min (10.0 um) lies above z_max "
        + "(-10.0 um); swap them"),
  ]
}
