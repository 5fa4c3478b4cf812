import ArgumentParser
import Foundation
import KernelFiles

/// A command or an option that does not exist, with the one that was probably meant.
struct CommandLineProblem: Error, Equatable, CustomStringConvertible {
  let description: String

  /// Nil where the first argument names a command, or is none.
  init?(command arguments: [String]) {
    let words = arguments.first == "help" ? arguments.dropFirst() : arguments[...]
    let names = Tool.configuration.subcommands.compactMap { $0.configuration.commandName }
    guard let word = words.first, !word.hasPrefix("-"), word != "help", !names.contains(word) else {
      return nil
    }
    description =
      "there is no command '\(word)'\(advice(for: word, among: names, called: "commands"))\n"
      + "  See 'lfpkernels --help' for more information."
  }

  /// Nil where all options exist, or the parser's error is none of the command line.
  ///
  /// The parser tells of what is missing rather than of the misspelt name that it is missing by.
  init?(option arguments: [String], after error: any Error) {
    guard Tool.exitCode(for: error) == .validationFailure, let name = arguments.first,
      let command = Tool.configuration.subcommands.first(where: {
        $0.configuration.commandName == name
      })
    else { return nil }
    let known = Self.options(in: Tool.helpMessage(for: command, columns: 10_000))
    let given = arguments.dropFirst().prefix { $0 != "--" }.filter { $0.hasPrefix("--") }
      .map { String($0.prefix { $0 != "=" }) }
    guard let unknown = given.first(where: { !known.contains($0) }) else { return nil }
    let near = nearestName(to: unknown, among: known).map { "; did you mean '\($0)'?" } ?? ""
    description =
      "\(name) has no option '\(unknown)'\(near)\n"
      + "  See 'lfpkernels \(name) --help' for more information."
  }

  /// Names of options in a help text, each once.
  private static func options(in text: String) -> [String] {
    var result: [String] = []
    for match in text.matches(of: /--[A-Za-z][\w-]*/) where !result.contains(String(match.0)) {
      result.append(String(match.0))
    }
    return result
  }
}
