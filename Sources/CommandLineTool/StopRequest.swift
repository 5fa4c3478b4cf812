import Foundation
import Synchronization

/// Whether a signal asked the tool to stop: it then finishes what it is at. A second signal ends it at
/// once, which loses no more than that.
enum StopRequest {
  private static let signal = Atomic<Int32>(0)

  static func install() {
    // A file that would be too large is an error, not the end.
    _ = Foundation.signal(SIGXFSZ, SIG_IGN)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGXCPU] {
      var action = sigaction()
      sigemptyset(&action.sa_mask)
      action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
      #if canImport(Darwin)
        action.__sigaction_u.__sa_handler = { StopRequest.signal.store($0, ordering: .relaxed) }
      #else
        action.__sigaction_handler.sa_handler = {
          StopRequest.signal.store($0, ordering: .relaxed)
        }
      #endif
      sigaction(number, &action, nil)
    }
  }

  static var isMade: Bool { signal.load(ordering: .relaxed) != 0 }

  /// 128 and the signal's number, as shells do.
  static var exitStatus: Int32 { 128 + signal.load(ordering: .relaxed) }
}
