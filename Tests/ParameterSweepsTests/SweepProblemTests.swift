import Foundation
import KernelFiles
import Testing

@testable import ParameterSweeps

/// What is said about sweeps that are not possible.
@Suite struct SweepProblemTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let section: String
    let message: String
    var testDescription: String { message }

    init(_ section: String, _ message: String) {
      self.section = section
      self.message = message
    }
  }

  static let cases = [
    Case(
      "  parameters: {populations.E.rat: [1]}",
      "sweep.yaml:36: sweep.parameters.populations.E.rat: 'populations.E.rat' is not a number of the "
        + "network; did you mean 'populations.E.rate'?"),
    Case(
      "  parameters: {\"connections[0].synapse.exp2.wieght\": [1]}",
      "'connections[0].synapse.exp2.wieght' is not a number of the network; did you mean "
        + "'connections[0].synapse.exp2.weight'?"),
    Case(
      "  parameters: {\"connections[2].delay\": [1]}",
      "connections has 2 entries, counted from 0; there is no [2]"),
    Case(
      "  parameters: {\"connections[E->I].delay\": [1]}", "there is no connection from 'E' onto 'I'"
    ),
    Case("  parameters: {time.solver: [1]}", "'time.solver' is not a number of the network"),
    Case("  parameters: {populations.E.cell: [1]}", "'populations.E.cell' is not a number"),
    Case("  parameters: {}", "has no parameters; give some"),
    Case(
      "  parameters: {populations.E.rate: []}", "is an empty list; at least one number is needed"),
    Case(
      "  parameters: {populations.E.rate: {linspace: {from: 1, to: 2, count: 0}}}",
      "0 is not possible; it must be a whole number from 1 up"),
    Case(
      "  parameters: {populations.E.rate: {geomspace: {from: 0, to: 2, count: 3}}}",
      "both must be other than 0 and of one sign"),
    Case(
      "  parameters: {populations.E.rate: [1 nS]}",
      "'1 nS' is a conductance; a rate is needed, in spikes/s"),
    Case(
      "  zip: {populations.E.rate: [1, 2], populations.I.rate: [1, 2, 3]}",
      "these go together, so they need as many values each; populations.E.rate has 2 and "
        + "populations.I.rate has 3"),
    Case(
      "  parameters: {a: [1], populations.E.rate: a * (b + 1)}",
      "'a * (b + 1)', column 6: there is no parameter 'b'"),
    Case(
      "  parameters: {a: [1], populations.E.rate: a * (2 + }",
      "column 9: the expression ends where a number or a name is needed"),
    Case(
      "  parameters: {a: b + 1, b: a}", "a and b need each other or themselves"),
    Case(
      "  parameters: {a: {key: populations.E.rate, values: [1]}, populations.E.rate: [2]}",
      "'populations.E.rate' is set by a already"),
    Case(
      "  parameters: {a: {keys: [populations.E.rate, cells.stick.Ra], values: [1]}}",
      "'cells.stick.Ra' is a resistivity and 'populations.E.rate' is a rate; one value cannot be both"
    ),
    Case(
      "  random: {count: 3, parameters: {populations.E.rate: {norm: {}}}}",
      "seed: is missing; give a whole number"),
    Case(
      "  table: {file: missing.csv, columns: {a: populations.E.rate}}", "there is no such file"),
    Case(
      "  parameters: {populations.E.rate: [1]}\n  store: {measures: [peek]}",
      "'peek' is not known; did you mean 'peak'?"),
    Case(
      "  parameters: {populations.E.rate: [1]}\n  store: {measures: []}",
      "keeps nothing; give measures or kernels"),
    Case(
      "  parameters: {populations.E.rate: [1]}\n  store: {pathways: [I->I]}",
      "there is no pathway 'I->I'"),
    Case("  parameter: {populations.E.rate: [1]}", "unknown key; did you mean 'parameters'?"),
  ]

  @Test(arguments: cases)
  func isReported(_ problem: Case) {
    let found = problems(problem.section + "\n")
    #expect(found.contains { $0.contains(problem.message) }, "\(found)")
  }

  @Test func tablesLackColumns() throws {
    let directory = try ResultDirectory()
    let path = directory.path + "/points.csv"
    try Data("rate,weight\n1,2\n3,x\n".utf8).write(to: URL(fileURLWithPath: path))
    #expect(
      problems("  table: {file: \(path), columns: {rates: populations.E.rate}}\n").contains {
        $0.contains("has no column 'rates'; did you mean 'rate'?")
      })
    #expect(
      problems("  table: {file: \(path), columns: {weight: populations.E.rate}}\n").contains {
        $0.contains("points.csv:3: weight: 'x' is not a number")
      })
    try Data("rate,weight\n1,2,3\n".utf8).write(to: URL(fileURLWithPath: path))
    #expect(
      problems("  table: {file: \(path), columns: {rate: populations.E.rate}}\n").contains {
        $0.contains("points.csv:2: has 3 values for 2 columns")
      })
  }

  @Test func aChangedSweepIsRefused() throws {
    let directory = try ResultDirectory()
    func run(_ section: String, version: String = "1") throws -> SweepRun.Summary {
      try SweepRun(smallSweep(section), directory: directory.path, programVersion: version).run()
    }
    let section = "  parameters: {populations.E.rate: [1, 2]}\n"
    _ = try run(section)
    let changes = [
      (
        "  parameters: {populations.E.rate: [1, 3]}\n", "1",
        "sweep parameter populations.E.rate was"
      ),
      (
        "  parameters: {populations.I.rate: [1, 2]}\n", "1",
        "sweep parameter populations.E.rate is gone"
      ),
      (section + "  store: {measures: [peak]}\n", "1", "sweep.store was measures [peak, latency"),
      (section, "2", "the program's version was 1, is 2"),
    ]
    for (section, version, message) in changes {
      #expect {
        try run(section, version: version)
      } throws: { error in
        "\(error)".contains("holds results of another sweep") && "\(error)".contains(message)
      }
    }
    #expect(try run(section).computed == 0)
    // A comment changes nothing.
    let bytes = try directory.bytes()
    #expect(try run(section + "# a comment\n").computed == 0)
    #expect(try directory.bytes() == bytes)
  }

  @Test func pointsThatCannotBeComputed() throws {
    let directory = try ResultDirectory()
    let sweep = try smallSweep(
      """
        parameters:
          populations.E.rate: [1]
          zero: [0, 1]
          connections[1].indegree: 1 / zero
          connections[0].probability: 0.5 + zero

      """)
    let summary = try SweepRun(sweep, directory: directory.path, programVersion: "1").run()
    #expect(summary.failed == 2)
    #expect(
      summary.failures.map(\.message) == [
        "sweep.yaml: the parameter connections[1].indegree has no finite value",
        "sweep.yaml:22: connections[0].probability: 1.5 is not a probability; it must lie between 0 "
          + "and 1",
      ])
  }

  @Test func placesWhereNoDirectoryCanBe() throws {
    let directory = try ResultDirectory()
    let file = directory.path + "-file"
    try Data().write(to: URL(fileURLWithPath: file))
    defer { try? FileManager.default.removeItem(atPath: file) }
    let sweep = try smallSweep("  parameters: {populations.E.rate: [1, 2]}\n")
    for (path, message) in [
      (file, ": is a file; the results need a directory"),
      (file + "/in", ": cannot be created: Not a directory; choose a place where"),
    ] {
      #expect {
        try SweepRun(sweep, directory: path, programVersion: "1").run()
      } throws: {
        "\($0)".hasPrefix(path + message) && !"\($0)".contains("NSURL")
      }
    }
  }

  @Test func aSecondProcessIsRefused() throws {
    let directory = try ResultDirectory()
    let sweep = try smallSweep("  parameters: {populations.E.rate: [1, 2]}\n")
    let run = SweepRun(sweep, directory: directory.path, programVersion: "1")
    if let lock = try FileLock(directory.path + "/.results.h5.lock") {
      #expect {
        try run.run()
      } throws: {
        "\($0)".contains("another process is computing it")
      }
      withExtendedLifetime(lock) {}
    } else {
      Issue.record("the lock is taken")
    }
    #expect(try run.run().computed == 2)
  }
}
