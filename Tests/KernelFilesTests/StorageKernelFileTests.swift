import Foundation
import KernelFiles
import LFPKernels
import Testing

@Suite struct StorageKernelFileTests {
  let scratch: ScratchDirectory
  init() throws { scratch = try ScratchDirectory() }

  @Test(arguments: ["K.h5", "K.hdf5", "K.H5", "Käfig 2.h5"])
  func valuesComeBackAsTheyWere(name: String) throws {
    let contents = KernelFileContents.sample()
    try KernelFile.write(contents, to: scratch(name), overwrite: false)
    #expect(try KernelFile.read(scratch(name)) == contents)
    #expect(try scratch.names == [name])
  }

  @Test func anEmptyFileOfKernelsComesBack() throws {
    let contents = KernelFileContents(
      kernels: [], probes: [], description: "", descriptionSHA256: "", programVersion: "")
    try KernelFile.write(contents, to: scratch("K.h5"), overwrite: false)
    #expect(try KernelFile.read(scratch("K.h5")) == contents)
  }

  @Test func orderOfManyPopulationsIsKept() throws {
    let names = (0..<40).map { "p\(($0 * 17) % 40)" }
    let contents = KernelFileContents(
      kernels: names.map {
        .init(
          postsynaptic: $0, presynaptic: "µ \($0)", probe: "lfp",
          values: Matrix([[1, .greatestFiniteMagnitude], [-0.0, -.leastNonzeroMagnitude]]), dt: 0.1,
          firstLag: 0)
      }, probes: [.init(name: "lfp", kind: "point", unit: "mV")], description: "x",
      descriptionSHA256: "y", programVersion: "z")
    try KernelFile.write(contents, to: scratch("K.h5"), overwrite: false)
    let read = try KernelFile.read(scratch("K.h5"))
    #expect(read == contents)
    #expect(read.kernels.map(\.postsynaptic) == names)
    #expect(read.kernels[0].values[1, 0].sign == .minus)
  }

  @Test func kernelsAreGroupedByPathway() {
    let kernel = { (y: String, x: String) in
      KernelFileContents.Kernel(
        postsynaptic: y, presynaptic: x, probe: "lfp", values: Matrix(rows: 1, columns: 1),
        dt: 1, firstLag: 0)
    }
    let contents = KernelFileContents(
      kernels: [kernel("B", "B"), kernel("A", "B"), kernel("B", "A")], probes: [],
      description: "", descriptionSHA256: "", programVersion: "")
    #expect(contents.kernels.map(\.name) == ["B:B/lfp", "B:A/lfp", "A:B/lfp"])
  }

  /// Archives are read as what was written; so is HDF5 under any name.
  @Test func archivesAreRead() throws {
    let sample = KernelFileContents.sample()
    for (format, name) in [("K.npz", "K.npz"), ("L.npz", "archive"), ("M.h5", "plain")] {
      try KernelFile.write(sample, to: scratch(format), overwrite: false)
      if name != format {
        try FileManager.default.moveItem(atPath: scratch(format), toPath: scratch(name))
      }
      #expect(try KernelFile.read(scratch(name)) == sample)
    }
    // Kernels whose first lags differ have one each.
    var other = sample.kernels[0]
    other.probe = "dipole"
    other.firstLag = 0
    let mixed = KernelFileContents(
      kernels: [sample.kernels[0], other], probes: sample.probes, description: "µ",
      descriptionSHA256: "a", programVersion: "b")
    try KernelFile.write(mixed, to: scratch("N.npz"), overwrite: false)
    #expect(try KernelFile.read(scratch("N.npz")) == mixed)
    // An archive of something else, and one that lacks something.
    var archive = NPZFile(for: "x.npz")
    try archive.add(StoredArray([1.0]), as: "E")
    try archive.write(to: scratch("x.npz"), overwrite: false)
    let error = try storageError { _ = try KernelFile.read(scratch("x.npz")) }
    #expect(error.kind == .wrongFormat && error.description.contains("not of kernels"))
  }

  /// A file that another program writes is in use, not damaged.
  @Test func filesInUse() throws {
    try KernelFile.write(.sample(), to: scratch("K.h5"), overwrite: false)
    let descriptor = open(scratch("K.h5"), O_RDWR)
    try #require(descriptor >= 0 && flock(descriptor, LOCK_EX) == 0)
    defer { close(descriptor) }
    let error = try storageError { _ = try KernelFile.read(scratch("K.h5")) }
    #expect(error.kind == .notReadable && error.description.contains("is in use"), "\(error)")
  }

  @Test(.enabled(if: python != nil)) func filtersOfOthersAreNamed() throws {
    try runPython(
      """
      import h5py, numpy as np, sys
      with h5py.File(sys.argv[1], 'w') as f:
          f.create_dataset('x', data=np.zeros(1000), compression='lzf')
      """, scratch("lzf.h5"))
    let file = try HDF5File(reading: scratch("lzf.h5"))
    let error = try storageError { _ = try file.read(["x"], as: Double.self) }
    #expect(error.description.contains("compressed by the filter lzf"), "\(error)")
  }

  @Test(arguments: ["K.h5", "K.npz"])
  func equalContentsGiveEqualBytes(name: String) throws {
    let first = try KernelFile.bytes(of: .sample(outputs: 13, lags: 400), for: name)
    // Memory of another state, and a second that has passed: neither may show.
    var noise = (0..<64).map { [UInt8](repeating: UInt8($0 + 1), count: 5000 * ($0 + 1)) }
    Thread.sleep(forTimeInterval: 1.1)
    noise.removeAll()
    #expect(
      try KernelFile.bytes(of: .sample(outputs: 13, lags: 400), for: "other/\(name)") == first)
  }

  @Test func endingsTellTheFormat() throws {
    #expect(try KernelFile.format(of: "a.b/K.HDF5") == .hdf5)
    #expect(try KernelFile.format(of: "K.npz") == .npz)
    for path in ["K", "K.mat", "dir.h5/K", "", "/", "h5"] {
      let error = try storageError { try KernelFile.checkWritable(path, overwrite: true) }
      #expect(error.kind == .unknownEnding)
      #expect(error.description.contains(".h5") && error.description.contains(".npz"))
    }
  }

  @Test(arguments: ["", "L2/3", "a:b", ".", "..", "a\u{0}", "a\nb"])
  func impossibleNamesAreRefused(name: String) throws {
    let sample = KernelFileContents.sample()
    var kernel = sample.kernels[0]
    kernel.presynaptic = name
    let contents = KernelFileContents(
      kernels: [kernel], probes: sample.probes, description: "", descriptionSHA256: "",
      programVersion: "")
    for path in ["K.h5", "K.npz"] {
      let error = try storageError {
        try KernelFile.write(contents, to: scratch(path), overwrite: false)
      }
      #expect(error.kind == .invalidName)
    }
    #expect(try scratch.names.isEmpty)
    #expect(StoredName.problem(with: "L2/3")?.remedy == "call it for example \"L2_3\"")
    #expect(StoredName.problem(with: "L23 é") == nil)
  }

  private func refusal(
    _ change: (inout KernelFileContents.Kernel, inout [KernelFileContents.Probe]) -> Void,
    twice: Bool = false
  ) throws -> StorageError.Kind {
    let sample = KernelFileContents.sample()
    var kernel = sample.kernels[0]
    var probes = sample.probes
    change(&kernel, &probes)
    let contents = KernelFileContents(
      kernels: twice ? [kernel, kernel] : [kernel], probes: probes, description: "",
      descriptionSHA256: "", programVersion: "")
    return try storageError { try contents.validate(file: "K.h5") }.kind
  }

  @Test func contentsThatDoNotFitTogetherAreRefused() throws {
    #expect(try refusal({ _, _ in }, twice: true) == .duplicate)
    #expect(try refusal { _, probes in probes.append(probes[0]) } == .duplicate)
    #expect(try refusal { kernel, _ in kernel.probe = "eeg" } == .missingObject)
    #expect(try refusal { kernel, _ in kernel.values = Matrix(rows: 3, columns: 0) } == .wrongShape)
    #expect(try refusal { kernel, _ in kernel.values = Matrix(rows: 2, columns: 4) } == .wrongShape)
    #expect(try refusal { kernel, _ in kernel.dt = 0 } == .invalidValue)
    #expect(try refusal { kernel, _ in kernel.dt = .nan } == .invalidValue)
    #expect(try refusal { kernel, _ in kernel.firstLag = .infinity } == .invalidValue)
    #expect(try refusal { kernel, _ in kernel.errorEstimate = -1 } == .invalidValue)
    #expect(try refusal { _, probes in probes[0].outputNames = ["a"] } == .wrongShape)
    #expect(try refusal { _, probes in probes[0].name = "a/b" } == .invalidName)
  }

  @Test(.enabled(if: python != nil, "needs Python with h5py"))
  func h5pyReadsIt() throws {
    try KernelFile.write(.sample(), to: scratch("K.h5"), overwrite: false)
    try runPython(
      """
      import h5py, numpy, sys
      f = h5py.File(sys.argv[1], "r")
      assert f.attrs["format"] == "LFPKernels kernels", f.attrs["format"]
      assert f.attrs["format_version"] == 1 and f.attrs["program_version"] == "1.2.3"
      assert len(f.attrs["description_sha256"]) == 64
      assert f["description"].asstr()[()].startswith("time: {dt: 0.0625}  # \\u00b5s")
      assert set(f["kernels"]) == {"E", "I"} and set(f["kernels/E/I"]) == {"lfp", "dipole"}
      k = f["kernels/E/I/lfp"]
      assert k.shape == (3, 5) and k.dtype == numpy.dtype("<f8")
      assert numpy.allclose(k[()].ravel(), numpy.sin(numpy.arange(15) + 1) / 3, atol=1e-15, rtol=0)
      assert k.attrs["unit"] == "mV" and k.attrs["dt"] == 0.0625 and k.attrs["first_lag"] == -50
      assert k.attrs["error_estimate"] == 1e-9
      assert "error_estimate" not in f["kernels/I/I/lfp"].attrs
      p = f["probes/lfp/positions"]
      assert p.shape == (3, 3) and p.attrs["unit"] == "um" and p[1, 2] == 900
      assert f["probes/lfp"].attrs["kind"] == "gauss_cylinder"
      assert list(f["probes/dipole/output_names"].asstr()) == ["Px", "Py", "Pz"]
      """, scratch("K.h5"))
  }

  @Test(.enabled(if: python != nil, "needs Python with h5py"))
  func filesThatH5pyRewroteAreRead() throws {
    try KernelFile.write(.sample(), to: scratch("K.h5"), overwrite: false)
    try runPython(
      """
      import h5py, numpy, sys
      f, g = h5py.File(sys.argv[1], "r"), h5py.File(sys.argv[2], "w")
      for key, value in f.attrs.items(): g.attrs[key] = value
      g.attrs["format"] = numpy.bytes_(f.attrs["format"])
      g["description"] = f["description"].asstr()[()]
      def copy(name, item):
        if isinstance(item, h5py.Group): new = g.require_group(name)
        elif item.dtype.kind == "f": new = g.create_dataset(name, data=item[()], compression="gzip")
        else: new = g.create_dataset(name, data=item[()].astype("S5"))
        for key, value in item.attrs.items(): new.attrs[key] = value
      f["kernels"].visititems(lambda n, i: copy("kernels/" + n, i))
      f["probes"].visititems(lambda n, i: copy("probes/" + n, i))
      """, scratch("K.h5"), scratch("L.h5"))
    let read = try KernelFile.read(scratch("L.h5"))
    let sample = KernelFileContents.sample()
    #expect(Set(read.kernels.map(\.name)) == Set(sample.kernels.map(\.name)))
    for kernel in sample.kernels { #expect(read.kernels.contains(kernel)) }
    for probe in sample.probes { #expect(read.probes.contains(probe)) }
    #expect(read.description == sample.description)
  }

  @Test(.enabled(if: python != nil, "needs Python with NumPy"))
  func numpyReadsTheArchive() throws {
    try KernelFile.write(.sample(), to: scratch("K.npz"), overwrite: false)
    try runPython(
      """
      import numpy, sys, zipfile
      assert zipfile.ZipFile(sys.argv[1]).testzip() is None
      assert {i.date_time for i in zipfile.ZipFile(sys.argv[1]).infolist()} == {(1980, 1, 1, 0, 0, 0)}
      f = numpy.load(sys.argv[1])
      k = f["E:I/lfp"]
      assert k.shape == (3, 5) and k.dtype == numpy.dtype("<f8") and k.flags.c_contiguous
      assert numpy.allclose(k.ravel(), numpy.sin(numpy.arange(15) + 1) / 3, atol=1e-15, rtol=0)
      assert f["dt"].shape == () and f["dt"] == 0.0625 and f["first_lag"] == -50
      assert f["error_estimate/E:I/lfp"] == 1e-9 and "error_estimate/I:I/lfp" not in f
      assert f["probes/lfp/positions"].shape == (3, 3)
      assert str(f["probes/lfp/unit"]) == "mV" and f["format_version"] == 1
      assert list(f["probes/dipole/output_names"]) == ["Px", "Py", "Pz"]
      assert str(f["description"]).startswith("time: {dt: 0.0625}  # \\u00b5s")
      """, scratch("K.npz"))
  }

  @Test func archivesTellTimesPerKernelWhereTheyDiffer() throws {
    let sample = KernelFileContents.sample()
    var other = sample.kernels[0]
    other.probe = "dipole"
    other.firstLag = 0
    let contents = KernelFileContents(
      kernels: [sample.kernels[0], other], probes: sample.probes, description: "",
      descriptionSHA256: "", programVersion: "")
    let bytes = try KernelFile.bytes(of: contents, for: "K.npz")
    for (name, isThere) in [
      ("dt.npy", true), ("first_lag.npy", false), ("first_lag/E:E/lfp.npy", true),
      ("first_lag/E:E/dipole.npy", true),
    ] {
      // A ZIP archive has each name as it is, before the member and in the directory.
      let found = Data(bytes).range(of: Data("PK\u{1}\u{2}".utf8)).flatMap {
        Data(bytes[$0.lowerBound...]).range(of: Data(name.utf8))
      }
      #expect((found != nil) == isThere, "\(name)")
    }
  }
}
