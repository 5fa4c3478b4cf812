import Foundation

/// Runs of the command-line tool, from the start of the process until its results are on disk.
struct ToolRun: Codable {
  let wall: Timing

  /// The most memory that a run held, MB.
  let peakMemory: Double

  /// - Parameters:
  ///   - tool: path of `lfpkernels`.
  ///   - folder: an empty one, where it works.
  /// - Throws: `BenchmarkError` when it fails.
  init(tool: String, folder: URL, repetitions: Int = 10) throws {
    // A process is counted the memory of the one that it was started from, so that one must be small.
    let floor = try Child("/bin/true").peakMemory
    var children: [Child] = []
    let (network, kernels) = (folder.path + "/network.yaml", folder.path + "/kernels.h5")
    _ = try Child(tool, "init", "-o", network)
    for _ in 0..<repetitions {
      children.append(try Child(tool, "kernels", network, "-o", kernels, "--force"))
    }
    wall = Timing(seconds: children.map(\.seconds))
    peakMemory = children.map(\.peakMemory).max() ?? .nan
    guard peakMemory > floor else {
      throw BenchmarkError("the tool's memory cannot be told from that of this process")
    }
  }
}

/// A process that has ended well.
private struct Child {
  let seconds: Double

  /// MB.
  let peakMemory: Double

  init(_ command: String...) throws {
    var arguments = command.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    let clock = ContinuousClock()
    let start = clock.now
    var id: pid_t = 0
    let failure = posix_spawn(&id, command[0], nil, nil, &arguments, environ)
    guard failure == 0 else {
      throw BenchmarkError("\(command[0]): \(String(cString: strerror(failure)))")
    }
    var status: Int32 = 0
    var usage = rusage()
    while wait4(id, &status, 0, &usage) < 0 && errno == EINTR {}
    seconds = (clock.now - start).seconds
    guard status == 0 else { throw BenchmarkError("'\(command.joined(separator: " "))' failed") }
    peakMemory = Double(usage.ru_maxrss) / 1024
  }
}
