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
      try StandardOutput.print(ExampleDescription.list)
      return
    }
    guard let example = ExampleDescription.all.first(where: { $0.name == name }) else {
      throw InputError("there is no example '\(name)'; examples are:\n\(ExampleDescription.list)")
    }
    if output == "-" {
      try StandardOutput.print(example.text, terminator: "")
      return
    }
    let path = output ?? "\(name).yaml"
    let files = example.files.sorted { $0.key < $1.key }.map { file in
      (path: sibling(of: path, named: file.key), text: file.value)
    }
    // Before anything is written: nobody wants half an example.
    for file in files { try checkWritable(file.path, overwrite: force) }
    try checkWritable(path, overwrite: force)
    for file in files {
      try writeAtomically(Array(file.text().utf8), to: file.path, overwrite: force)
    }
    try writeAtomically(Array(example.text.utf8), to: path, overwrite: force)
    let names = listing(files.map(\.path) + [path], last: "and")
    StandardError.progress(
      "wrote \(names); next: lfpkernels \(name == "sweep" ? "sweep" : "check") \(path)")
  }
}

/// The path of a file in the same directory as another.
private func sibling(of path: String, named name: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return name }
  return String(path[...slash]) + name
}
