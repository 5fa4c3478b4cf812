import Foundation
import LFPKernels
import Testing

@testable import KernelFiles

@Suite struct StorageHDF5Tests {
  let scratch: ScratchDirectory
  init() throws { scratch = try ScratchDirectory() }

  /// Builds a file in memory, writes it and opens it.
  private func reopened(_ fill: (HDF5File) throws -> Void) throws -> HDF5File {
    let file = try HDF5File(inMemoryFor: "x.h5")
    try fill(file)
    try file.write(to: scratch("x.h5"), overwrite: true)
    return try HDF5File(reading: scratch("x.h5"))
  }

  @Test(arguments: [[], [0], [1], [7], [0, 3], [3, 4], [2, 3, 4], [5, 0, 2]])
  func numbersComeBack(shape: [Int]) throws {
    let count = shape.reduce(1, *)
    let doubles = StoredArray(shape: shape, values: (0..<count).map { 1 / Double($0 + 3) })
    let integers = StoredArray(shape: shape, values: (0..<count).map { Int.max - $0 })
    let file = try reopened {
      try $0.write(doubles, to: ["a", "b", "doubles"])
      try $0.write(integers, to: ["a", "integers"])
      try $0.write(doubles, to: ["packed"], layout: .deflated(level: 4))
    }
    #expect(try file.read(["a", "b", "doubles"], as: Double.self) == doubles)
    #expect(try file.read(["a", "integers"], as: Int.self, rank: shape.count) == integers)
    #expect(try file.read(["packed"], as: Double.self) == doubles)
    let error = try storageError {
      _ = try file.read(["packed"], as: Double.self, rank: shape.count + 1)
    }
    #expect(error.kind == .wrongShape)
  }

  @Test func largeDatasetsAreChunkedAndDeflated() throws {
    #expect(HDF5File.chunk(for: [13, 1601]) == [13, 1601])
    #expect(HDF5File.chunk(for: [1 << 20]) == [1 << 17])
    #expect(HDF5File.chunk(for: [3, 1 << 20]) == [1, 1 << 17])
    #expect(HDF5File.chunk(for: [1000, 1000]) == [125, 1000])
    #expect(HDF5File.chunk(for: [.max, .max, 1])[2] == 1)
    let zeros = StoredArray(Matrix(rows: 100, columns: 3000))
    let file = try reopened { try $0.write(zeros, to: ["z"], layout: .deflated(level: 1)) }
    #expect(try file.read(["z"], as: Double.self) == zeros)
    #expect(try scratch.bytes("x.h5").count < 30_000)
  }

  @Test func textsComeBack() throws {
    let texts = ["", "µV", "a b\n", String(repeating: "é", count: 70_000)]
    let file = try reopened {
      try $0.write(texts, to: ["texts"])
      try $0.write([String](), to: ["none"])
      for (index, text) in texts.enumerated() { try $0.write(text, to: ["text \(index)"]) }
    }
    #expect(try file.readStrings(["texts"]) == texts)
    #expect(try file.readStrings(["none"]).isEmpty)
    for (index, text) in texts.enumerated() {
      #expect(try file.readString(["text \(index)"]) == text)
    }
    #expect(try file.members() == ["texts", "none", "text 0", "text 1", "text 2", "text 3"])
    #expect(try storageError { _ = try file.readString(["texts"]) }.kind == .wrongShape)
    #expect(try storageError { _ = try file.readStrings(["text 0"]) }.kind == .wrongShape)
  }

  @Test func attributesComeBack() throws {
    let file = try reopened {
      try $0.createGroup(["g"])
      try $0.setAttribute("double", of: ["g"], to: 0.1)
      try $0.setAttribute("int", of: ["g"], to: -3)
      try $0.setAttribute("text", of: ["g"], to: "Ω cm")
      try $0.setAttribute("doubles", to: [0.1, .infinity])
      try $0.setAttribute("ints", to: [Int.min, 0])
      try $0.setAttribute("texts", to: ["", "b"])
      try $0.setAttribute("empty", to: [Double]())
    }
    #expect(try file.attribute("double", of: ["g"], as: Double.self) == 0.1)
    #expect(try file.attribute("int", of: ["g"], as: Int.self) == -3)
    #expect(try file.attribute("int", of: ["g"], as: Double.self) == -3)
    #expect(try file.stringAttribute("text", of: ["g"]) == "Ω cm")
    #expect(try file.attributeArray("doubles", as: Double.self) == [0.1, .infinity])
    #expect(try file.attributeArray("ints", as: Int.self) == [.min, 0])
    #expect(try file.stringAttributeArray("texts") == ["", "b"])
    #expect(try file.attributeArray("empty", as: Double.self).isEmpty)
    #expect(try file.hasAttribute("texts"))
    #expect(try !file.hasAttribute("text"))
    for (kind, body) in [
      (StorageError.Kind.wrongType, { _ = try file.attribute("double", of: ["g"], as: Int.self) }),
      (.wrongType, { _ = try file.attribute("texts", as: Double.self) }),
      (.wrongType, { _ = try file.stringAttribute("ints") }),
      (.wrongShape, { _ = try file.attribute("ints", as: Int.self) }),
      (.wrongShape, { _ = try file.attribute("empty", as: Double.self) }),
      (.wrongShape, { _ = try file.stringAttribute("texts") }),
      (.missingObject, { _ = try file.attribute("none", as: Int.self) }),
      (.missingObject, { _ = try file.attribute("none", of: ["h"], as: Int.self) }),
    ] as [(StorageError.Kind, () throws -> Void)] {
      let error = try storageError(body)
      #expect(error.kind == kind, "\(error)")
    }
  }

  @Test(arguments: ["", ".", "a/b", "/", "a\u{0}b"])
  func namesThatHDF5CannotHoldAreRefused(name: String) throws {
    let file = try HDF5File(inMemoryFor: "x.h5")
    for body in [
      { try file.createGroup(["g", name]) },
      { try file.write("text", to: ["g", name]) },
      { try file.write(StoredArray([1.0]), to: [name, "d"]) },
      { _ = try file.read([name], as: Double.self) },
    ] {
      #expect(try storageError(body).kind == .invalidName)
    }
  }

  @Test func whatIsThereIsNotReplaced() throws {
    let file = try HDF5File(inMemoryFor: "x.h5")
    try file.write(StoredArray([1]), to: ["d"])
    try file.createGroup(["g"])
    try file.createGroup(["g"])
    try file.setAttribute("a", to: 1)
    for (kind, body) in [
      (StorageError.Kind.duplicate, { try file.write(StoredArray([2]), to: ["d"]) }),
      (.duplicate, { try file.write("text", to: ["g"]) }),
      (.duplicate, { try file.setAttribute("a", to: 2) }),
      (.wrongType, { try file.write("text", to: ["d", "text"]) }),
      (.wrongType, { try file.createGroup(["d"]) }),
      (.wrongType, { _ = try file.members(of: ["d"]) }),
      (.wrongType, { _ = try file.read(["g"], as: Int.self) }),
      (.wrongType, { _ = try file.readString(["d"]) }),
      (.missingObject, { try file.setAttribute("a", of: ["none"], to: 2) }),
      (.invalidName, { try file.setAttribute("", to: 2) }),
      (.invalidName, { try file.write("text", to: []) }),
      (.invalidValue, { try file.write("a\u{0}b", to: ["nul"]) }),
      (
        .wrongShape,
        { try file.write(StoredArray(shape: [1, 1, 1, 1], values: [1]), to: ["rank"]) }
      ),
    ] as [(StorageError.Kind, () throws -> Void)] {
      let error = try storageError(body)
      #expect(error.kind == kind, "\(error)")
    }
    #expect(try file.read(["d"], as: Int.self).values == [1])
    #expect(try file.exists(["g"]))
    #expect(try !file.exists(["g", "h"]))
  }

  @Test func filesThatAreReadCannotBeChanged() throws {
    let file = try reopened { try $0.createGroup(["g"]) }
    for body in [
      { try file.createGroup(["h"]) }, { try file.write("text", to: ["t"]) },
      { try file.setAttribute("a", to: 1) },
    ] {
      #expect(try storageError(body).kind == .notWritable)
    }
  }

  @Test func filesAreUsedByManyThreads() async throws {
    let bytes = try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for _ in 0..<16 {
        group.addTask { try KernelFile.bytes(of: .sample(), for: "K.h5") }
      }
      return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
    }
    #expect(bytes.count == 1)
  }

  /// Checksums of two files as the library itself wrote them.
  @Test func superblockChecksums() throws {
    #expect(HDF5Superblock.checksum([]) == 0xDEAD_BEEF)
    let text = Array("Four score and seven years ago".utf8)
    #expect(HDF5Superblock.checksum(text[...]) == 0x1777_0551)
    let head: [UInt8] = [
      0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 2, 8, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x76, 1, 0, 0, 0, 0, 0, 0, 0x30, 0, 0, 0,
      0, 0, 0, 0,
    ]
    #expect(HDF5Superblock.checksum(head[...]) == 0x9937_eb30)
  }

  @Test(.enabled(if: python != nil, "needs Python with h5py"))
  func othersWaysOfStoringAreRead() throws {
    try runPython(
      """
      import h5py, numpy, sys
      f = h5py.File(sys.argv[1], "w")
      f["f4"] = numpy.array([[1.5, 2.5]], ">f4")
      f["u1"] = numpy.array([1, 255], "u1")
      f["i4"] = numpy.array([-7], ">i4")
      f["fixed"] = numpy.array([b"ab", b"", b"abc"])
      f["ascii"] = numpy.bytes_("ascii")
      f.create_dataset("latin", data=numpy.array([b"\\xb5"]))
      f["c"] = numpy.array([1j])
      f["bool"] = numpy.array([True])
      f["empty"] = h5py.Empty("f8")
      f["rank4"] = numpy.zeros((1, 1, 1, 1))
      f["soft"] = h5py.SoftLink("/nowhere")
      f.create_dataset("sparse", (1 << 40, 1 << 20), "f8", chunks=(1, 1))
      f.attrs["fixed"] = numpy.bytes_("fixed")
      """, scratch("o.h5"))
    let file = try HDF5File(reading: scratch("o.h5"))
    #expect(try file.read(["f4"], as: Double.self).values == [1.5, 2.5])
    #expect(try file.read(["u1"], as: Int.self).values == [1, 255])
    #expect(try file.read(["i4"], as: Double.self).values == [-7])
    #expect(try file.readStrings(["fixed"]) == ["ab", "", "abc"])
    #expect(try file.readString(["ascii"]) == "ascii")
    #expect(try file.stringAttribute("fixed") == "fixed")
    for (name, kind) in [
      ("f4", StorageError.Kind.wrongType), ("c", .wrongType), ("bool", .wrongType),
      ("empty", .wrongType), ("rank4", .wrongType), ("soft", .damaged), ("sparse", .wrongType),
    ] {
      #expect(try storageError { _ = try file.read([name], as: Int.self) }.kind == kind)
    }
    for (name, kind) in [
      ("empty", StorageError.Kind.wrongShape), ("rank4", .wrongShape), ("sparse", .tooLarge),
    ] {
      #expect(try storageError { _ = try file.read([name], as: Double.self) }.kind == kind)
    }
    #expect(try storageError { _ = try file.readStrings(["latin"]) }.kind == .damaged)
  }
}
