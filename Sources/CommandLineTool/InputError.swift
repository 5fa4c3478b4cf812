import Foundation

/// Something that the user gave is wrong: the tool says so on standard error and ends with status 1.
struct InputError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// What holds for all files that the tool writes.
enum OutputFile {
  /// Refuses to replace a file, unless forced, or a directory.
  static func check(_ path: String, force: Bool) throws(InputError) {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { return }
    if isDirectory.boolValue { throw InputError("\(path): is a directory; give a file's name") }
    if !force { throw InputError("\(path): exists already; use --force to overwrite it") }
  }
}
