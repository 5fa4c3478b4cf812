import Foundation

/// A run of the built tool in an empty directory of its own.
final class ToolDirectory {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  struct Result: Equatable {
    var status: Int32
    var output: String
    var errors: String
  }

  /// Runs the tool to its end.
  func run(_ arguments: String...) throws -> Result { try run(arguments) }

  /// - Parameter input: a file of the directory that standard input comes from.
  func run(_ arguments: [String], input: String? = nil) throws -> Result {
    let process = Process()
    if let input {
      process.standardInput = try FileHandle(forReadingFrom: url.appendingPathComponent(input))
    }
    process.executableURL = ToolDirectory.tool
    process.arguments = arguments
    process.currentDirectoryURL = url
    // Files instead of pipes, which could fill up while nobody reads.
    let streams = try ["output", "errors"].map { name in
      let stream = url.appendingPathComponent(".\(name)")
      try Data().write(to: stream)
      return try FileHandle(forWritingTo: stream)
    }
    process.standardOutput = streams[0]
    process.standardError = streams[1]
    try process.run()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: try text(".output"), errors: try text(".errors"))
  }

  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: url.appendingPathComponent(name)), as: UTF8.self)
  }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: url.appendingPathComponent(name))
  }

  var files: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: url.path)
        .filter { !$0.hasPrefix(".") }.sorted()
    }
  }

  /// The tool beside the tests.
  static var tool: URL {
    var directory = URL(fileURLWithPath: CommandLine.arguments[0])
    for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
      directory = bundle.bundleURL
    }
    return directory.deletingLastPathComponent().appendingPathComponent("lfpkernels")
  }
}
