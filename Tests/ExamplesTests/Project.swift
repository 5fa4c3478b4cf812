import Foundation

/// The folder that the project lies in, and what was built from it.
enum Project {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The folder of the built tests, where the other products are, too.
  static let products = {
    var tests = URL(fileURLWithPath: CommandLine.arguments[0])
    for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
      tests = bundle.bundleURL
    }
    return tests.deletingLastPathComponent()
  }()

  static func text(_ path: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
  }

  /// Paths of the files in a folder that end in `suffix`, in order.
  static func files(in path: String, suffix: String) throws -> [String] {
    let contents = FileManager.default.enumerator(
      atPath: folder.appendingPathComponent(path).path)
    return (contents?.allObjects as? [String] ?? [])
      .filter { $0.hasSuffix(suffix) }.sorted().map { "\(path)/\($0)" }
  }
}

/// A program that has ended.
struct Run: Equatable {
  let status: Int32
  let output: String
  let errors: String

  init(_ program: URL, _ arguments: [String] = [], in folder: URL = Project.folder) throws {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    // Files instead of pipes, which could fill up while nobody reads.
    let scratch = FileManager.default.temporaryDirectory
      .appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let names = ["output", "errors"].map { scratch.appendingPathComponent($0) }
    for name in names { try Data().write(to: name) }
    process.standardOutput = try FileHandle(forWritingTo: names[0])
    process.standardError = try FileHandle(forWritingTo: names[1])
    try process.run()
    process.waitUntilExit()
    status = process.terminationStatus
    output = try String(contentsOf: names[0], encoding: .utf8)
    errors = try String(contentsOf: names[1], encoding: .utf8)
  }
}
