import Foundation
import LFPKernels
import Testing

@testable import KernelFiles

@Suite struct StorageNPZTests {
  let scratch: ScratchDirectory
  init() throws { scratch = try ScratchDirectory() }

  private func header(_ array: NPYArray) -> String {
    String(
      decoding: array.bytes[10..<(10 + Int(array.bytes[8]) + 256 * Int(array.bytes[9]))],
      as: UTF8.self)
  }

  @Test func headersAreThoseOfVersionOne() {
    let array = NPYArray(StoredArray(Matrix([[1, 2, 3], [4, 5, 6]])))
    #expect(array.bytes.prefix(8) == [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0])
    let text = header(array)
    #expect(text.hasPrefix("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), } "))
    #expect(text.hasSuffix(" \n"))
    #expect((10 + text.utf8.count) % 64 == 0)
    #expect(array.bytes.count == 128 + 48)
    #expect(array.bytes.suffix(8) == [0, 0, 0, 0, 0, 0, 0x18, 0x40])
    #expect(
      header(NPYArray(StoredArray([7]))).contains("'<i8', 'fortran_order': False, 'shape': (1,)"))
    #expect(header(NPYArray(StoredArray(scalar: 7))).contains("'shape': ()"))
    #expect(
      header(NPYArray(["µ", "abc"])).contains("'<U3', 'fortran_order': False, 'shape': (2,)"))
  }

  @Test(arguments: 0..<70) func valuesStartAtMultiplesOf64(digits: Int) {
    let array = NPYArray(
      StoredArray<Double>(shape: [Int](repeating: 1, count: digits), values: [0]))
    #expect(array.bytes.count % 64 == 8)
  }

  @Test func longHeadersAreThoseOfVersionTwo() {
    let array = NPYArray(
      StoredArray<Double>(shape: [Int](repeating: 1, count: 30_000), values: [0]))
    #expect(array.bytes[6] == 2)
    #expect(array.bytes.count % 64 == 8)
  }

  @Test(arguments: ["", "/a", "a//b", "../a", "a/..", "./a", "a/", "a\u{0}"])
  func namesThatLeadElsewhereAreRefused(name: String) throws {
    var archive = ZIPArchive(for: "x.npz")
    #expect(try storageError { try archive.add([], as: name) }.kind == .invalidName)
  }

  @Test func namesAreUnique() throws {
    var file = NPZFile(for: "x.npz")
    try file.add("a", as: "E:I/lfp")
    #expect(try storageError { try file.add("b", as: "E:I/lfp") }.kind == .duplicate)
    #expect(file.arrayNames == ["E:I/lfp"])
  }

  @Test(.enabled(if: python != nil, "needs Python with NumPy"))
  func numpyReadsAllSorts() throws {
    var file = NPZFile(for: "x.npz")
    try file.add(StoredArray(shape: [2, 0, 3], values: [Double]()), as: "empty")
    try file.add(StoredArray(shape: [2, 1, 2], values: [1, 2, Int.min, Int.max]), as: "i/j:k")
    try file.add(StoredArray(scalar: -Double.infinity), as: "scalar")
    try file.add(["", "µ𝄞"], as: "texts é")
    try file.add("", as: "text")
    try file.add([String](), as: "no texts")
    for deflated in [false, true] {
      try writeAtomically(file.bytes(deflated: deflated), to: scratch("x.npz"), overwrite: true)
      try runPython(
        """
        import numpy, sys
        f = numpy.load(sys.argv[1])
        assert set(f) == {"empty", "i/j:k", "scalar", "texts \\u00e9", "text", "no texts"}, set(f)
        assert f["empty"].shape == (2, 0, 3)
        assert f["i/j:k"].tolist() == [[[1, 2]], [[-2**63, 2**63 - 1]]]
        assert f["scalar"][()] == -numpy.inf and str(f["text"]) == ""
        assert f["texts \\u00e9"].tolist() == ["", "\\u00b5\\U0001d11e"] and f["no texts"].shape == (0,)
        """, scratch("x.npz"))
    }
    try NPZFile(for: "none.npz").write(to: scratch("none.npz"), overwrite: false)
    try runPython(
      "import numpy, sys; assert not list(numpy.load(sys.argv[1]))", scratch("none.npz"))
  }

  @Test func timeZonesDoNotMatter() async throws {
    let bytes = try KernelFile.bytes(of: .sample(), for: "K.npz")
    try Data(bytes).write(to: URL(filePath: scratch("here.npz")))
    await #expect(processExitsWith: .success) { [path = scratch.path as String] in
      setenv("TZ", "Pacific/Kiritimati", 1)
      tzset()
      let here = try Data(contentsOf: URL(filePath: path + "/here.npz"))
      #expect(try KernelFile.bytes(of: .sample(), for: "K.npz") == [UInt8](here))
    }
  }

  /// Examples of FIPS 180-2.
  @Test func digests() {
    #expect(
      sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      sha256([UInt8]()) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      sha256([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }
}
