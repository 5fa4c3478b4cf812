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
    StandardOutput.keepDescriptors()
    TemporaryFiles.removeOnSignals()
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      if let problem = CommandLineProblem(command: arguments) { throw problem }
      var command: any ParsableCommand
      do {
        command = try parseAsRoot(arguments)
      } catch {
        throw CommandLineProblem(option: arguments, after: error) ?? error
      }
      try command.run()
    } catch {
      end(with: error)
    }
  }

  /// Says what is wrong, every problem behind the same word, and ends with its status.
  private static func end(with error: any Error) -> Never {
    switch error {
    case let error as DescriptionError:
      for problem in error.diagnostics { StandardError.write("Error: \(problem)\n") }
      if error.omitted > 0 {
        StandardError.write("and \(error.omitted) more problem\(error.omitted == 1 ? "" : "s")\n")
      }
      Foundation.exit(1)
    case let problem as CommandLineProblem:
      StandardError.write("Error: \(problem)\n")
      Foundation.exit(ExitCode.validationFailure.rawValue)
    default:
      let (status, text) = (exitCode(for: error), fullMessage(for: error))
      if status != .success {
        if !text.isEmpty { StandardError.write(text + "\n") }
        Foundation.exit(status.rawValue)
      }
      // What was asked for: a help text, the version.
      do {
        if !text.isEmpty { try StandardOutput.print(text) }
        Foundation.exit(0)
      } catch {
        StandardError.write("Error: \(error)\n")
        Foundation.exit(1)
      }
    }
  }
}

/// The version of the tool, which its results name.
let toolVersion = "0.1.0"
