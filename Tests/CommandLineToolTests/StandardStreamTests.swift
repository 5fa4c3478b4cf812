import Foundation
import Testing

@testable import CommandLineTool

/// Text that does not arrive is an error; what was done is said on a terminal.
@Suite struct StandardStreamTests {
  /// Runs a line of the shell, in which $0 is the tool.
  private func shell(_ line: String, in directory: ToolDirectory) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line, ToolDirectory.tool.path]
    process.currentDirectoryURL = directory.url
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  private func directory() throws -> ToolDirectory {
    let directory = try ToolDirectory()
    for name in ["readme", "pyramidal", "sweep"] {
      #expect(try directory.run("init", name).status == 0)
    }
    let text = try directory.text("readme.yaml")
    try directory.write(
      text.replacingOccurrences(of: "dt: 0.0625", with: "dt: 0.5"), to: "net.yaml")
    try directory.write(
      "base: net.yaml\nsweep:\n  parameters: {populations.I.rate: [1, 2]}\n  store: measures\n",
      to: "small.yaml")
    #expect(try directory.run("kernels", "net.yaml", "-o", "k.h5").status == 0)
    #expect(
      try directory.run("poisson", "net.yaml", "-o", "s.h5", "--duration", "300").status == 0)
    #expect(try directory.run("predict", "k.h5", "s.h5", "-o", "v.h5", "--to", "300").status == 0)
    return directory
  }

  /// Everything that prints.
  private static let commands = [
    "check net.yaml", "check net.yaml --json", "init -o -", "init --list", "compare v.h5 v.h5",
    "compare v.h5 v.h5 --json", "predict k.h5 s.h5 -o w.h5 --to 300 --json --force",
    "cell pyramidal.swc", "cell pyramidal.swc --json", "sweep small.yaml --dry-run", "--version",
    "--help", "help kernels", "kernels --help", "--generate-completion-script bash",
  ]

  @Test func lostOutputIsAnError() throws {
    let directory = try directory()
    for command in Self.commands {
      let full = try shell("\"$0\" \(command) >/dev/full 2>errors", in: directory)
      #expect(full == 1, "\(command)")
      #expect(
        try directory.text("errors").hasSuffix(
          "Error: standard output cannot be written: No space left on device\n"), "\(command)")
      #expect(try shell("\"$0\" \(command) >/dev/null", in: directory) == 0, "\(command)")
      #expect(try shell("\"$0\" \(command) >&- 2>/dev/null", in: directory) == 1, "\(command)")
    }
  }

  /// Every command is among those above that prints at all.
  @Test func nothingElsePrints() throws {
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/CommandLineTool").standardized
    let names = try #require(FileManager.default.enumerator(atPath: sources.path)).allObjects
    for case let name as String in names where name.hasSuffix(".swift") {
      let text = try String(contentsOf: sources.appendingPathComponent(name), encoding: .utf8)
      for match in text.matches(of: /(\S*)\bprint\(/) {
        #expect(["StandardOutput.", ""].contains(match.1), "\(name)")
        if match.1 == "" { #expect(name == "StandardOutput.swift", "\(name)") }
      }
    }
  }

  /// Results do not take the place of streams that are closed, and nothing is written into them.
  @Test func closedStreams() throws {
    let directory = try directory()
    #expect(try directory.run("kernels", "net.yaml", "-o", "a.h5").status == 0)
    let line = "\"$0\" kernels net.yaml -o b.h5 <&- >&- 2>&-"
    #expect(try shell(line, in: directory) == 0)
    let bytes = try ["a.h5", "b.h5"].map {
      try Data(contentsOf: directory.url.appendingPathComponent($0))
    }
    #expect(bytes[0] == bytes[1])
    #expect(try shell("\"$0\" check none.yaml 2>/dev/full", in: directory) == 1)
    #expect(try shell("\"$0\" check none.yaml 2>&-", in: directory) == 1)
  }

  /// A pipe that nobody reads ends the tool as it ends others: by SIGPIPE.
  @Test func closedPipes() throws {
    let directory = try directory()
    let line = "{ \"$0\" check net.yaml; echo $? >status; } | true; cat status >/dev/null"
    #expect(try shell(line, in: directory) == 0)
    #expect(["0\n", "1\n", "141\n"].contains(try directory.text("status")))
  }

  @Test func successIsToldOnATerminal() throws {
    let directory = try directory()
    for (command, words) in [
      ("init readme --force", "wrote readme.yaml; next: lfpkernels check readme.yaml"),
      ("init sweep --force", "wrote sweep.yaml; next: lfpkernels sweep sweep.yaml"),
      ("kernels net.yaml -o c.h5 --plot c.png", "wrote the picture c.png"),
      ("plot k.h5 -o k.png", "wrote the picture k.png"),
      ("cell pyramidal.swc --plot cell.png", "wrote the picture cell.png"),
      ("predict k.h5 s.h5 -o x.h5 --to 300 --plot x.png", "wrote the picture x.png"),
      ("poisson net.yaml -o y.h5 --duration 10", "spikes of 2 populations to y.h5"),
    ] {
      let terminal = try Terminal()
      let process = Process()
      process.executableURL = ToolDirectory.tool
      process.arguments = command.split(separator: " ").map(String.init)
      process.currentDirectoryURL = directory.url
      process.standardOutput = FileHandle.nullDevice
      process.standardError = terminal.end
      try process.run()
      let said = terminal.text { process.isRunning }
      #expect(process.terminationStatus == 0, "\(command): \(said)")
      #expect(said.contains(words), "\(command): \(said)")
    }
    // Where it is none, nothing.
    #expect(try directory.run("plot", "k.h5", "-o", "l.png").errors == "")
  }
}

/// A pseudo-terminal.
private final class Terminal {
  private let controller: Int32
  let end: FileHandle

  init() throws {
    // As posix_openpt, unlockpt and ptsname do, which Swift does not see: TIOCSPTLCK and TIOCGPTN.
    controller = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var (lock, number) = (Int32(0), UInt32(0))
    guard controller >= 0, ioctl(controller, 0x4004_5431, &lock) == 0,
      ioctl(controller, 0x8004_5430, &number) == 0
    else { throw InputError("there is no pseudo-terminal") }
    let name = "/dev/pts/\(number)"
    let descriptor = open(name, O_RDWR | O_NOCTTY)
    guard descriptor >= 0 else { throw InputError("\(name) cannot be opened") }
    end = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    _ = fcntl(controller, F_SETFL, O_NONBLOCK)
  }

  deinit { close(controller) }

  /// All that is written while something goes on.
  func text(while isGoingOn: () -> Bool) -> String {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 4096)
    var isLast = false
    while true {
      let count = read(controller, &block, block.count)
      if count > 0 {
        bytes += block[..<count]
      } else if isLast {
        return String(decoding: bytes, as: UTF8.self)
      } else {
        isLast = !isGoingOn()
        usleep(2000)
      }
    }
  }
}
