import Foundation

/// What the tool was asked to print. Text that does not arrive, as on a full disk, is an error.
enum StandardOutput {
  /// Writes a text and a line break.
  ///
  /// - Throws: `InputError` with the system's reason.
  static func print(_ text: String, terminator: String = "\n") throws(InputError) {
    let code = SystemWrite.all(Array((text + terminator).utf8), to: STDOUT_FILENO)
    guard code == 0 else {
      throw InputError(
        "standard output cannot be written: \(String(cString: strerror(code)))")
    }
  }

  /// Keeps files from taking the place of standard streams that were closed, so that no text is written
  /// into results: reading gives nothing, and writing fails.
  static func keepDescriptors() {
    for (descriptor, mode) in [
      (STDIN_FILENO, O_RDONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY),
    ] where fcntl(descriptor, F_GETFD) < 0 {
      // The least free descriptor is taken, which is this one.
      _ = open("/dev/null", mode)
    }
  }
}

/// Writing to a descriptor, in pieces and over interruptions.
enum SystemWrite {
  /// The system's error number; 0 for success.
  static func all(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        done += count
      } else if errno == EAGAIN {
        // A pipe that somebody has set not to wait.
        usleep(1000)
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }
}
