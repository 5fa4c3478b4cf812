import ArgumentParser

/// `lfpkernels check`: reads a description and prints what follows from it.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks a description and prints the numbers that follow from it.",
    discussion: """
      Example:
        lfpkernels check net.yaml

      Prints the synapses, indegree and outdegree of each connection, and the compartments, area, \
      leak and time constant of each model cell, without and with the mean conductance of its \
      synapses. All problems of the file are listed with their lines, among them cells that \
      do not fit into what a probe measures in.
      """)

  @Argument(help: "Description of a network (YAML or JSON).", completion: .file())
  var description: String

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let input = try NetworkInput(path: description)
    let report = CheckReport(input, probes: try input.probes())
    try input.checkProbes()
    try StandardOutput.print(json ? try report.json() : report.text)
  }
}
