import ArgumentParser

@main
struct Tool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lfpkernels",
    abstract: "Predicts brain signals from the spiking of neuronal networks, by linear kernels.",
    discussion: """
      A network is described in a YAML file. To start from an example:

        lfpkernels init readme
        lfpkernels check readme.yaml
      """,
    version: toolVersion,
    subcommands: [InitCommand.self])
}

/// The version of the tool, which its results name.
let toolVersion = "0.1.0"
