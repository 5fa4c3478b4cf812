import Foundation

/// What the tool says beside its results.
enum StandardError {
  /// Text that does not arrive is lost: there is no place left to say so.
  static func write(_ text: String) {
    _ = SystemWrite.all(Array(text.utf8), to: STDERR_FILENO)
  }

  /// A line for a person who waits; nothing where standard error is not a terminal.
  static func progress(_ text: String) {
    if isatty(STDERR_FILENO) != 0 { write(text + "\n") }
  }
}

/// How much of a long work is done, rewritten in place on a terminal, about ten times a second at most.
struct ProgressLine {
  private let what: String
  private var last = Date.distantPast
  private var isShown = false

  init(_ what: String) { self.what = what }

  mutating func update(_ done: Int, of all: Int) {
    guard isatty(STDERR_FILENO) != 0 else { return }
    let now = Date()
    if done == all {
      // The line makes room for what follows.
      if isShown { StandardError.write("\r\u{1B}[K") }
      return
    }
    guard now.timeIntervalSince(last) > 0.1 else { return }
    (last, isShown) = (now, true)
    StandardError.write("\r\(what): \(100 * done / max(all, 1)) %")
  }
}
