import Foundation
import Testing

@testable import KernelFiles

@Suite struct StorageOutputTests {
  let scratch: ScratchDirectory
  init() throws { scratch = try ScratchDirectory() }

  @Test(arguments: [0, 1, 3_000_000])
  func allBytesArrive(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try checkWritable(scratch("a"), overwrite: false)
    #expect(try scratch.names.isEmpty)
    try writeAtomically(bytes, to: scratch("a"), overwrite: false)
    #expect(try scratch.bytes("a") == bytes)
    #expect(try scratch.names == ["a"])
  }

  @Test func piecesAreWrittenOneAfterAnother() throws {
    try writeAtomically(to: scratch("a"), overwrite: false) { (file) throws(StorageError) in
      try file.write([1, 2])
      try file.write([])
      try file.write([3])
    }
    #expect(try scratch.bytes("a") == [1, 2, 3])
  }

  @Test func anExistingFileIsReplacedOnlyOnDemand() throws {
    _ = try scratch.write([1], to: "a")
    for body in [
      { try checkWritable(scratch("a"), overwrite: false) },
      { try writeAtomically([2], to: scratch("a"), overwrite: false) },
    ] {
      let error = try storageError(body)
      #expect(error.kind == .fileExists && error.description.contains("--force"))
    }
    #expect(try scratch.bytes("a") == [1])
    try #require(chmod(scratch("a"), 0o640) == 0)
    try checkWritable(scratch("a"), overwrite: true)
    #expect(try scratch.bytes("a") == [1])
    try writeAtomically([2], to: scratch("a"), overwrite: true)
    #expect(try scratch.bytes("a") == [2])
    #expect(try #require(SystemCall.status(scratch("a"))).st_mode & 0o777 == 0o640)
    #expect(try scratch.names == ["a"])
  }

  @Test func aFileThatAppearsMeanwhileIsKept() throws {
    let error = try storageError {
      try writeAtomically(to: scratch("a"), overwrite: false) { (file) throws(StorageError) in
        try file.write([2])
        _ = try? scratch.write([1], to: "a")
      }
    }
    #expect(error.kind == .fileExists && error.description.contains("--force"))
    #expect(try scratch.bytes("a") == [1])
    #expect(try scratch.names == ["a"])
  }

  @Test func linksAreFollowed() throws {
    _ = try scratch.write([1], to: "target")
    try FileManager.default.createSymbolicLink(
      atPath: scratch("link"), withDestinationPath: "target")
    try FileManager.default.createSymbolicLink(
      atPath: scratch("broken"), withDestinationPath: "nothing")
    try writeAtomically([2], to: scratch("link"), overwrite: true)
    #expect(try scratch.bytes("target") == [2])
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: scratch("link")) == "target")
    for overwrite in [false, true] {
      let error = try storageError {
        try writeAtomically([2], to: scratch("broken"), overwrite: overwrite)
      }
      #expect(error.kind == .notRegularFile)
    }
    #expect(try scratch.names == ["broken", "link", "target"])
  }

  @Test(arguments: [false, true])
  func placesThatTakeNoFileAreRefused(overwrite: Bool) throws {
    _ = try scratch.write([1], to: "file")
    let places: [(String, StorageError.Kind)] = [
      (scratch.path, .isDirectory), (scratch.path + "/", .isDirectory), ("/", .isDirectory),
      (scratch("none/a"), .missingDirectory), (scratch("none/"), .missingDirectory),
      (scratch("file/a"), .missingDirectory), (scratch("file/"), .missingDirectory),
      (scratch("new/"), .missingDirectory), ("", .invalidName), ("a\u{0}b", .invalidName),
      ("/dev/null", .notRegularFile), ("/dev/full", .notRegularFile),
      ("/proc/self/fd/kernels.h5", .notWritable),
      (scratch(String(repeating: "n", count: 300)), .systemFailure),
    ]
    for (path, kind) in places {
      let early = try storageError { try checkWritable(path, overwrite: overwrite) }
      #expect(early.kind == kind, "\(early)")
      let late = try storageError { try writeAtomically([1], to: path, overwrite: overwrite) }
      #expect(late == early)
      #expect(late.file == path)
    }
    #expect(try scratch.names == ["file"])
  }

  @Test func nothingStaysWhenTheContentFails() throws {
    let cause = StorageError(.invalidValue, file: "x", problem: "no")
    let error = try storageError {
      try writeAtomically(to: scratch("a"), overwrite: false) { (file) throws(StorageError) in
        try file.write([1])
        #expect(TemporaryFiles.registered.contains { $0.hasPrefix(scratch.path) })
        throw cause
      }
    }
    #expect(error == cause)
    #expect(try scratch.names.isEmpty)
    #expect(!TemporaryFiles.registered.contains { $0.hasPrefix(scratch.path) })
  }

  @Test func moreFilesThanTheTableHoldsAreWritten() throws {
    func nest(_ depth: Int) throws(StorageError) {
      if depth == 0 { return }
      let file = try AtomicFile(path: scratch("\(depth)"), overwrite: false)
      try nest(depth - 1)
      try file.commit()
    }
    try nest(TemporaryFiles.capacity + 5)
    #expect(try scratch.names.count == TemporaryFiles.capacity + 5)
  }

  @Test func shortAndInterruptedWritesGoOn() throws {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
    var taken: [UInt8] = []
    var calls = 0
    try bytes.withUnsafeBytes { buffer in
      try AtomicFile.writeAll(buffer, to: -1, path: "a") { _, start, count in
        calls += 1
        if calls % 3 == 0 {
          errno = EINTR
          return -1
        }
        let some = min(count, 7)
        taken += UnsafeRawBufferPointer(start: start, count: some)
        return some
      }
    }
    #expect(taken == bytes)
  }

  @Test(arguments: [
    (ENOSPC, StorageError.Kind.noSpace), (EDQUOT, .noSpace), (EFBIG, .noSpace),
    (EIO, .systemFailure), (EROFS, .notWritable), (0, .noSpace),
  ])
  func failedWritesAreErrors(code: Int32, kind: StorageError.Kind) throws {
    let error = try storageError {
      try [1, 2, 3].withUnsafeBytes { buffer in
        try AtomicFile.writeAll(buffer, to: -1, path: "a") { _, _, _ in
          errno = code
          return code == 0 ? 0 : -1
        }
      }
    }
    #expect(error.kind == kind && error.file == "a")
  }

  @Test(.enabled(if: access("/dev/full", W_OK) == 0))
  func aFullDeviceIsAnError() throws {
    let descriptor = open("/dev/full", O_WRONLY)
    defer { close(descriptor) }
    let error = try storageError {
      try [1].withUnsafeBytes { try AtomicFile.writeAll($0, to: descriptor, path: "a") }
    }
    #expect(error.kind == .noSpace)
    #expect(error.problem == "cannot write: No space left on device")
  }

  @Test(.enabled(if: geteuid() != 0, "permissions do not bind root"))
  func permissionsAreRespected() throws {
    let path = try scratch.write([1], to: "secret.h5")
    try #require(chmod(path, 0) == 0)
    #expect(try storageError { _ = try KernelFile.read(path) }.kind == .notReadable)
    try #require(chmod(scratch.path, 0o500) == 0)
    defer { chmod(scratch.path, 0o700) }
    let error = try storageError { try checkWritable(scratch("a"), overwrite: false) }
    #expect(error.kind == .notWritable)
  }

  @Test func aLimitOnFileSizesLeavesNoFile() async throws {
    await #expect(processExitsWith: .success) { [path = scratch.path as String] in
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 100_000, rlim_max: 100_000)
      try #require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
      let error = try storageError {
        try writeAtomically(
          [UInt8](repeating: 1, count: 200_000), to: path + "/a", overwrite: false)
      }
      #expect(error.kind == .noSpace)
    }
    #expect(try scratch.names.isEmpty)
  }
}
