import Foundation
import KernelFiles
import Testing

@testable import CommandLineTool

/// What the tool says when something is wrong: what it is, and what was probably meant.
@Suite struct MessageTests {
  /// A folder with a file of each kind.
  private func directory() throws -> ToolDirectory {
    let directory = try ToolDirectory()
    try directory.write(
      ExampleDescription.readme.text.replacingOccurrences(of: "dt: 0.0625", with: "dt: 0.5"),
      to: "net.yaml")
    for command in [
      "kernels net.yaml -o k.h5 --plot k.png", "poisson net.yaml -o spikes.h5 --duration 300",
      "predict k.h5 spikes.h5 -o signals.h5 --to 300", "kernels net.yaml -o k.npz",
    ] {
      let run = try directory.run(command.split(separator: " ").map(String.init))
      #expect(run.status == 0, "\(command): \(run.errors)")
    }
    return directory
  }

  @Test(arguments: [
    (
      "kernel net.yaml", "there is no command 'kernel'; did you mean 'kernels'? Commands are init, "
    ),
    ("pedict", "there is no command 'pedict'; did you mean 'predict'? "),
    ("help swep", "there is no command 'swep'; did you mean 'sweep'? "),
    ("xyzzyxyzzy", "there is no command 'xyzzyxyzzy'; commands are init, check, "),
    ("kernels net.yaml --ouput k.h5", "kernels has no option '--ouput'; did you mean '--output'?"),
    ("predict k.h5 s.h5 -o o.h5 --pathway=1", "predict has no option '--pathway'; did you mean"),
    (
      "check net.yaml --strange", "check has no option '--strange'\n  See 'lfpkernels check --help'"
    ),
  ])
  func misspeltWords(_ command: String, _ message: String) throws {
    let result = try ToolDirectory().run(command.split(separator: " ").map(String.init))
    #expect(result.status == 64 && result.output == "")
    #expect(result.errors.hasPrefix("Error: " + message), "\(result.errors)")
  }

  /// What the parser of the command line finds is still told.
  @Test func otherMistakesOfTheCommandLine() throws {
    let result = try ToolDirectory().run("kernels", "net.yaml")
    #expect(result.status == 64)
    #expect(result.errors.hasPrefix("Error: Missing expected argument '--output <output>'"))
    let none = try ToolDirectory().run()
    #expect(none.status == 0 && none.output.hasPrefix("OVERVIEW: "))
  }

  @Test func filesOfOtherKindsAreNamed() throws {
    let directory = try directory()
    let kernels = "is a file of kernels, not"
    for (command, message) in [
      ("kernels k.h5 -o x.h5", "k.h5: \(kernels) a description; `lfpkernels plot` draws it"),
      ("check k.h5", "k.h5: \(kernels) a description"),
      ("sweep k.h5 -o r", "k.h5: \(kernels) a description"),
      ("poisson k.h5 -o x.h5 --duration 1", "k.h5: \(kernels) a description"),
      ("cell k.h5", "k.h5: \(kernels) a morphology"),
      ("compare k.h5 signals.h5", "k.h5: \(kernels) a file of signals"),
      ("compare signals.h5 net.yaml", "net.yaml: is a text, as descriptions of networks are, not"),
      ("merge k.h5", "k.h5: is a file; the directory of the shards is needed"),
      ("check signals.h5", "signals.h5: is a file of signals, not a description"),
      ("check spikes.h5", "spikes.h5: is a file of spikes, not a description"),
      ("check k.npz", "k.npz: is a file of arrays (NumPy), not a description"),
      ("check k.png", "k.png: is a picture, not a description"),
      (
        "predict net.yaml spikes.h5 -o x.h5", "net.yaml: is a text, as descriptions of networks are"
      ),
      ("predict spikes.h5 k.h5 -o x.h5", "spikes.h5: is a file of spikes, not a file of kernels"),
      (
        "predict signals.h5 k.h5 -o x.h5", "signals.h5: is a file of signals, not a file of kernels"
      ),
      ("predict k.h5 k.h5 -o x.h5", "k.h5: holds \"LFPKernels kernels\", not spikes"),
      (
        "plot net.yaml -o x.png",
        "net.yaml: is a text, as descriptions of networks are, not kernels"
      ),
      ("plot spikes.h5 -o x.png", "spikes.h5: is a file of spikes, not kernels, signals"),
      ("plot k.png -o x.png", "k.png: is a picture, not kernels, signals"),
    ] {
      let result = try directory.run(command.split(separator: " ").map(String.init))
      #expect(result.status == 1 && result.output == "", "\(command)")
      #expect(result.errors.hasPrefix("Error: " + message), "\(command): \(result.errors)")
    }
  }

  /// One word before all errors, whichever part finds them.
  @Test func allErrorsBeginAlike() throws {
    let directory = try directory()
    try directory.write(
      ExampleDescription.readme.text.replacingOccurrences(of: "size: 8192", with: "size: -1")
        .replacingOccurrences(of: "rate: 5", with: "rate: -5"), to: "bad.yaml")
    try directory.write("1 1 0 0 0 1 -1\n2 1 0 0 x 1 1\n", to: "bad.swc")
    for command in [
      "check bad.yaml", "check none.yaml", "kernels net.yaml -o k.h5", "kernels net.yaml -o k.txt",
      "plot k.h5 -o k.gif", "cell bad.swc", "predict k.h5 none.csv -o x.h5", "sweep net.yaml -o r",
      "merge none", "init nothing", "poisson net.yaml -o x.h5", "nothing", "plot k.h5",
    ] {
      let result = try directory.run(command.split(separator: " ").map(String.init))
      #expect(result.status != 0 && result.output == "", "\(command)")
      #expect(result.errors.hasPrefix("Error: "), "\(command): \(result.errors)")
    }
    let several = try directory.run("check", "bad.yaml").errors.split(separator: "\n")
    #expect(several.count == 2 && several.allSatisfy { $0.hasPrefix("Error: bad.yaml:") })
  }

  /// A misspelt part is one problem; what refers to its contents brings no more.
  @Test(arguments: [
    ("populations:", "population:", 1), ("connections:", "conections:", 1),
    ("cells:", "cell:", 1), ("probes:", "probe:", 1), ("    sections:\n", "    section:\n", 1),
    ("    cell: pyramidal", "    cel: pyramidal", 1), ("soma: {points", "soma: {pints", 2),
  ])
  func misspeltPartsAreOneProblem(_ word: String, _ misspelt: String, _ count: Int) throws {
    let directory = try ToolDirectory()
    let text = ExampleDescription.readme.text.replacingOccurrences(
      of: "\n" + word, with: "\n" + misspelt
    )
    .replacingOccurrences(of: "  " + word, with: "  " + misspelt)
    try directory.write(text, to: "net.yaml")
    let lines = try directory.run("check", "net.yaml").errors.split(separator: "\n")
    #expect(lines.count == count, "\(lines)")
    #expect(lines.allSatisfy { $0.contains("unknown key; did you mean '") }, "\(lines)")
  }

  @Test(arguments: [
    ("time:\n\tdt: 1\n", ":2: is not valid YAML: a tab indents this line; use spaces"),
    ("time:\n  dt:\t0.1\n  tau: 1\n\tx: 2", ":4: is not valid YAML: a tab indents this line"),
    ("time: {dt: @1}\n", ":1: is not valid YAML: a value cannot begin with @"),
    ("time: 'abc\n", "is not valid YAML: a quote is opened and not closed"),
    ("time: a: b\n", ":1: is not valid YAML: a colon stands where no key can be"),
    ("a: 1\nb\nc: 2\n", "is not valid YAML: a key without a colon"),
    (
      "a:\n    b: 1\n  c: 2\n", ":3: is not valid YAML: this line does not belong to the one before"
    ),
  ])
  func syntaxInPlainWords(_ text: String, _ message: String) throws {
    let directory = try ToolDirectory()
    try directory.write(text, to: "net.yaml")
    let errors = try directory.run("check", "net.yaml").errors
    #expect(errors.contains(message), "\(errors)")
  }

  /// Computed numbers have no rounding in them.
  @Test func numbersAreRound() throws {
    let directory = try ToolDirectory()
    try directory.write(
      ExampleDescription.readme.text.replacingOccurrences(of: "dt: 0.0625", with: "dt: 0.06"),
      to: "net.yaml")
    #expect(
      try directory.run("check", "net.yaml").errors
        == "Error: net.yaml:12: time.tau: tau (50.0 ms) is not a multiple of dt (0.06 ms); the nearest "
        + "are 49.98 and 50.04 ms\n")
  }

  /// Nothing that is read is written over, whatever is forced.
  @Test func whatIsReadIsKept() throws {
    let directory = try directory()
    let text = ExampleDescription.readme.text
    try directory.write(text, to: "d.h5")
    try FileManager.default.createSymbolicLink(
      atPath: directory.url.appendingPathComponent("link.h5").path, withDestinationPath: "d.h5")
    let probe = "  head: {new_york_head: {file: k.h5, place: [0, 0, 0]}}\n"
    try directory.write(text + probe, to: "head.yaml")
    let kernels = try directory.text("k.h5").hashValue
    for (command, message) in [
      ("kernels d.h5 -o d.h5", "d.h5: is the same file as d.h5, which is read"),
      ("kernels d.h5 -o ./link.h5", "./link.h5: is the same file as d.h5, which is read"),
      ("poisson d.h5 -o d.h5 --duration 1", "d.h5: is the same file as d.h5, which is read"),
      ("plot k.png -o k.png", "k.png: is the same file as k.png, which is read"),
      ("cell k.png --plot k.png", "k.png: is the same file as k.png, which is read"),
      ("predict k.h5 spikes.h5 -o k.h5", "k.h5: is the same file as k.h5, which is read"),
      ("predict k.h5 spikes.h5 -o spikes.h5", "spikes.h5: is the same file as spikes.h5"),
    ] {
      let words = (command + " --force").split(separator: " ").map(String.init)
      let result = try directory.run(words)
      #expect(result.status == 1, "\(command)")
      #expect(result.errors.contains(message), "\(command): \(result.errors)")
    }
    #expect(try directory.text("d.h5") == text)
    _ = try directory.run("kernels", "head.yaml", "-o", "k.h5", "--force")
    #expect(try directory.text("k.h5").hashValue == kernels)
  }

  @Test func namedFilesAreFound() throws {
    let directory = try ToolDirectory()
    #expect(try directory.run("init", "pyramidal").status == 0)
    let path = directory.url.path
    let file = try DescriptionFile.read(path: path + "/pyramidal.yaml")
    #expect(file.keyPath(namingFile: path + "/pyramidal.swc") == "cells.pyramidal.morphology")
    #expect(file.keyPath(namingFile: path + "/./pyramidal.swc") == "cells.pyramidal.morphology")
    #expect(file.keyPath(namingFile: path + "/dal.swc") == nil)
    #expect(file.keyPath(namingFile: path + "/k.h5") == nil)
  }
}
