import ArgumentParser
import ParameterSweeps

/// `lfpkernels merge`: one file of the shards of a sweep.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Joins the shards of a sweep to one file.",
    discussion: """
      Example:
        lfpkernels merge results

      Joins shard-1-of-64.h5 ... shard-64-of-64.h5 in the directory to results.h5, which is the file \
      that a run without shards would have written. Shards or points that are missing are listed.
      """)

  @Argument(help: "Directory with the shards.", completion: .directory)
  var directory: String

  @Flag(help: "Refer to the shards' files instead of copying them.")
  var virtual = false

  @Flag(help: "Join what is there where not all is.")
  var partial = false

  @Flag(help: "Overwrite a result that exists.")
  var force = false

  func run() throws {
    let summary = try SweepMerge(directory: directory).run(
      virtual: virtual, partial: partial, overwrite: force)
    StandardError.progress(
      "joined \(summary.shards) shards, \(summary.points) points, in \(summary.path)")
    if summary.missing > 0 {
      StandardError.write(
        "warning: \(summary.missing) of \(summary.points) points are missing: "
          + summary.gaps.joined(separator: "; ") + "\n")
    }
    if summary.failed > 0 {
      StandardError.write(
        SweepCommand.failureText(
          failed: summary.failed, points: summary.points, summary.failures))
      throw ExitCode.failure
    }
  }
}
