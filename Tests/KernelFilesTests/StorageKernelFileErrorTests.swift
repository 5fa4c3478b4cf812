import Foundation
import KernelFiles
import LFPKernels
import Testing

/// What happens with files that are not what they should be.
@Suite struct StorageKernelFileErrorTests {
  let scratch: ScratchDirectory
  init() throws { scratch = try ScratchDirectory() }

  private func readingError(_ path: String) throws -> StorageError {
    try storageError { _ = try KernelFile.read(path) }
  }

  @Test func filesThatAreNone() throws {
    #expect(try readingError(scratch("none.h5")).kind == .missingFile)
    #expect(try readingError(scratch("none/none.h5")).kind == .missingFile)
    #expect(try readingError("").kind == .invalidName)
    #expect(try readingError(scratch.path).kind == .isDirectory)
    #expect(try readingError("/dev/null").kind == .notRegularFile)
    #expect(try readingError(try scratch.write([], to: "empty.h5")).kind == .emptyFile)
    let text = try readingError(try scratch.write(Array("cells:\n".utf8), to: "text.h5"))
    #expect(text.kind == .wrongFormat)
    #expect(text.description.contains("text.h5: is not an HDF5 file (7 bytes); "))
  }

  @Test func aFileCutShortAnywhereIsAnError() throws {
    let bytes = try KernelFile.bytes(of: .sample(), for: "K.h5")
    // The last 40 bytes are a checksum, without which the file is complete.
    for count in stride(from: 1, to: bytes.count - 40, by: 97) {
      let error = try readingError(try scratch.write(Array(bytes[..<count]), to: "K.h5"))
      #expect(count < 8 ? error.kind == .wrongFormat : error.kind == .damaged, "\(count) \(error)")
    }
  }

  @Test func aFileThatLostItsChecksumIsRead() throws {
    let bytes = try KernelFile.bytes(of: .sample(), for: "K.h5")
    let path = try scratch.write(bytes.dropLast(40), to: "K.h5")
    #expect(try KernelFile.read(path) == .sample())
  }

  @Test func aChangedByteAnywhereIsAnError() throws {
    let bytes = try KernelFile.bytes(of: .sample(), for: "K.h5")
    for position in stride(from: 0, to: bytes.count - 40, by: 61) {
      var changed = bytes
      changed[position] ^= 1 << UInt8(position % 8)
      let error = try readingError(try scratch.write(changed, to: "K.h5"))
      #expect(error.kind == .damaged, "\(position) \(error)")
    }
  }

  @Test func otherHDF5FilesAreRefused() throws {
    let file = try HDF5File(inMemoryFor: "K")
    try file.write(to: scratch("plain.h5"), overwrite: false)
    #expect(try readingError(scratch("plain.h5")).kind == .wrongFormat)
    try file.setAttribute("format", to: "LFPKernels signals")
    try file.write(to: scratch("signals.h5"), overwrite: false)
    let error = try readingError(scratch("signals.h5"))
    #expect(error.kind == .wrongFormat && error.problem.contains("LFPKernels signals"))
  }

  @Test(arguments: [(2, StorageError.Kind.newerVersion), (0, .damaged)])
  func otherVersionsAreRefused(version: Int, kind: StorageError.Kind) throws {
    let file = try HDF5File(inMemoryFor: "K")
    try file.setAttribute("format", to: "LFPKernels kernels")
    try file.setAttribute("format_version", to: version)
    try file.write(to: scratch("K.h5"), overwrite: false)
    #expect(try readingError(scratch("K.h5")).kind == kind)
  }

  /// Writes a file of one kernel with pieces left out or wrong, and gives the reader's error.
  private func error(without missing: String = "", wrong: String = "") throws -> StorageError {
    let file = try HDF5File(inMemoryFor: "K")
    let kernel = ["kernels", "E", "I", "lfp"]
    try file.setAttribute("format", to: "LFPKernels kernels")
    if wrong == "version" {
      try file.setAttribute("format_version", to: "one")
    } else if missing != "version" {
      try file.setAttribute("format_version", to: 1)
    }
    if missing != "sha" { try file.setAttribute("description_sha256", to: "") }
    if missing != "program" { try file.setAttribute("program_version", to: "1") }
    if missing != "description" { try file.write("text", to: ["description"]) }
    if missing != "kernels" {
      if wrong == "rank" {
        try file.write(StoredArray([1.0, 2]), to: kernel)
      } else if wrong == "text" {
        try file.write("kernel", to: kernel)
      } else if wrong == "group" {
        try file.createGroup(kernel)
      } else {
        try file.write(StoredArray(Matrix(rows: 2, columns: 4)), to: kernel)
      }
      for name in ["dt", "first_lag"] where missing != name {
        if wrong == name {
          try file.setAttribute(name, of: kernel, to: [1.0, 2.0])
        } else {
          try file.setAttribute(name, of: kernel, to: 1.0)
        }
      }
      if missing != "unit" {
        try file.setAttribute("unit", of: kernel, to: wrong == "unit" ? "uV" : "mV")
      }
    }
    try file.createGroup(["probes"])
    if missing != "probe" {
      try file.createGroup(["probes", "lfp"])
      if missing != "kind" { try file.setAttribute("kind", of: ["probes", "lfp"], to: "k") }
      try file.setAttribute("unit", of: ["probes", "lfp"], to: "mV")
      let columns = wrong == "positions" ? 2 : 3
      let rows = wrong == "outputs" ? 5 : 2
      try file.write(
        StoredArray(Matrix(rows: rows, columns: columns)), to: ["probes", "lfp", "positions"])
    }
    try file.write(to: scratch("K.h5"), overwrite: true)
    return try readingError(scratch("K.h5"))
  }

  @Test(arguments: [
    ("version", "attribute format_version of /"), ("sha", "attribute description_sha256 of /"),
    ("program", "attribute program_version of /"), ("description", "/description"),
    ("kernels", "/kernels"), ("dt", "attribute dt of /kernels/E/I/lfp"),
    ("first_lag", "attribute first_lag of /kernels/E/I/lfp"),
    ("unit", "attribute unit of /kernels/E/I/lfp"), ("kind", "attribute kind of /probes/lfp"),
    ("probe", "kernel E:I/lfp"),
  ])
  func missingPiecesAreNamed(piece: String, object: String) throws {
    let error = try error(without: piece)
    #expect(error.kind == .missingObject && error.object == object, "\(error)")
    #expect(error.file == scratch("K.h5"))
  }

  @Test(arguments: [
    ("version", StorageError.Kind.wrongType), ("rank", .wrongShape), ("text", .wrongType),
    ("group", .wrongType), ("dt", .wrongShape), ("first_lag", .wrongShape),
    ("unit", .invalidValue), ("positions", .wrongShape), ("outputs", .wrongShape),
  ])
  func wrongPiecesAreRefused(piece: String, kind: StorageError.Kind) throws {
    let error = try error(wrong: piece)
    #expect(error.kind == kind, "\(error)")
  }

  @Test func missingObjectsTellWhatIsThere() throws {
    let error = try error(without: "description")
    #expect(error.remedy == "/ holds kernels, probes", "\(error)")
  }
}
