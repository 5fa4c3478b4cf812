internal import CBLAS
internal import Synchronization

/// The number of threads that OpenBLAS uses for one operation, in the whole process.
///
/// Inside work that is parallel already it should be 1: OpenBLAS's own threads make many small
/// products slower, and results then do not depend on the number of threads.
public enum BLASThreads {
  /// The present number.
  public static var count: Int { Int(openblas_get_num_threads()) }

  /// Sets the number, at least 1.
  public static func set(_ count: Int) { openblas_set_num_threads(Int32(clamping: max(1, count))) }

  /// Runs `body` with the given number and sets the former one again.
  public static func with<Result>(_ count: Int, _ body: () throws -> Result) rethrows -> Result {
    let former = self.count
    if former == count { return try body() }
    set(count)
    defer { set(former) }
    return try body()
  }

  /// Runs `body` with one thread. Several such calls may overlap in time: the former number is set
  /// again when the last one ends.
  public static func single<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    users.withLock { users in
      if users.count == 0 {
        users.former = count
        set(1)
      }
      users.count += 1
    }
    defer {
      users.withLock { users in
        users.count -= 1
        if users.count == 0 { set(users.former) }
      }
    }
    return try body()
  }

  /// How many calls of `single` go on, and the number of threads before the first.
  private static let users = Mutex<(count: Int, former: Int)>((0, 1))

  /// OpenBLAS's own description of its build.
  public static var configuration: String { String(cString: openblas_get_config()) }
}
