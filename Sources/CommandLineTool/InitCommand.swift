import ArgumentParser
import KernelFiles

/// `lfpkernels init`: writes an example description to start from.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Writes an example description to start from.",
    discussion: """
      Examples:
        lfpkernels init                        writes readme.yaml
        lfpkernels init readme -o net.yaml
        lfpkernels init --list                 what there is
      """)

  @Argument(help: "Name of the example.")
  var name = "readme"

  @Option(name: .shortAndLong, help: "File to write (default: NAME.yaml); - for standard output.")
  var output: String?

  @Flag(help: "Overwrite a file that exists.")
  var force = false

  @Flag(help: "List the examples.")
  var list = false

  func run() throws {
    if list {
      print(ExampleDescription.list)
      return
    }
    guard let example = ExampleDescription.all.first(where: { $0.name == name }) else {
      throw InputError("there is no example '\(name)'; examples are:\n\(ExampleDescription.list)")
    }
    if output == "-" {
      print(example.text, terminator: "")
      return
    }
    let path = output ?? "\(name).yaml"
    try writeAtomically(Array(example.text.utf8), to: path, overwrite: force)
  }
}
