import Foundation
import Testing

@testable import CommandLineTool

/// The scripts explain themselves and refuse what they do not know; what they do is not tested here.
@Suite struct ScriptTests {
  static let scripts = [
    "setup", "test", "example", "install", "benchmark", "install-reference", "fuzz", "validate",
  ]

  @Test(arguments: scripts)
  func helps(script: String) throws {
    let run = try Run(Project.folder.appendingPathComponent("Scripts/\(script)"), ["--help"])
    #expect(run.status == 0)
    #expect(run.errors == "")
    #expect(run.output.hasPrefix("Usage: Scripts/\(script)"))
  }

  @Test(arguments: scripts.filter { $0 != "test" })
  func refusesUnknownArguments(script: String) throws {
    let run = try Run(Project.folder.appendingPathComponent("Scripts/\(script)"), ["--nonsense"])
    #expect(run.status == 64)
    #expect(run.output == "")
    #expect(run.errors == "\(script): unknown argument '--nonsense'; see --help\n")
  }

  /// A system whose Swift lacks libraries, or is too old, is told what to install: by programs of these
  /// names that say so.
  @Test(arguments: [
    ("libncurses.so.6 => not found", "6.3.1", "setup: missing: libncurses6\n"),
    ("libxml2.so.2 => not found", "6.3.1", "setup: missing: libxml2\n"),
    ("libc.so.6 => /lib/libc.so.6 (0x1)", "6.3.1", ""),
    (
      "libc.so.6 => /lib/libc.so.6 (0x1)", "6.1.2",
      "setup: Swift 6.2 or later is needed, and 6.1.2 is"
    ),
  ])
  func setupLooksAtSwift(_ libraries: String, _ version: String, _ message: String) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let programs = [
      "swift": "echo 'Swift version \(version) (swift-RELEASE)'", "swift-frontend": "",
      "ldd": "printf '\\t%s\\n' '\(libraries)'",
    ]
    for (name, line) in programs {
      let url = folder.appendingPathComponent(name)
      try Data("#!/bin/sh\n\(line)\n".utf8).write(to: url)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: url.path)
    }
    let run = try Run(
      URL(fileURLWithPath: "/bin/sh"),
      [
        "-c", "PATH=\"$0:$PATH\"; exec Scripts/setup --check", folder.path,
      ])
    #expect(run.status == (message.isEmpty ? 0 : 1), "\(run.errors)")
    #expect(message.isEmpty ? run.errors.isEmpty : run.errors.hasPrefix(message), "\(run.errors)")
  }

  /// With a program called swift that builds nothing, but has the tool of these tests.
  @Test func installPutsTheToolIntoItsPlace() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let swift = folder.appendingPathComponent("swift")
    try Data(
      """
      #!/bin/sh
      case "$*" in
        --version) echo 'Swift version 6.3.1 (swift-RELEASE)' ;;
        *--show-bin-path) echo '\(Project.products.path)' ;;
      esac

      """.utf8
    ).write(to: swift)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: swift.path)
    let tool = folder.path + "/a b/bin/lfpkernels"
    for hasPath in [false, true] {
      let run = try Run(
        URL(fileURLWithPath: "/bin/sh"),
        [
          "-c", "PATH=\"$0:$PATH\(hasPath ? ":$0/a b/bin" : "")\"; exec Scripts/install \"$0/a b\"",
          folder.path,
        ])
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.errors.contains(" is \(tool)\n"))
      #expect(run.errors.contains("add it to the PATH") != hasPath)
      let version = try Run(URL(fileURLWithPath: tool), ["--version"])
      #expect(version.output == toolVersion + "\n")
    }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path + "/a b/bin") == [
        "lfpkernels"
      ])
  }

  @Test func installSaysWhatIsWrong() throws {
    let script = Project.folder.appendingPathComponent("Scripts/install")
    let several = try Run(script, ["a", "b"])
    #expect(several.status == 64 && several.errors.contains("one PREFIX is needed, not 2"))
  }

  /// The steps of the example are numbered, and each of its files is named by one.
  @Test func exampleTellsItsSteps() throws {
    let text = try Project.text("Scripts/example")
    let steps = text.matches(of: /\nstep "(\d)\/(\d) ([^\n]+)"/)
    #expect(steps.map { String($0.1) } == ["1", "2", "3", "4", "5"])
    #expect(steps.allSatisfy { $0.2 == "5" })
    let told = steps.map { String($0.3) }.joined(separator: "\n")
    for name in ["kernels.h5", "kernels.png", "spikes.h5", "signals.h5", "signals.png"] {
      #expect(told.contains(name))
    }
  }

  /// Those that others call, in a folder of their own or beside.
  static let helpers = [
    "reference_benchmark.py", "reference_probes.py", "reference_predict.py", "cluster",
    "validation",
  ]
  static let cluster = [
    "slurm-array.sh", "slurm-srun.sh", "mpirun.sh", "gnu-parallel.sh", "local-slurm", "test",
  ]

  @Test func allAreKnown() throws {
    func names(_ folder: String) throws -> Set<String> {
      let all = try FileManager.default.contentsOfDirectory(
        atPath: Project.folder.appendingPathComponent(folder).path)
      return Set(all.filter { !$0.hasPrefix("__") })
    }
    #expect(try names("Scripts") == Set(Self.scripts + Self.helpers))
    #expect(try names("Scripts/cluster") == Set(Self.cluster + ["Snakefile"]))
  }

  @Test func everyScriptStopsAtErrors() throws {
    let all = Self.scripts + Self.cluster.map { "cluster/\($0)" }
    for path in all.map({ "Scripts/\($0)" }) + [".ci/run"] {
      let lines = try Project.text(path).split(separator: "\n")
      #expect(lines.first == "#!/usr/bin/env bash")
      #expect(lines.contains("set -euo pipefail"), "\(path)")
    }
  }
}
