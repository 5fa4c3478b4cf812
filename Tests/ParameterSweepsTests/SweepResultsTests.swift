import Foundation
import KernelFiles
import LFPKernels
import Testing

@testable import ParameterSweeps

@Suite struct SweepResultsTests {
  static let section = """
      parameters:
        p: {key: "connections[0].probability", values: [0.1, 0.3, 1.5]}
        w: {key: "connections[1].synapse.alpha.weight", values: [0.001, 0.0005]}
        twice: 2 * w
      store: {measures: [peak, norm], kernels: true}

    """

  private func swept(_ directory: ResultDirectory, shards: Int = 1) throws -> Sweep {
    let sweep = try smallSweep(Self.section)
    for number in 1...shards {
      let shard = shards > 1 ? try SweepShard(number, of: shards) : nil
      _ = try SweepRun(
        sweep, directory: directory.path, shard: shard, programVersion: "test"
      ).run()
    }
    return sweep
  }

  @Test func parametersAndPoints() throws {
    let directory = try ResultDirectory()
    let sweep = try swept(directory)
    let results = try SweepResults(path: directory.path)
    #expect(results.pointCount == 6 && results.axes == [3, 2])
    #expect(results.parameters.map(\.name) == ["p", "w", "twice"])
    #expect(results.parameters.map(\.axis) == [0, 1, nil])
    #expect(results.parameters[1].keyPaths == ["connections[1].synapse.alpha.weight"])
    #expect(results.parameters[1].unit == "uS")
    #expect(results.populationSizes == ["E": 80, "I": 20])
    for point in 0..<6 {
      #expect(try results.values(ofPoint: point) == sweep.values(ofPoint: point))
    }
    #expect(try results.values(of: "twice") == [0.002, 0.001, 0.002, 0.001, 0.002, 0.001])
    #expect(try results.levels(of: "w") == [0.001, 0.0005])
    #expect(try results.points(where: ["w": 0.0005]) == [1, 3, 5])
    #expect(try results.point(where: ["w": 0.0005, "p": 0.3]) == 3)
    #expect(results.point(at: [1, 1]) == 3)
    #expect(throws: SweepError.self) { try results.point(where: ["w": 0.7]) }
    #expect(throws: SweepError.self) { try results.point(where: ["w": 0.0005]) }
    #expect(throws: SweepError.self) { try results.values(of: "v") }
    #expect(throws: SweepError.self) { try results.levels(of: "twice") }
    #expect(throws: SweepError.self) { try results.values(ofPoint: 6) }
    #expect(try results.status(ofPoint: 3) == .complete)
    #expect(
      try results.statuses(0..<6).map { $0 == .failed } == [false, false, false, false, true, true])
    #expect(try results.failure(ofPoint: 3) == nil)
    #expect(try #require(try results.failure(ofPoint: 4)).contains("probability"))
  }

  @Test func kernelsAndMeasures() throws {
    let directory = try ResultDirectory()
    let sweep = try swept(directory)
    let results = try SweepResults(path: directory.path + "/results.h5")
    #expect(results.measures == ["peak", "norm"] && results.hasKernels)
    for point in 0..<4 {
      var network = try sweep.network(atPoint: point)
      network.settings.lags = .fir
      let expected = try KernelEngine(network).kernels()
      let found = try results.kernels(ofPoint: point)
      #expect(found.count == expected.count)
      for kernel in expected {
        let own = try #require(
          found.first { $0.pre == kernel.pre && $0.post == kernel.post && $0.probe == kernel.probe }
        )
        #expect(own.values == kernel.values && own.dt == kernel.dt && own.unit == kernel.unit)
        #expect(own.firstLag == kernel.firstLag)
        let pathway = SweepResults.Pathway(pre: kernel.pre, post: kernel.post, probe: kernel.probe)
        let norm = try results.measure("norm", of: pathway, atPoints: [point])
        #expect(norm == [KernelMeasures(kernel.values, dt: kernel.dt, base: nil).norm])
      }
      let contents = try results.contents(ofPoint: point)
      #expect(contents.probes.map(\.name) == ["lfp", "dipole"])
      #expect(contents.probes[0].positions.map(\.z) == [200, 100, 0])
    }
    let pathway = results.pathways[0]
    #expect(try results.measure("peak", of: pathway, atPoints: [4, 5]) == [nil, nil])
    #expect(try results.unit(of: "peak", pathway) == "mV")
    #expect(throws: SweepError.self) { try results.measure("latency", of: pathway, atPoints: [0]) }
    #expect(throws: SweepError.self) { try results.kernels(ofPoint: 4) }
  }

  /// Shards, some of which may be missing, and files joined in both ways read alike.
  @Test func shardsReadLikeTheWhole() throws {
    let (whole, parts) = (try ResultDirectory(), try ResultDirectory())
    _ = try swept(whole)
    _ = try swept(parts, shards: 4)
    let expected = try SweepResults(path: whole.path)
    func check() throws {
      let results = try SweepResults(path: parts.path)
      #expect(try results.values(of: "w") == expected.values(of: "w"))
      for point in 0..<4 {
        #expect(try results.kernels(ofPoint: point) == expected.kernels(ofPoint: point))
      }
      #expect(try results.failure(ofPoint: 5) == expected.failure(ofPoint: 5))
    }
    try check()
    // A comment in the description makes no other sweep.
    try FileManager.default.removeItem(atPath: parts.path + "/shard-2-of-4.h5")
    _ = try SweepRun(
      smallSweep(Self.section + "# again\n"), directory: parts.path, shard: SweepShard(2, of: 4),
      programVersion: "test"
    ).run()
    try check()
    _ = try SweepMerge(directory: parts.path).run(virtual: true)
    try check()
    _ = try SweepMerge(directory: parts.path).run(overwrite: true)
    try check()
    try FileManager.default.removeItem(atPath: parts.path + "/results.h5")
    try FileManager.default.removeItem(atPath: parts.path + "/shard-1-of-4.h5")
    let results = try SweepResults(path: parts.path)
    #expect(try results.statuses(0..<3) == [.absent, .absent, .complete])
    #expect(throws: SweepError.self) { try results.kernels(ofPoint: 0) }
  }
}
