import Foundation
import KernelFiles
import Testing

@testable import CommandLineTool

/// `lfpkernels sweep` and `merge` as processes.
@Suite struct SweepCommandTests {
  private static let section = """
    base: net.yaml
    sweep:
      parameters:
        connections[0].synapse.exp2.weight: {linspace: {from: 0.1 nS, to: 0.2 nS, count: COUNT}}
        populations.I.rate: [5, -1]
      store: {measures: [peak, norm], pathways: [E->E]}
    """

  private func directory(_ count: Int) throws -> ToolDirectory {
    let directory = try ToolDirectory()
    try directory.write(
      ExampleDescription.readme.text.replacingOccurrences(of: "dt: 0.0625", with: "dt: 0.5"),
      to: "net.yaml")
    try directory.write(
      Self.section.replacingOccurrences(of: "COUNT", with: "\(count)"), to: "sweep.yaml")
    return directory
  }

  private func results(_ directory: ToolDirectory, _ name: String = "out") throws -> Data {
    try Data(contentsOf: directory.url.appendingPathComponent(name + "/results.h5"))
  }

  @Test func failuresAreReportedAndTheRestIsComputed() throws {
    let directory = try directory(3)
    for _ in 0..<2 {
      let result = try directory.run("sweep", "sweep.yaml", "-o", "out")
      #expect(result.status == 1 && result.output == "")
      #expect(
        result.errors.hasPrefix("Error: 3 of 6 points failed:\n  3 points from 1 on: net.yaml:"))
      #expect(result.errors.contains("-1 is negative; it must not be below 0"))
    }
    let file = try HDF5File(reading: directory.url.path + "/out/results.h5")
    #expect(try file.read(["points", "status"], as: Int.self).values == [1, 2, 1, 2, 1, 2])
    #expect(try file.members(of: ["measures"]) == ["peak", "norm"])
    #expect(try file.members(of: ["measures", "peak", "E"]) == ["E"])
  }

  @Test func resultsAreDrawn() throws {
    let directory = try directory(3)
    _ = try directory.run("sweep", "sweep.yaml", "-o", "out")
    let file = "out/results.h5"
    for options in [[], ["--measure", "norm"], ["--x", "populations.I.rate"]] {
      let result = try directory.run(["plot", file, "-o", "x.svg", "--force"] + options)
      // The rate -1 is not possible.
      #expect(result.status == 0 && result.output == "")
      #expect(result.errors.contains("failed (") && result.errors.contains("they are gaps"))
      #expect(try directory.text("x.svg").hasPrefix("<?xml"))
    }
    #expect(
      try directory.run("plot", file, "-o", "y.png", "--x", "rat").errors.contains(
        "has no parameter 'rat'"))
    #expect(
      try directory.run("plot", file, "-o", "y.png", "--measure", "x").errors.contains(
        "has no measure 'x'"))
    #expect(try directory.files == ["net.yaml", "out", "sweep.yaml", "x.svg"])
  }

  @Test func aDryRunComputesNothing() throws {
    let directory = try directory(3)
    let result = try directory.run("sweep", "sweep.yaml", "--dry-run", "--threads", "2")
    #expect(result.status == 0 && result.errors == "")
    #expect(
      result.output.hasPrefix("points: 6\nkernels of each: E->E at lfp, E->E at dipole\ntime: "))
    #expect(result.output.contains("\ndisk: "))
    #expect(try directory.files == ["net.yaml", "sweep.yaml"])
  }

  @Test func shardsAreMerged() throws {
    let directory = try directory(3)
    _ = try directory.run("sweep", "sweep.yaml", "-o", "out")
    for shard in ["1/2", "2/2"] {
      #expect(try directory.run("sweep", "sweep.yaml", "-o", "parts", "--shard", shard).status == 1)
    }
    let result = try directory.run("merge", "parts")
    #expect(result.status == 1 && result.errors.hasPrefix("Error: 3 of 6 points failed:\n"))
    #expect(try results(directory) == results(directory, "parts"))
    #expect(try directory.run("merge", "parts").errors.contains("exists already"))
    let lost = directory.url.appendingPathComponent("parts/shard-2-of-2.h5")
    try FileManager.default.removeItem(at: lost)
    #expect(
      try directory.run("merge", "parts", "--force", "--partial").errors.hasPrefix(
        "warning: 3 of 6 points are missing: no files of shards 2 of 2\n"))
    #expect(try directory.run("sweep", "sweep.yaml", "-o", "x", "--shard", "3/2").status == 1)
    #expect(try directory.files == ["net.yaml", "out", "parts", "sweep.yaml"])
  }

  @Test func theBaseNetworkOfASweepIsANetwork() throws {
    let directory = try directory(3)
    let section = Self.section.split(separator: "\n").dropFirst().joined(separator: "\n")
    try directory.write(
      directory.text("net.yaml") + "\n" + section.replacingOccurrences(of: "COUNT", with: "3"),
      to: "both.yaml")
    let result = try directory.run("check", "both.yaml")
    #expect(result.status == 0 && result.errors.hasPrefix("note: both.yaml describes a sweep, too"))
    #expect(try directory.run("sweep", "both.yaml", "-o", "out").errors.contains("3 of 6 points"))
  }

  @Test func aSweepWithoutItsNetworkIsNone() throws {
    let result = try directory(3).run("check", "sweep.yaml")
    #expect(result.status == 1)
    #expect(
      result.errors
        == "Error: sweep.yaml:1: base: this describes a sweep; the network is in 'net.yaml', and "
        + "`lfpkernels sweep` computes all of it\n")
  }

  /// Killed at random instants, a sweep comes to the same file in the end. How many of the processes are
  /// hit while they compute depends on the machine; the result must not.
  @Test func killedRunsAddUp() throws {
    let kills = ProcessInfo.processInfo.environment["LFPKERNELS_KILLS"].flatMap { Int($0) } ?? 10
    let directory = try directory(kills * 40)
    let arguments = ["sweep", "sweep.yaml", "--threads", "2", "-o"]
    _ = try directory.run(arguments + ["whole"])
    for _ in 0..<kills {
      let process = Process()
      process.executableURL = ToolDirectory.tool
      process.arguments = arguments + ["out"]
      process.currentDirectoryURL = directory.url
      process.standardError = FileHandle.nullDevice
      try process.run()
      usleep(UInt32.random(in: 1000..<150_000))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    _ = try directory.run(arguments + ["out"])
    #expect(try results(directory) == results(directory, "whole"))
    let files = try FileManager.default.contentsOfDirectory(
      atPath: directory.url.path + "/out")
    #expect(files.sorted() == [".results.h5.lock", "results.h5"])
  }

  @Test func interruptedRunsSayHowToGoOn() throws {
    let directory = try directory(2000)
    let process = Process()
    process.executableURL = ToolDirectory.tool
    process.arguments = ["sweep", "sweep.yaml", "--threads", "1", "-o", "out"]
    process.currentDirectoryURL = directory.url
    let errors = directory.url.appendingPathComponent("interrupted")
    try Data().write(to: errors)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    let result = directory.url.path + "/out/results.h5"
    while process.isRunning, !FileManager.default.fileExists(atPath: result) { usleep(1000) }
    let second = try directory.run("sweep", "sweep.yaml", "-o", "out")
    kill(process.processIdentifier, SIGTERM)
    process.waitUntilExit()
    // A machine that computes all of it within a millisecond has nothing to interrupt.
    if process.terminationStatus == 128 + SIGTERM {
      #expect(second.status == 1 && second.errors.contains("another process is computing it"))
      #expect(
        try directory.text("interrupted").contains(
          "points are missing; run the same command again"))
    }
  }

  @Test func diskFullIsFoundBeforeTheWork() throws {
    let directory = try directory(3)
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/bash")
    shell.arguments = [
      "-c", "ulimit -f 16; \"$0\" sweep sweep.yaml -o out 2>errors", ToolDirectory.tool.path,
    ]
    shell.currentDirectoryURL = directory.url
    try shell.run()
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 1)
    #expect(try directory.text("errors").contains("cannot reserve"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: directory.url.path + "/out") == [
        ".results.h5.lock"
      ])
  }
}
