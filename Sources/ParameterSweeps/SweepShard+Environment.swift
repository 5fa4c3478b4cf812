extension SweepShard {
  /// The shard that a batch system or an MPI launcher asks this process for.
  public struct Request: Sendable, Equatable {
    public let shard: SweepShard

    /// The variables that say so, for messages.
    public let source: String
  }

  /// Looks for a shard in the environment; nil where there is one process only.
  ///
  /// A Slurm array gives `SLURM_ARRAY_TASK_ID` with `_MIN`, `_MAX`, `_STEP` and `_COUNT`. Processes within
  /// a job have ranks, of which the first that is set counts: `OMPI_COMM_WORLD_RANK` and `_SIZE` (Open
  /// MPI's mpirun), `PMI_RANK` and `PMI_SIZE` (MPICH's and Intel's), `SLURM_PROCID` within a step that
  /// srun began (`SLURM_STEP_ID`, `SLURM_STEP_NUM_TASKS` or `SLURM_NTASKS`); a batch script itself is no
  /// step, however many tasks its job has. Ranks within an array multiply: each task of the array is
  /// divided among its ranks.
  ///
  /// - Throws: `SweepError` where the variables contradict each other.
  public static func requested(
    by environment: [String: String]
  ) throws(SweepError) -> Request? {
    let array = try arrayTask(environment)
    let rank = try rank(environment)
    let parts = [array, rank].compactMap { $0 }
    guard !parts.isEmpty else { return nil }
    var (index, count) = (0, 1)
    for part in parts {
      index = index * part.count + part.index
      count *= part.count
    }
    guard count > 1 else { return nil }
    return Request(
      shard: try SweepShard(index + 1, of: count),
      source: parts.map(\.source).joined(separator: " and "))
  }

  private typealias Place = (index: Int, count: Int, source: String)

  private static func arrayTask(_ environment: [String: String]) throws(SweepError) -> Place? {
    guard let id = try number("SLURM_ARRAY_TASK_ID", environment) else { return nil }
    let source = "SLURM_ARRAY_TASK_ID=\(id)"
    guard let count = try number("SLURM_ARRAY_TASK_COUNT", environment),
      let first = try number("SLURM_ARRAY_TASK_MIN", environment)
    else {
      throw SweepError("\(source) is set without SLURM_ARRAY_TASK_COUNT and _MIN; give --shard")
    }
    let step = try number("SLURM_ARRAY_TASK_STEP", environment) ?? 1
    let (index, rest) = (id - first).quotientAndRemainder(dividingBy: max(step, 1))
    // A list such as 3,17,40 names shards of a larger division, of which the variables do not tell.
    let last = try number("SLURM_ARRAY_TASK_MAX", environment)
    let isRange = last.map { ($0 - first) / max(step, 1) == count - 1 } ?? true
    guard isRange, rest == 0, index >= 0, index < count else {
      throw SweepError(
        "\(source) is not one of \(count) from \(first) in steps of \(step); "
          + "arrays of ranges such as 0-63 are understood, for others give --shard")
    }
    // A single task is most likely one of a larger array that is computed again.
    guard count > 1 || id <= 1 else {
      throw SweepError(
        "\(source) is the only task of its array; give --shard, or --shard 1/1 for all points")
    }
    return (index, count, source)
  }

  private static func rank(_ environment: [String: String]) throws(SweepError) -> Place? {
    var names = [("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"), ("PMI_RANK", "PMI_SIZE")]
    if environment["SLURM_STEP_ID"] != nil {
      let count =
        environment["SLURM_STEP_NUM_TASKS"] != nil ? "SLURM_STEP_NUM_TASKS" : "SLURM_NTASKS"
      names.append(("SLURM_PROCID", count))
    }
    for (name, size) in names {
      guard let rank = try number(name, environment), let count = try number(size, environment)
      else { continue }
      guard rank >= 0, rank < count else {
        throw SweepError("\(name)=\(rank) is not below \(size)=\(count); give --shard")
      }
      return (rank, count, "\(name)=\(rank)")
    }
    return nil
  }

  private static func number(
    _ name: String, _ environment: [String: String]
  ) throws(SweepError) -> Int? {
    guard let text = environment[name], !text.isEmpty else { return nil }
    guard let value = Int(text) else {
      throw SweepError("\(name) is '\(text)', not a whole number; give --shard")
    }
    return value
  }
}
