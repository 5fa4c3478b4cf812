internal import CBLAS

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

  /// OpenBLAS's own description of its build.
  public static var configuration: String { String(cString: openblas_get_config()) }
}
