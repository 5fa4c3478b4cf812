import Dispatch
import KernelFiles
import LFPKernels
import Synchronization

/// Workers that share a list of points.
final class PointCrew: Sendable {
  private let sweep: Sweep
  private let stored: StoredKernels
  private let file: ResultFile
  private let points: [Int]
  private let report: @Sendable (SweepRun.Progress) -> Void

  /// Points that are written.
  let done = Atomic(0)
  let failures = Mutex(Failures())
  private let failed = Atomic(0)
  private let next = Atomic(0)
  private let fatal = Mutex<(any Error)?>(nil)
  private let start = ContinuousClock.now
  private let reporting: Mutex<(reported: ContinuousClock.Instant, synced: ContinuousClock.Instant)>

  /// Points that a worker takes at a time: near in order, so that they share much.
  private let stretch: Int
  private let capacity: Int

  init(
    sweep: Sweep, stored: StoredKernels, file: ResultFile, points: [Int],
    report: @escaping @Sendable (SweepRun.Progress) -> Void
  ) {
    self.sweep = sweep
    self.stored = stored
    self.file = file
    self.points = points
    self.report = report
    let size = file.layout.datasets.map(\.bytes).reduce(0, +)
    capacity = max(1, min(64, (4 << 20) / max(1, size)))
    stretch = max(1, min(64, points.count / 64))
    reporting = Mutex((start, start))
  }

  /// Computes the points; gives the time in seconds.
  ///
  /// - Throws: what kept results from being written.
  func run(threads: Int, shouldStop: @escaping @Sendable () -> Bool) throws -> Double {
    guard !points.isEmpty else { return 0 }
    BLASThreads.single {
      DispatchQueue.concurrentPerform(iterations: max(1, min(threads, points.count))) { _ in
        work(shouldStop)
      }
    }
    if let error = fatal.withLock({ $0 }) { throw error }
    return seconds
  }

  private var seconds: Double {
    let components = (ContinuousClock.now - start).components
    return Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }

  private func work(_ shouldStop: () -> Bool) {
    var worker = PointWorker(sweep, stored)
    var batch = PointBatch(file.layout, capacity: capacity)
    var own = Failures()
    var written = ContinuousClock.now
    do {
      stretches: while true {
        let first = next.wrappingAdd(stretch, ordering: .relaxed).oldValue
        guard first < points.count else { break }
        for index in first..<min(first + stretch, points.count) {
          if shouldStop() || fatal.withLock({ $0 != nil }) { break stretches }
          if let message = worker.compute(points[index], into: &batch) {
            own.add(points[index], message)
          }
          let now = ContinuousClock.now
          // Slow points are written one by one, so that little is lost.
          if batch.isFull || now - written > .seconds(1) {
            try write(&batch, &own)
            written = now
          }
        }
      }
      try write(&batch, &own)
    } catch {
      fatal.withLock { $0 = $0 ?? error }
    }
  }

  private func write(_ batch: inout PointBatch, _ own: inout Failures) throws {
    guard !batch.isEmpty else { return }
    // Before and after: writing behind the end of a file that was cut makes it long again.
    try file.file.checkPlace()
    try batch.write(to: file.file, first: file.points.lowerBound)
    try file.file.checkPlace()
    let done = done.add(batch.records.count, ordering: .relaxed).newValue
    let failed = failed.add(own.count, ordering: .relaxed).newValue
    batch.removeAll()
    if own.count > 0 {
      failures.withLock { $0.add(own) }
      own = Failures()
    }
    try reporting.withLock { times in
      let now = ContinuousClock.now
      if now - times.synced > .seconds(30) {
        times.synced = now
        try file.file.sync()
      }
      guard now - times.reported > .milliseconds(200) || done == points.count else { return }
      times.reported = now
      report(
        SweepRun.Progress(done: done, toDo: points.count, failed: failed, seconds: seconds))
    }
  }
}
