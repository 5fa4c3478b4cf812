import ArgumentParser

@main
struct Tool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lfpkernels",
    abstract: "Predicts brain signals from the spiking of neuronal networks, by linear kernels.")
}
