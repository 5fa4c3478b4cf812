import Foundation
import Testing

/// The scripts explain themselves and refuse what they do not know; what they do is not tested here.
@Suite struct ScriptTests {
  static let scripts = [
    "setup", "test", "example", "benchmark", "install-reference", "fuzz",
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

  /// Those that others call, in a folder of their own or beside.
  static let helpers = [
    "reference_benchmark.py", "reference_probes.py", "reference_predict.py", "cluster",
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
