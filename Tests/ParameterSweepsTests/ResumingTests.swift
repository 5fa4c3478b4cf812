import Foundation
import KernelFiles
import Synchronization
import Testing

@testable import ParameterSweeps

/// A run that ends early goes on where it ended, to the same file.
@Suite struct ResumingTests {
  private static let section = """
      parameters:
        w: {key: "connections[E->E].synapse.exp2.weight", geomspace: {from: 0.1 nS, to: 1 nS, count: 4}}
        populations.I.rate: [1, 5, -1]
        connections[0].probability: 40 * w + 0.1
        connections[0].delay.truncnorm.loc: [1, 1.5]
      store: {measures: [peak, latency, integral, norm, difference], kernels: {every: 2}}
    """

  private func run(
    _ directory: ResultDirectory, threads: Int = 1, stopAfter limit: Int = .max
  ) throws -> SweepRun.Summary {
    let asked = Atomic(0)
    return try SweepRun(
      smallSweep(Self.section), directory: directory.path, threads: threads, programVersion: "1"
    ).run(shouldStop: { asked.add(1, ordering: .relaxed).newValue > limit })
  }

  @Test func stoppedRunsAddUp() throws {
    let (whole, parts, threads) = (
      try ResultDirectory(), try ResultDirectory(), try ResultDirectory()
    )
    let summary = try run(whole)
    #expect(summary.points == 24 && summary.computed == 24 && summary.missing == 0)
    #expect(summary.failed == 8)
    #expect(
      summary.failures.map(\.message) == [
        "sweep.yaml:18: populations.I.rate: -1 is negative; it must not be below 0"
      ])
    var runs = 0
    while try run(parts, stopAfter: 5).missing > 0 { runs += 1 }
    #expect(runs == 4)
    #expect(try parts.bytes() == whole.bytes())
    _ = try run(threads, threads: 3)
    #expect(try threads.bytes() == whole.bytes())
    #expect(try run(whole).computed == 0)
  }

  @Test func damagedPointsAreComputedAgain() throws {
    let directory = try ResultDirectory()
    _ = try run(directory)
    let sound = try directory.bytes()
    let url = URL(fileURLWithPath: directory.path + "/results.h5")
    let (layout, points) = try ResultLayout.read(url.path)
    let head = try layout.head(for: url.path, points: points)
    for dataset in [0, 1, 2, 3, 5, 6] {
      var damaged = sound
      damaged[head.offsets[dataset] + 3 * head.datasets[dataset].bytes] ^= 1
      try damaged.write(to: url)
      #expect(try run(directory).computed == 1, "\(head.datasets[dataset].path)")
      #expect(try directory.bytes() == sound)
    }
  }
}
