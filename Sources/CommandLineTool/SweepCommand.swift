import ArgumentParser
import Foundation
import KernelFiles
import LFPKernels
import ParameterSweeps

/// `lfpkernels sweep`: kernels over a parameter space.
struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Computes kernels over a parameter space.",
    discussion: """
      Example:
        lfpkernels sweep sweep.yaml -o results

      The description is that of a network with the key sweep, or has the name of one as base:

        base: net.yaml
        sweep:
          parameters:
            populations.E.rate: {linspace: {from: 1, to: 5, count: 9}}
            w: {key: "connections[E->E].synapse.exp2.weight", values: [0.1 nS, 0.2 nS]}
            connections[I->E].synapse.exp2.weight: 10 * w
          store: {measures: [peak, latency, integral, norm]}

      Results go to results.h5 in the directory. A run that was interrupted, however that was, goes \
      on where it ended when it is started again. A point that fails is recorded with its message.
      """)

  @Argument(help: "Description of a sweep (YAML or JSON).", completion: .file())
  var description: String

  @Option(name: .shortAndLong, help: "Directory for the results.", completion: .directory)
  var output: String?

  @Flag(help: "Say how many points there are and what they will take, and compute none.")
  var dryRun = false

  @Option(help: "Points to compute side by side (default: one per processor).")
  var threads: Int?

  @Option(
    help: "Part of the points, such as 3/64 (default: as a batch system or MPI launcher says).")
  var shard: String?

  func validate() throws {
    if let threads, threads < 1 {
      throw ValidationError("--threads \(threads): at least 1 is needed")
    }
    if output == nil, !dryRun { throw ValidationError("Missing option: --output, a directory") }
  }

  func run() throws {
    let sweep = try Sweep.read(path: description)
    for warning in sweep.description.warnings { StandardError.write("warning: \(warning)\n") }
    let shard = try chosenShard()
    let run = SweepRun(
      sweep, directory: output ?? ".", shard: shard,
      threads: threads ?? ProcessInfo.processInfo.activeProcessorCount,
      programVersion: toolVersion)
    if dryRun { return try printEstimate(run) }
    StopRequest.install()
    let line = SweepProgress()
    let summary = try run.run(
      shouldStop: { StopRequest.isMade }, report: { line.show($0) })
    line.clear()
    try finish(summary)
  }

  /// The shard of the command line, else the one that the environment asks for.
  private func chosenShard() throws -> SweepShard? {
    if let shard { return try SweepShard(shard) }
    let request = try SweepShard.requested(by: ProcessInfo.processInfo.environment)
    if let request {
      StandardError.write("computing shard \(request.shard), from \(request.source)\n")
    }
    return request?.shard
  }

  private func printEstimate(_ run: SweepRun) throws {
    let estimate = try run.estimate()
    try StandardOutput.print("points: \(estimate.points)")
    try StandardOutput.print("kernels of each: " + estimate.kernels.joined(separator: ", "))
    try StandardOutput.print(
      "time: \(SweepProgress.duration(estimate.seconds)) on \(run.threads) threads, "
        + "from \(estimate.tried) points")
    try StandardOutput.print("disk: " + Self.size(estimate.bytes))
    if let failure = estimate.failure {
      try StandardOutput.print("of these points \(estimate.failed) failed, such as: \(failure)")
    }
  }

  private static func size(_ bytes: Int) -> String {
    let units = ["kB", "MB", "GB", "TB"]
    var (size, unit) = (Double(bytes) / 1000, 0)
    while size >= 999.5, unit + 1 < units.count { (size, unit) = (size / 1000, unit + 1) }
    return String(format: size < 9.95 ? "%.1f" : "%.0f", size) + " " + units[unit]
  }

  /// What is said about points that failed.
  static func failureText(failed: Int, points: Int, _ failures: [SweepRun.Failure]) -> String {
    var text = "Error: \(failed) of \(points) points failed:\n"
    for failure in failures {
      let place =
        failure.count > 1
        ? "\(failure.count) points from \(failure.firstPoint) on" : "point \(failure.firstPoint)"
      text += "  \(place): \(failure.message)\n"
    }
    if failures.reduce(0, { $0 + $1.count }) < failed {
      text += "  and others: see /points/message\n"
    }
    return text
  }

  private func finish(_ summary: SweepRun.Summary) throws {
    let rate = summary.seconds > 0 ? Double(summary.computed) / summary.seconds : 0
    StandardError.progress(
      "computed \(summary.computed) of \(summary.points) points in "
        + String(format: "%.2f s (%.0f/s)", summary.seconds, rate) + " to \(summary.path)")
    if summary.failed > 0 {
      StandardError.write(
        Self.failureText(failed: summary.failed, points: summary.points, summary.failures))
    }
    if summary.missing > 0 {
      StandardError.write(
        "stopped: \(summary.missing) of \(summary.points) points are missing; run the same "
          + "command again to compute them\n")
      throw ExitCode(StopRequest.exitStatus)
    }
    if summary.failed > 0 { throw ExitCode.failure }
  }
}
