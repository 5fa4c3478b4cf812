import Foundation
import LFPKernels
import Testing

@testable import ParameterSweeps

/// Kernels that are stored as linear systems.
@Suite struct StateSpaceTests {
  private static let fine = smallNetwork.replacing("{dt: 0.5, tau: 10}", with: "{dt: 0.1, tau: 30}")

  private func sweep(_ store: String) throws -> Sweep {
    try Sweep.read(
      text: Self.fine
        + "sweep:\n  parameters: {populations.E.rate: [1, 5], \"connections[0].delay.truncnorm.loc\": "
        + "[1, 3]}\n  store: {kernels: \(store)}\n", fileName: "sweep.yaml")
  }

  private func run(_ sweep: Sweep, _ directory: ResultDirectory) throws -> SweepResults {
    _ = try SweepRun(sweep, directory: directory.path, threads: 2, programVersion: "test").run()
    return try SweepResults(path: directory.path)
  }

  @Test func kernelsComeBackWithinTheStatedError() throws {
    let directory = try ResultDirectory()
    let sweep = try sweep("{state_space: {tolerance: 1e-7, order: 20, taps: 30}}")
    let results = try run(sweep, directory)
    #expect(results.hasKernels && results.pathways.count == 4)
    for point in 0..<4 {
      #expect(try results.failure(ofPoint: point) == nil)
      var network = try sweep.network(atPoint: point)
      network.settings.lags = .fir
      for kernel in try KernelEngine(network).kernels() {
        let pathway = SweepResults.Pathway(pre: kernel.pre, post: kernel.post, probe: kernel.probe)
        let system = try #require(try results.stateSpace(of: pathway, ofPoint: point))
        let found = try #require(try results.kernel(pathway, ofPoint: point))
        #expect(found.dt == kernel.dt && found.firstLag == kernel.firstLag)
        #expect(found.unit == kernel.unit && found.values.columns == kernel.values.columns)
        #expect(system.relativeError <= 1e-7)
        func gain(_ matrix: Matrix) -> Double {
          (0..<matrix.rows).map { matrix.row($0).reduce(0) { $0 + abs($1) } }.max() ?? 0
        }
        #expect(gain(found.values - kernel.values) <= system.relativeError * gain(kernel.values))
      }
    }
    // Banks and measures take them as they take whole kernels.
    #expect(try KernelBank(results).kernels(at: [3, 2]).count == 4)
    #expect(results.measures.contains("norm"))
  }

  /// The same file with any number of threads, and from a run that goes on.
  @Test func filesAreEqual() throws {
    let (one, other) = (try ResultDirectory(), try ResultDirectory())
    let sweep = try sweep("state_space")
    _ = try SweepRun(sweep, directory: one.path, threads: 1, programVersion: "test").run()
    let stops = Counter()
    _ = try SweepRun(sweep, directory: other.path, threads: 2, programVersion: "test")
      .run(shouldStop: { stops.next() > 2 })
    _ = try SweepRun(sweep, directory: other.path, threads: 2, programVersion: "test").run()
    #expect(try one.bytes() == other.bytes())
  }

  @Test func whatDoesNotFitFails() throws {
    let directory = try ResultDirectory()
    let results = try run(sweep("{state_space: {tolerance: 1e-9, order: 2, taps: 5}}"), directory)
    let message = try #require(try results.failure(ofPoint: 0))
    #expect(message.contains("no system of 2 states and 5 taps reaches the tolerance 1e-09"))
    #expect(throws: SweepError.self) { try results.kernels(ofPoint: 0) }
    #expect(
      problems(
        "  parameters: {populations.E.rate: [1]}\n  store: {kernels: {state_space: {order: 100}}}\n"
      ).count == 1)
    #expect(
      problems(
        "  parameters: {populations.E.rate: [1]}\n  store: {kernels: {state_space: {tolerance: 2}}}\n"
      )[0].contains("it must be between 0 and 1"))
    #expect(
      problems(
        "  parameters: {populations.E.rate: [1]}\n  store: {kernels: {every: 2, state_space: {}}}\n"
      ).count == 1)
  }
}

private final class Counter: @unchecked Sendable {
  private let lock = NSLock()
  private var count = 0

  func next() -> Int {
    lock.withLock {
      count += 1
      return count
    }
  }
}
