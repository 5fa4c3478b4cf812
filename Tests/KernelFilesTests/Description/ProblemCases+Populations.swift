extension ProblemCase {
  /// Problems of populations and of numbers.
  static let populations: [ProblemCase] = [
    ProblemCase(
      "text for a number",
      "rate: 2",
      "rate: fast",
      "net.yaml:11: populations.E.rate: 'fast' is not a number; a rate is "
        + "needed, in spikes/s or with its unit"),
    ProblemCase(
      "list for a number",
      "rate: 2",
      "rate: [2, 3]",
      "net.yaml:11: populations.E.rate: a list is not a number; a rate is "
        + "needed, in spikes/s or with its unit"),
    ProblemCase(
      "number for a mapping",
      "  I: {size: 25}",
      "  I: 25",
      "net.yaml:14: populations.I: '25' is not a mapping; a mapping is needed, "
        + "with the keys size, rate, cell, somata, effective_leak and external"),
    ProblemCase(
      "nothing",
      "  I: {size: 25}",
      "  I:",
      "net.yaml:14: populations.I: nothing is not a mapping; a mapping is "
        + "needed, with the keys size, rate, cell, somata, effective_leak and external"),
    ProblemCase(
      "negative size",
      "size: 100",
      "size: -100",
      "net.yaml:10: populations.E.size: -100 is not possible; it must be a whole "
        + "number from 1 up"),
    ProblemCase(
      "fractional size",
      "size: 100",
      "size: 2.5",
      "net.yaml:10: populations.E.size: 2.5 is not possible; it must be a whole "
        + "number from 1 up"),
    ProblemCase(
      "huge size",
      "size: 100",
      "size: 1e30",
      "net.yaml:10: populations.E.size: 1e30 is too large; at most 1000000000000 "
        + "is possible"),
    ProblemCase(
      "negative rate",
      "rate: 2",
      "rate: -2",
      "net.yaml:11: populations.E.rate: -2 is negative; it must not be below 0"),
    ProblemCase(
      "NaN",
      "rate: 2",
      "rate: .nan",
      "net.yaml:11: populations.E.rate: '.nan' is not a finite number; a rate is "
        + "needed, in spikes/s or with its unit"),
    ProblemCase(
      "infinity",
      "rate: 2",
      "rate: .inf",
      "net.yaml:11: populations.E.rate: '.inf' is not a finite number; a rate is "
        + "needed, in spikes/s or with its unit"),
    ProblemCase(
      "overflow",
      "rate: 2",
      "rate: 1e999",
      "net.yaml:11: populations.E.rate: '1e999' is too large for a number"),
    ProblemCase(
      "no flag",
      "rate: 2",
      "effective_leak: maybe",
      "net.yaml:11: populations.E.effective_leak: 'maybe' is neither true nor false"),
    ProblemCase(
      "unknown cell",
      "cell: ball",
      "cell: bal",
      "net.yaml:12: populations.E.cell: there is no cell 'bal'; did you mean "
        + "'ball'? Known is ball"),
    ProblemCase(
      "somata without a cell",
      "    cell: ball\n",
      "",
      "net.yaml:12: populations.E.somata: has no meaning without a cell; give "
        + "the population one\nnet.yaml:16: connections[0].post: population 'E' has "
        + "no cell, so it cannot be postsynaptic; give it one"),
    ProblemCase(
      "empty name",
      "  I: {size",
      "  \"\": {size",
      "net.yaml:14: populations.: the name is empty; give it a name\nnet.yaml:16: "
        + "connections[0].pre: there is no population 'I'; known is E"),
  ]
}
