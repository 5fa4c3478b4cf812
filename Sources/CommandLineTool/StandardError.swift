import Foundation

/// What the tool says beside its results.
enum StandardError {
  static func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

  /// A line for a person who waits; nothing where standard error is not a terminal.
  static func progress(_ text: String) {
    if isatty(FileHandle.standardError.fileDescriptor) != 0 { write(text + "\n") }
  }
}
