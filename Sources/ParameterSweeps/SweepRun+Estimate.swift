import KernelFiles
import LFPKernels

extension SweepRun {
  /// What a run will take.
  public struct Estimate: Sendable {
    public var points: Int

    /// Pathways and probes whose kernels are computed, as `I->E at lfp`.
    public var kernels: [String]

    /// Seconds in all, from some points that were computed, those that failed among them.
    public var seconds: Double

    /// Points that were computed for that, and those that failed.
    public var tried: Int
    public var failed: Int

    /// A message of one that failed.
    public var failure: String?

    /// Bytes of the file of results.
    public var bytes: Int
  }

  /// Computes a few points from all over the sweep, for about a second.
  ///
  /// - Throws: `DescriptionError` where the base network has no kernels.
  public func estimate() throws -> Estimate {
    let stored = try StoredKernels(sweep)
    let layout = ResultLayout(sweep, stored, programVersion: programVersion)
    let head = try layout.head(for: path, points: points)
    var worker = PointWorker(sweep, stored)
    var result = Estimate(
      points: points.count,
      kernels: stored.kernels.map { "\($0.pre)->\($0.post) at \($0.probe)" }, seconds: 0, tried: 0,
      failed: 0, failure: nil, bytes: head.size)
    let order = VisitingOrder(sweep)
    let clock = ContinuousClock()
    let start = clock.now
    var batch = PointBatch(layout, capacity: 1)
    BLASThreads.single {
      // Stretches of neighbours, as workers take them.
      for sample in 0..<16 where clock.now - start < .seconds(1) || sample == 0 {
        let length = max(1, min(32, points.count / 16))
        let first = points.lowerBound + sample * (points.count - length) / 15
        for point in order.sorted(Array(first..<first + length)) {
          if let failure = worker.compute(point, into: &batch) {
            result.failed += 1
            result.failure = result.failure ?? failure
          }
          batch.removeAll()
          result.tried += 1
          if clock.now - start > .seconds(3) { break }
        }
      }
    }
    let components = (clock.now - start).components
    let elapsed = Double(components.seconds) + Double(components.attoseconds) * 1e-18
    result.seconds =
      elapsed / Double(max(1, result.tried)) * Double(points.count)
      / Double(max(1, min(threads, points.count)))
    return result
  }
}
