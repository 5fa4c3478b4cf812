import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The temporary files of this process, so that a signal which ends it can remove them.
///
/// The table has a fixed size and plain C strings: a signal handler may do no more than read
/// them and call `unlink`. Files beyond its capacity are written all the same, but stay behind
/// if a signal ends the process meanwhile.
public enum TemporaryFiles {
  static let capacity = 64
  static let longestPath = 4096

  /// The signals that end a process unless it handles them, and that a user, a batch system
  /// or a resource limit sends.
  static let handledSignals = [SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGXCPU, SIGXFSZ]

  /// Makes the signals that end the process (interrupt, terminate, hang-up, ...) remove its
  /// temporary files first; then the signal takes its default action, so that the parent sees
  /// which signal it was. Signals that are ignored or handled already stay as they are.
  /// To be called once by a tool at its start; a library must not.
  public static func removeOnSignals() {
    _ = temporaryFileTable
    for signal in handledSignals {
      var current = sigaction()
      guard sigaction(signal, nil, &current) == 0, isDefault(current) else { continue }
      var action = sigaction()
      // Some senders (timeout, batch systems) send a signal twice; the second one must not end the
      // process before the handler is through.
      sigfillset(&action.sa_mask)
      action.sa_flags = 0
      #if canImport(Darwin)
        action.__sigaction_u.__sa_handler = removeTemporaryFilesAndDie
      #else
        action.__sigaction_handler.sa_handler = removeTemporaryFilesAndDie
      #endif
      sigaction(signal, &action, nil)
    }
  }

  private static func isDefault(_ action: sigaction) -> Bool {
    #if canImport(Darwin)
      let handler = action.__sigaction_u.__sa_handler
    #else
      let handler = action.__sigaction_handler.sa_handler
    #endif
    return unsafeBitCast(handler, to: UInt.self) == unsafeBitCast(SIG_DFL, to: UInt.self)
  }

  /// Puts a path into the table. Gives its slot, or nil if the table is full or the path too
  /// long or not absolute in a directory that has no name any more.
  static func register(_ path: String) -> Int? {
    guard let absolute = absolutePath(path), absolute.utf8.count < longestPath else { return nil }
    for index in 0..<capacity {
      let slot = temporaryFileTable + index
      let (claimed, _) = slot.pointee.state.compareExchange(
        expected: TemporarySlot.free, desired: TemporarySlot.filling,
        ordering: .acquiringAndReleasing)
      guard claimed else { continue }
      absolute.withCString { _ = strncpy(slot.pointee.path, $0, longestPath - 1) }
      slot.pointee.state.store(TemporarySlot.used, ordering: .releasing)
      return index
    }
    return nil
  }

  /// Takes a path out of the table, after its file was removed or renamed.
  static func unregister(_ slot: Int?) {
    guard let slot, (0..<capacity).contains(slot) else { return }
    temporaryFileTable[slot].state.store(TemporarySlot.free, ordering: .releasing)
  }

  /// The paths in the table.
  static var registered: [String] {
    (0..<capacity).compactMap { index in
      temporaryFileTable[index].state.load(ordering: .acquiring) == TemporarySlot.used
        ? String(cString: temporaryFileTable[index].path) : nil
    }
  }

  private static func absolutePath(_ path: String) -> String? {
    if path.utf8.first == UInt8(ascii: "/") { return path }
    guard let current = getcwd(nil, 0) else { return nil }
    defer { free(current) }
    return String(cString: current) + "/" + path
  }
}

/// One entry of the table: a state and a buffer for a C string.
private struct TemporarySlot: ~Copyable {
  static let free: Int32 = 0
  static let filling: Int32 = 1
  static let used: Int32 = 2

  let state: Atomic<Int32>
  let path: UnsafeMutablePointer<CChar>
}

/// Lives as long as the process. `removeOnSignals` touches it before any handler can run, so
/// that the handler finds it initialised.
private nonisolated(unsafe) let temporaryFileTable = makeTemporaryFileTable()

private func makeTemporaryFileTable() -> UnsafeMutablePointer<TemporarySlot> {
  let table = UnsafeMutablePointer<TemporarySlot>.allocate(capacity: TemporaryFiles.capacity)
  for index in 0..<TemporaryFiles.capacity {
    let path = UnsafeMutablePointer<CChar>.allocate(capacity: TemporaryFiles.longestPath)
    path.initialize(repeating: 0, count: TemporaryFiles.longestPath)
    (table + index).initialize(to: TemporarySlot(state: Atomic(0), path: path))
  }
  return table
}

/// The signal handler: nothing but atomic loads, `unlink`, `signal` and `raise`. All signals are blocked
/// meanwhile, hence the one that is raised ends the process when the handler returns.
private func removeTemporaryFilesAndDie(_ number: Int32) {
  var index = 0
  while index < 64 {
    let slot = temporaryFileTable + index
    if slot.pointee.state.load(ordering: .acquiring) == 2 { unlink(slot.pointee.path) }
    index += 1
  }
  _ = signal(number, SIG_DFL)
  raise(number)
}
