import Foundation
import ParameterSweeps

/// A line on standard error that says how far a sweep is, where that is a terminal.
struct SweepProgress: Sendable {
  private let isShown = isatty(FileHandle.standardError.fileDescriptor) != 0

  func show(_ progress: SweepRun.Progress) {
    guard isShown else { return }
    let rate = Double(progress.done) / max(progress.seconds, 1e-9)
    let left = Double(progress.toDo - progress.done) / max(rate, 1e-9)
    let failed = progress.failed > 0 ? ", \(progress.failed) failed" : ""
    StandardError.write(
      "\r\u{1B}[K\(progress.done) of \(progress.toDo) points, "
        + String(format: "%.0f/s, ", rate) + "\(Self.duration(left)) left\(failed)")
  }

  func clear() {
    if isShown { StandardError.write("\r\u{1B}[K") }
  }

  /// Such as `3 h 20 min`.
  static func duration(_ seconds: Double) -> String {
    switch seconds {
    case ..<99.5: return String(format: "%.0f s", seconds)
    case ..<5970: return String(format: "%.0f min", seconds / 60)
    case ..<172800:
      let minutes = Int((seconds / 60).rounded())
      return "\(minutes / 60) h \(minutes % 60) min"
    default: return String(format: "%.1f days", min(seconds / 86400, 1e9))
    }
  }
}
