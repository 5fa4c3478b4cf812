import Foundation
import KernelFiles
import Testing

@testable import ParameterSweeps

/// Shards and how they are joined.
@Suite struct ShardTests {
  private static let section = """
      parameters:
        connections[0].synapse.exp2.weight: {linspace: {from: 1e-4, to: 5e-4, count: 67}}
        populations.I.rate: [5, -1]

    """

  private func run(_ directory: ResultDirectory, _ shard: SweepShard? = nil) throws {
    _ = try SweepRun(
      smallSweep(Self.section), directory: directory.path, shard: shard, programVersion: "1"
    ).run()
  }

  @Test func pointsAreDividedEvenly() throws {
    for (total, count) in [(10, 3), (64, 64), (3, 5), (1_000_003, 64)] {
      let ranges = try (1...count).map { try SweepShard($0, of: count).points(of: total) }
      #expect(ranges.first?.lowerBound == 0 && ranges.last?.upperBound == total)
      #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
      #expect((ranges.map(\.count).max() ?? 0) - (ranges.map(\.count).min() ?? 0) <= 1)
    }
    for text in ["0/4", "5/4", "1", "a/b", "1/0", "1/2/3"] {
      #expect(throws: SweepError.self) { try SweepShard(text) }
    }
  }

  @Test func shardsJoinToTheWhole() throws {
    let (whole, parts) = (try ResultDirectory(), try ResultDirectory())
    try run(whole)
    for number in 1...64 { try run(parts, SweepShard(number, of: 64)) }
    let merge = SweepMerge(directory: parts.path)
    let summary = try merge.run()
    #expect(summary.points == 134 && summary.failed == 67 && summary.shards == 64)
    #expect(try parts.bytes() == whole.bytes())
    #expect(throws: SweepError.self) { try merge.run() }

    // A shard that is lost and computed again.
    let lost = parts.path + "/shard-7-of-64.h5"
    try FileManager.default.removeItem(atPath: lost)
    #expect { try merge.run(overwrite: true) } throws: {
      "\($0)".contains("no files of shards 7 of 64")
    }
    #expect(try merge.run(partial: true, overwrite: true).missing == 2)
    try run(parts, SweepShard(7, of: 64))
    _ = try merge.run(overwrite: true)
    #expect(try parts.bytes() == whole.bytes())

    // The same numbers through references.
    _ = try merge.run(virtual: true, overwrite: true)
    #expect { try run(parts) } throws: { "\($0)".contains("or only refers to shards") }
    let (joined, reference) = (
      try HDF5File(reading: parts.path + "/results.h5"),
      try HDF5File(reading: whole.path + "/results.h5")
    )
    for path in [["parameters"], ["measures", "norm", "E", "I", "lfp"], ["points", "identity"]] {
      #expect(
        try joined.read(path, as: Double.self).values
          == reference.read(path, as: Double.self).values)
    }
    #expect(
      try joined.readStrings(["points", "message"]) == reference.readStrings(["points", "message"]))
  }

  @Test func thereMayBeMoreShardsThanPoints() throws {
    let directory = try ResultDirectory()
    let sweep = try smallSweep("  parameters: {populations.E.rate: [1, 2]}\n")
    for number in 1...3 {
      let summary = try SweepRun(
        sweep, directory: directory.path, shard: SweepShard(number, of: 3), programVersion: "1"
      ).run()
      #expect(summary.points == (number < 3 ? 1 : 0))
    }
    #expect(try SweepMerge(directory: directory.path).run().points == 2)
  }

  @Test func shardsThatDoNotBelongTogetherAreRefused() throws {
    let directory = try ResultDirectory()
    #expect { try SweepMerge(directory: directory.path).run() } throws: {
      "\($0)".contains("has no shards")
    }
    let name = directory.path + "/shard-1-of-\(Int.max).h5"
    try Data().write(to: URL(fileURLWithPath: name))
    #expect { try SweepMerge(directory: directory.path).run() } throws: {
      "\($0)".contains("has no shards")
    }
    try run(directory, SweepShard(1, of: 2))
    let other = try smallSweep(
      "  parameters: {populations.E.rate: {linspace: {from: 1, to: 2, count: 134}}}\n")
    _ = try SweepRun(
      other, directory: directory.path, shard: SweepShard(2, of: 2), programVersion: "1"
    ).run()
    #expect { try SweepMerge(directory: directory.path).run() } throws: {
      "\($0)".contains("is of another sweep than")
    }
    try run(directory, SweepShard(1, of: 3))
    #expect { try SweepMerge(directory: directory.path).run() } throws: {
      "\($0)".contains("divisions into 2 and 3 parts")
    }
  }

  @Test func environments() throws {
    func shard(_ environment: [String: String]) throws -> String? {
      try SweepShard.requested(by: environment)?.shard.description
    }
    let array = [
      "SLURM_ARRAY_TASK_ID": "5", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_COUNT": "8",
      "SLURM_NTASKS": "1", "SLURM_PROCID": "0",
    ]
    let step = ["SLURM_STEP_ID": "0", "SLURM_PROCID": "2", "SLURM_STEP_NUM_TASKS": "4"]
    #expect(try shard([:]) == nil)
    #expect(try shard(array) == "5/8")
    #expect(try shard(step) == "3/4")
    #expect(try shard(array.merging(step) { $1 }) == "19/32")
    // A batch script whose job has several tasks is one process.
    #expect(try shard(["SLURM_NTASKS": "4", "SLURM_PROCID": "0", "SLURM_JOB_ID": "1"]) == nil)
    #expect(try shard(["SLURM_STEP_ID": "0", "SLURM_PROCID": "0", "SLURM_NTASKS": "1"]) == nil)
    #expect(try shard(["OMPI_COMM_WORLD_RANK": "0", "OMPI_COMM_WORLD_SIZE": "2"]) == "1/2")
    #expect(try shard(["PMI_RANK": "1", "PMI_SIZE": "2"]) == "2/2")
    // mpirun within a job: Slurm's variables are those of its daemons.
    #expect(
      try shard(step.merging(["OMPI_COMM_WORLD_RANK": "7", "OMPI_COMM_WORLD_SIZE": "8"]) { $1 })
        == "8/8")
    // A task alone is no whole sweep, unless it is the first.
    var alone = array
    alone["SLURM_ARRAY_TASK_COUNT"] = "1"
    alone["SLURM_ARRAY_TASK_MIN"] = "5"
    #expect(throws: SweepError.self) { try shard(alone) }
    var stepped = array
    stepped["SLURM_ARRAY_TASK_STEP"] = "2"
    #expect(try shard(stepped) == "3/8")
    stepped["SLURM_ARRAY_TASK_ID"] = "4"
    #expect(throws: SweepError.self) { try shard(stepped) }
    // --array=1-8, and two tasks of it again.
    #expect(try shard(array.merging(["SLURM_ARRAY_TASK_MAX": "8"]) { $1 }) == "5/8")
    let again = [
      "SLURM_ARRAY_TASK_ID": "5", "SLURM_ARRAY_TASK_MIN": "5", "SLURM_ARRAY_TASK_MAX": "7",
      "SLURM_ARRAY_TASK_COUNT": "2", "SLURM_ARRAY_TASK_STEP": "1",
    ]
    #expect(throws: SweepError.self) { try shard(again) }
    #expect(throws: SweepError.self) { try shard(["PMI_RANK": "x", "PMI_SIZE": "2"]) }
  }
}
