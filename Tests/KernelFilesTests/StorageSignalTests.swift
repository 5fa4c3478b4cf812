import Foundation
import KernelFiles
import Testing

/// A signal that ends the process leaves no temporary files behind.
@Suite struct StorageSignalTests {
  let scratch: ScratchDirectory
  init() throws { scratch = try ScratchDirectory() }

  @Test func terminationRemovesTemporaryFiles() async throws {
    _ = try scratch.write([1], to: "other")
    await #expect(processExitsWith: .signal(SIGTERM)) { [path = scratch.path as String] in
      TemporaryFiles.removeOnSignals()
      try writeAtomically([1], to: path + "/complete", overwrite: false)
      try writeAtomically(to: path + "/a", overwrite: false) { (a) throws(StorageError) in
        try writeAtomically(to: path + "/b", overwrite: false) { (b) throws(StorageError) in
          try b.write([2])
          kill(getpid(), SIGTERM)
          sleep(10)
        }
      }
    }
    #expect(try scratch.names == ["complete", "other"])
  }

  /// As `timeout` and batch systems send it: the second signal must wait until the files are gone.
  @Test func aSecondSignalWaitsForTheHandler() async throws {
    await #expect(processExitsWith: .success) {
      TemporaryFiles.removeOnSignals()
      var action = sigaction()
      sigaction(SIGTERM, nil, &action)
      guard sigismember(&action.sa_mask, SIGTERM) == 1, sigismember(&action.sa_mask, SIGINT) == 1,
        // Of Linux: SA_RESTORER, which the C library sets.
        action.sa_flags == 0 || action.sa_flags == 0x0400_0000
      else { exit(1) }
    }
  }

  @Test func anInterruptRemovesFilesOfARelativePath() async throws {
    await #expect(processExitsWith: .signal(SIGINT)) { [path = scratch.path as String] in
      signal(SIGINT, SIG_DFL)
      TemporaryFiles.removeOnSignals()
      chdir(path)
      try writeAtomically(to: "a", overwrite: false) { (a) throws(StorageError) in
        chdir("/")
        kill(getpid(), SIGINT)
        sleep(10)
      }
    }
    #expect(try scratch.names.isEmpty)
  }

  @Test func withoutTheHandlerTheyStay() async throws {
    await #expect(processExitsWith: .signal(SIGTERM)) { [path = scratch.path as String] in
      try writeAtomically(to: path + "/a", overwrite: false) { (a) throws(StorageError) in
        kill(getpid(), SIGTERM)
        sleep(10)
      }
    }
    #expect(try scratch.names.count == 1)
  }

  @Test func signalsThatAreIgnoredStayIgnored() async throws {
    await #expect(processExitsWith: .success) { [path = scratch.path as String] in
      signal(SIGHUP, SIG_IGN)
      TemporaryFiles.removeOnSignals()
      try writeAtomically(to: path + "/a", overwrite: false) { (a) throws(StorageError) in
        kill(getpid(), SIGHUP)
        try a.write([1])
      }
    }
    #expect(try scratch.names == ["a"])
  }
}
