import Foundation
import Testing

/// The scripts explain themselves and refuse what they do not know; what they do is not tested here.
@Suite struct ScriptTests {
  static let scripts = [
    "setup", "test", "example", "benchmark", "install-reference", "fuzz", "test-cluster",
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

  @Test func allAreKnown() throws {
    let all = try FileManager.default.contentsOfDirectory(
      atPath: Project.folder.appendingPathComponent("Scripts").path)
    #expect(
      Set(all.filter { !$0.hasPrefix("__") })
        == Set(Self.scripts + ["reference_benchmark.py", "cluster"]))
  }

  @Test func everyScriptStopsAtErrors() throws {
    for path in Self.scripts.map({ "Scripts/\($0)" }) + [".ci/run"] {
      let lines = try Project.text(path).split(separator: "\n")
      #expect(lines.first == "#!/usr/bin/env bash")
      #expect(lines.contains("set -euo pipefail"), "\(path)")
    }
  }
}
