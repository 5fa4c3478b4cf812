#if os(Linux)
  import Foundation
  import KernelFiles
  import Testing

  /// A small file system that only the calling thread sees.
  private func enterMountNamespace() -> Int32 {
    // `unshare` is not in the module of the C library.
    typealias Unshare = @convention(c) (Int32) -> Int32
    let newMountNamespace: Int32 = 0x0002_0000
    guard let address = dlsym(nil, "unshare") else { return -1 }
    return unsafeBitCast(address, to: Unshare.self)(newMountNamespace)
  }

  @Suite struct StorageFullDiskTests {
    let scratch: ScratchDirectory
    init() throws { scratch = try ScratchDirectory() }

    /// Mounts in a namespace of one thread need root, which containers have.
    static let mayMount = geteuid() == 0 && (try? run(["unshare", "-m", "true"]))?.status == 0

    @Test(.enabled(if: mayMount)) func aFullDiskLeavesNoFile() async throws {
      await #expect(processExitsWith: .success) { [path = scratch.path as String] in
        try #require(enterMountNamespace() == 0)
        try #require(mount("none", "/", nil, UInt(MS_REC | MS_PRIVATE), nil) == 0)
        try #require(mount("tmpfs", path, "tmpfs", 0, "size=256k") == 0)
        for name in ["K.h5", "K.npz"] {
          let error = try storageError {
            try KernelFile.write(
              .sample(outputs: 13, lags: 1601), to: path + "/" + name, overwrite: false)
          }
          #expect(error.kind == .noSpace)
          #expect(error.description.contains("No space left on device"))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: path).isEmpty)
        try KernelFile.write(.sample(), to: path + "/K.h5", overwrite: false)
        #expect(try KernelFile.read(path + "/K.h5") == .sample())
        // The old file stays when the new one does not fit.
        _ = try storageError {
          try KernelFile.write(
            .sample(outputs: 13, lags: 1601), to: path + "/K.h5", overwrite: true)
        }
        #expect(try KernelFile.read(path + "/K.h5") == .sample())
        try #require(
          mount("none", path, nil, UInt(MS_REMOUNT | MS_RDONLY), nil) == 0)
        let error = try storageError { try checkWritable(path + "/L.h5", overwrite: false) }
        #expect(error.kind == .notWritable)
      }
    }
  }
#endif
