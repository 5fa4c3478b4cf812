extension ProblemCase {
  /// Problems of keys, of the text as a whole and of `time`.
  static let text: [ProblemCase] = [
    ProblemCase(
      "unknown key",
      "probability: 0.1",
      "probabilty: 0.1",
      "net.yaml:18: connections[0].probabilty: unknown key; did you mean "
        + "'probability'? Known are pre, post, probability, synapses, indegree, "
        + "multapses, delay, synapse and placement"),
    ProblemCase(
      "unknown top-level key",
      "probes:\n",
      "probe:\n",
      "net.yaml:21: probe: unknown key; did you mean 'probes'? Known are time, "
        + "cells, populations, connections and probes"),
    ProblemCase(
      "key far from all",
      "rate: 2",
      "colour: red",
      "net.yaml:11: populations.E.colour: unknown key; known are size, rate, "
        + "cell, somata, effective_leak and external"),
    ProblemCase(
      "missing key",
      "    size: 100\n    rate: 2",
      "    rate: 2",
      "net.yaml:9: populations.E.size: is missing; give the number of neurons"),
    ProblemCase(
      "unknown option",
      "tau: 50",
      "tau: 50, solver: exakt",
      "net.yaml:1: time.solver: 'exakt' is not known; did you mean 'exact'? "
        + "Known are exact and backward-euler"),
    ProblemCase(
      "tau below dt",
      "tau: 50",
      "tau: 0.01",
      "net.yaml:1: time.tau: tau (0.01 ms) is shorter than dt (0.0625 ms); it "
        + "must hold at least one step"),
    ProblemCase(
      "tau between steps",
      "tau: 50",
      "tau: 50.03",
      "net.yaml:1: time.tau: tau (50.03 ms) is not a multiple of dt (0.0625 ms); "
        + "the nearest are 50.0 and 50.0625 ms"),
    ProblemCase(
      "too many steps",
      "dt: 0.0625",
      "dt: 1e-9",
      "net.yaml:1: time.tau: tau (50.0 ms) holds more than 10000000 steps of dt "
        + "(1e-09 ms); use a longer step or a shorter tau"),
    ProblemCase(
      "tolerance",
      "tau: 50",
      "tau: 50, tolerance: 2",
      "net.yaml:1: time.tolerance: 2 is no tolerance; it must lie between 1e-12 "
        + "and 1e-2"),
    ProblemCase(
      "key given twice",
      "    rate: 2\n",
      "    rate: 2\n    size: 200\n",
      "net.yaml:12: populations.E.size: is given twice, first in line 10; keep "
        + "one of them"),
    ProblemCase(
      "list as a key",
      "rate: 2",
      "[a, b]: 2",
      "net.yaml:11: populations.E: a key must be a name, not a list or a mapping"),
    ProblemCase(
      "YAML that is not valid",
      "size: 100",
      "size: [100",
      "net.yaml:11: is not valid YAML: while parsing a flow sequence (line 10), "
        + "did not find expected ',' or ']'; between { "
        + "and } names with brackets need quotes, as in \"apic[3](1)\""),
    ProblemCase(
      "merge of a number",
      "rate: 2",
      "<<: 3",
      "net.yaml:11: populations.E.<<: only mappings can be merged"),
    ProblemCase(
      "unknown alias",
      "rate: 2",
      "rate: *r",
      "net.yaml:11: is not valid YAML: found undefined alias"),
    ProblemCase(
      "control character",
      "rate: 2",
      "rate: \u{1}",
      "net.yaml:11: is not valid YAML: control characters are not allowed"),
    ProblemCase(
      "two documents",
      "probes:",
      "---\nprobes:",
      "net.yaml:21: is not valid YAML: expected a single document in the stream "
        + "(line 1), but found another document"),
  ]
}
