import Foundation
import KernelFiles
import Synchronization
import Testing

@testable import ParameterSweeps

/// Results that are removed, replaced, moved or cut while a sweep runs: an error, not a loss without a word.
@Suite struct VanishingTests {
  private static let section = """
      parameters:
        w: {key: "connections[E->E].synapse.exp2.weight", geomspace: {from: 0.1 nS, to: 1 nS, count: 64}}
      store: {measures: [peak, norm], kernels: true}
    """

  /// Runs a sweep, and does something to its file between two points.
  private func run(
    _ directory: ResultDirectory, after point: Int,
    _ accident: @escaping @Sendable (String) throws -> Void
  ) throws -> SweepRun.Summary {
    let asked = Atomic(0)
    let path = directory.path + "/results.h5"
    return try SweepRun(
      smallSweep(Self.section), directory: directory.path, programVersion: "1"
    ).run(shouldStop: {
      if asked.add(1, ordering: .relaxed).newValue == point { try? accident(path) }
      return false
    })
  }

  @Test(arguments: [1, 20, 64])
  func removed(_ point: Int) throws {
    let directory = try ResultDirectory()
    let error = #expect(throws: StorageError.self) {
      try run(directory, after: point) { try FileManager.default.removeItem(atPath: $0) }
    }
    #expect(error?.description.contains("is not in its place any more: it was removed") ?? false)
  }

  @Test func movedOrReplaced() throws {
    for replacement in [nil, Data([1, 2, 3])] {
      let directory = try ResultDirectory()
      let error = #expect(throws: StorageError.self) {
        try run(directory, after: 20) { path in
          try FileManager.default.moveItem(atPath: path, toPath: path + ".old")
          try replacement?.write(to: URL(fileURLWithPath: path))
        }
      }
      #expect(error?.description.contains("is not in its place any more") ?? false)
    }
  }

  @Test(arguments: [0, 100, 20_000])
  func cut(_ size: Int) throws {
    let directory = try ResultDirectory()
    let error = #expect(throws: StorageError.self) {
      try run(directory, after: 20) { path in
        guard truncate(path, off_t(size)) == 0 else { throw SweepError("cannot be cut") }
      }
    }
    #expect(error?.description.contains("has \(size) bytes instead of") ?? false)
  }

  /// Zeros in place of the head, as of a file that was cut and written behind its end.
  @Test func emptied() throws {
    let directory = try ResultDirectory()
    let error = #expect(throws: StorageError.self) {
      try run(directory, after: 20) { path in
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        guard truncate(path, 0) == 0, truncate(path, off_t(size)) == 0 else {
          throw SweepError("cannot be cut")
        }
      }
    }
    #expect(error?.description.contains("was changed by another program meanwhile") ?? false)
  }

  @Test func undisturbed() throws {
    let summary = try run(ResultDirectory(), after: 5) { _ in }
    #expect(summary.computed == 64 && summary.missing == 0)
  }
}
