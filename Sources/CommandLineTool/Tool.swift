import ArgumentParser
import Foundation
import KernelFiles

@main
struct Tool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lfpkernels",
    abstract: "Predicts brain signals from the spiking of neuronal networks, by linear kernels.",
    discussion: """
      A network is described in a YAML file. To start from an example:

        lfpkernels init readme
        lfpkernels check readme.yaml
        lfpkernels kernels readme.yaml -o kernels.h5 --plot kernels.png
      """,
    version: toolVersion,
    subcommands: [
      InitCommand.self, CheckCommand.self, CellCommand.self, KernelsCommand.self,
      SweepCommand.self, MergeCommand.self, PoissonCommand.self, PredictCommand.self,
      CompareCommand.self, PlotCommand.self,
    ])

  /// Runs the tool: status 0, 1 when what it was given is wrong, 64 when the command line is.
  static func main() {
    TemporaryFiles.removeOnSignals()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let error as DescriptionError {
      // One problem per line, each beginning with file and line as editors expect.
      StandardError.write("\(error)\n")
      exit(withError: ExitCode.failure)
    } catch {
      exit(withError: error)
    }
  }
}

/// The version of the tool, which its results name.
let toolVersion = "0.1.0"
