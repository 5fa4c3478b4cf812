import CHDF5
import Foundation

/// Access to the HDF5 library, one caller at a time.
enum HDF5Library {
  private static let lock = NSRecursiveLock()

  /// Runs `body` while no other thread uses HDF5. The library prints its errors unless each
  /// thread tells it not to.
  static func locked<Result: ~Copyable, Failure>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    lock.lock()
    defer { lock.unlock() }
    lfpkernels_H5_silence_errors()
    return try body()
  }

  /// What the library says about its last failure: the description of the innermost error.
  static var lastMessage: String {
    var message = ""
    _ = withUnsafeMutablePointer(to: &message) { pointer in
      H5Ewalk2(
        hid_t(H5E_DEFAULT), H5E_WALK_UPWARD,
        { _, error, context in
          guard let text = error?.pointee.desc, let context else { return 0 }
          let message = context.assumingMemoryBound(to: String.self)
          if message.pointee.isEmpty { message.pointee = String(cString: text) }
          return 0
        }, pointer)
    }
    return message.isEmpty ? "no reason given" : message
  }

  /// The memory type of a number.
  static func memoryType(_ kind: StoredNumberKind) -> hid_t {
    switch kind {
    case .float64: lfpkernels_H5T_NATIVE_DOUBLE()
    case .int64: lfpkernels_H5T_NATIVE_INT64()
    }
  }

  /// The type of a number in files: little-endian on every machine.
  static func fileType(_ kind: StoredNumberKind) -> hid_t {
    switch kind {
    case .float64: lfpkernels_H5T_IEEE_F64LE()
    case .int64: lfpkernels_H5T_STD_I64LE()
    }
  }
}

/// An identifier of the HDF5 library that is closed when its owner goes.
struct HDF5Handle: ~Copyable, Sendable {
  let id: hid_t
  private let close: @Sendable (hid_t) -> herr_t

  /// Takes an identifier that a library function returned.
  ///
  /// - Throws: `StorageError` of kind `libraryFailure` if the identifier is negative.
  init(
    _ id: hid_t, closingWith close: @escaping @Sendable (hid_t) -> herr_t,
    in context: HDF5Context, _ action: String
  ) throws(StorageError) {
    guard id >= 0 else { throw context.failure(action) }
    self.id = id
    self.close = close
  }

  deinit {
    let (id, close) = (id, close)
    HDF5Library.locked { _ = close(id) }
  }
}

/// Which file and object an operation is about, for messages.
struct HDF5Context: Sendable {
  let file: String
  var path: [String] = []
  var attribute: String?

  /// `/kernels/E/I/lfp`, or `attribute dt of /kernels/E/I/lfp`.
  var object: String {
    let place = "/" + path.joined(separator: "/")
    return attribute.map { "attribute \($0) of \(place)" } ?? place
  }

  func error(_ kind: StorageError.Kind, _ problem: String, _ remedy: String? = nil) -> StorageError
  {
    StorageError(kind, file: file, object: object, problem: problem, remedy: remedy)
  }

  /// The error after a library function failed.
  func failure(_ action: String, _ kind: StorageError.Kind = .libraryFailure) -> StorageError {
    error(kind, "HDF5 cannot \(action): \(HDF5Library.lastMessage)")
  }

  /// Throws if a library function returned a negative status.
  func check(_ status: Int32, _ action: String) throws(StorageError) {
    guard status >= 0 else { throw failure(action) }
  }

  /// The same object's attribute.
  func attribute(_ name: String) -> HDF5Context {
    HDF5Context(file: file, path: path, attribute: name)
  }
}
