import Dispatch
import Foundation
import KernelFiles
import Synchronization

/// A run of a sweep, or of a shard of it, into a directory.
///
/// Each point is complete, with a checksum, or absent, whenever the run ends; another run computes what
/// is missing, and the file is then the same, byte for byte, as that of a run without interruption.
public struct SweepRun: Sendable {
  public let sweep: Sweep
  public let directory: String
  public let shard: SweepShard?
  public var threads: Int
  public var programVersion: String

  /// How far a run is.
  public struct Progress: Sendable {
    /// Points that this run has written, and those it has to.
    public var done: Int
    public var toDo: Int

    /// Of `done`, those that failed.
    public var failed: Int

    /// Seconds since the first point was begun.
    public var seconds: Double
  }

  /// A reason why points failed.
  public struct Failure: Sendable, Equatable {
    public var message: String

    /// How many points have it, and the first of those.
    public var count: Int
    public var firstPoint: Int
  }

  /// What a run has come to.
  public struct Summary: Sendable {
    /// The file of results.
    public var path: String

    /// Points of the file, and those that this run has computed.
    public var points: Int
    public var computed: Int

    /// Points that are still missing, because the run was stopped.
    public var missing: Int

    /// Points of the file that failed.
    public var failed: Int

    /// Why, at most ten different messages, by first point.
    public var failures: [Failure]
    public var seconds: Double
  }

  /// - Parameters:
  ///   - directory: created where it is missing.
  ///   - shard: nil for all points.
  ///   - threads: points that are computed side by side.
  ///   - programVersion: a file is resumed by the version that began it.
  public init(
    _ sweep: Sweep, directory: String, shard: SweepShard? = nil, threads: Int = 1,
    programVersion: String
  ) {
    self.sweep = sweep
    self.directory = directory
    self.shard = shard
    self.threads = threads
    self.programVersion = programVersion
  }

  /// The points of this run's file.
  public var points: Range<Int> {
    shard.map { $0.points(of: sweep.pointCount) } ?? 0..<sweep.pointCount
  }

  /// Where the results go.
  public var path: String { directory + "/" + (shard?.fileName ?? "results.h5") }

  /// Computes the points that are missing.
  ///
  /// - Parameters:
  ///   - shouldStop: asked between points; what was computed until then is kept.
  ///   - report: called now and then, from any thread, one call at a time.
  /// - Throws: `DescriptionError` where the base network has no kernels, `StorageError` where files
  ///   cannot be written, `SweepError` where another process or another sweep has the directory.
  public func run(
    shouldStop: @escaping @Sendable () -> Bool = { false },
    report: @escaping @Sendable (Progress) -> Void = { _ in }
  ) throws -> Summary {
    let stored = try StoredKernels(sweep)
    // More shards than points: nothing to do, and no file.
    guard !points.isEmpty else {
      return Summary(
        path: path, points: 0, computed: 0, missing: 0, failed: 0, failures: [], seconds: 0)
    }
    try createDirectory()
    guard let lock = try FileLock(directory + "/." + (shard?.fileName ?? "results.h5") + ".lock")
    else {
      throw SweepError(
        "\(path): another process is computing it; wait for it, or choose another directory")
    }
    let layout = ResultLayout(sweep, stored, programVersion: programVersion)
    let file = try ResultFile.open(path, layout, points: points) { point, table in
      // What is not finite is recorded as the point's failure.
      table += sweep.values(ofPoint: point).map { $0.isFinite ? $0 : 0 }
    }
    var failures = Failures()
    let missing = VisitingOrder(sweep).sorted(try file.missing { failures.add($0, $1) })
    let crew = PointCrew(
      sweep: sweep, stored: stored, file: file, points: missing, report: report)
    let seconds = try crew.run(threads: threads, shouldStop: shouldStop)
    try file.file.sync()
    try file.file.checkHead()
    crew.failures.withLock { failures.add($0) }
    withExtendedLifetime(lock) {}
    let computed = crew.done.load(ordering: .relaxed)
    let written = try file.countWritten()
    guard written == points.count - missing.count + computed else {
      throw StorageError(
        .damaged, file: path,
        problem: "holds \(written) points instead of \(points.count - missing.count + computed): "
          + "another program has changed it meanwhile", remedy: "run again to compute those")
    }
    return Summary(
      path: path, points: points.count, computed: computed, missing: missing.count - computed,
      failed: failures.count, failures: failures.sorted, seconds: seconds)
  }

  private func createDirectory() throws(SweepError) {
    do {
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true)
    } catch {
      var isDirectory: ObjCBool = false
      if FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory),
        !isDirectory.boolValue
      {
        throw SweepError("\(directory): is a file; the results need a directory")
      }
      let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error
      let cause = (underlying ?? error) as NSError
      let reason =
        cause.domain == NSPOSIXErrorDomain
        ? String(cString: strerror(Int32(truncatingIfNeeded: cause.code)))
        : cause.localizedDescription
      throw SweepError(
        "\(directory): cannot be created: \(reason); choose a place where you may create a directory"
      )
    }
  }
}
