import KernelFiles
import LFPKernels
import Testing

/// Means and standard deviations over cells in files of kernels.
@Suite struct StorageSpreadTests {
  let scratch: ScratchDirectory
  init() throws { scratch = try ScratchDirectory() }

  private func contents(_ change: (inout KernelFileContents.Spread) -> Void = { _ in })
    -> KernelFileContents
  {
    let sample = KernelFileContents.sample()
    var spread = KernelFileContents.Spread(
      population: "E", probe: "lfp", mean: Matrix([[1, -2], [3, 4], [5, 6]]),
      deviation: Matrix([[0.1, 0], [0.3, 0.4], [0.5, 1e-300]]), meanError: 1e-7,
      deviationError: 2e-3)
    var other = spread
    other.population = "I"
    change(&spread)
    return KernelFileContents(
      kernels: sample.kernels, probes: sample.probes, spreads: [other, spread],
      description: sample.description, descriptionSHA256: "", programVersion: "")
  }

  @Test func comeBackAsTheyWere() throws {
    try KernelFile.write(contents(), to: scratch("K.h5"), overwrite: false)
    let read = try KernelFile.read(scratch("K.h5"))
    #expect(read == contents())
    #expect(read.spreads.map(\.population) == ["I", "E"])
  }

  @Test(.enabled(if: python != nil, "needs Python with h5py"))
  func pythonReadsThem() throws {
    try KernelFile.write(contents(), to: scratch("K.h5"), overwrite: false)
    try KernelFile.write(contents(), to: scratch("K.npz"), overwrite: false)
    try runPython(
      """
      import h5py, numpy, sys
      f, g = h5py.File(sys.argv[1], "r"), numpy.load(sys.argv[2])
      for kind, error in ("matrix", 1e-7), ("spread", 2e-3):
        d = f["probes/lfp/" + kind + "/E"]
        assert d.shape == (3, 2) and d.attrs["unit"] == "mV/nA" and d.attrs["error_estimate"] == error
        assert (g["probes/lfp/" + kind + "/E"] == d[()]).all()
      assert "spread" not in f["probes/dipole"]
      """, scratch("K.h5"), scratch("K.npz"))
  }

  @Test func thatDoNotFitAreRefused() throws {
    func refusal(_ change: (inout KernelFileContents.Spread) -> Void) throws -> StorageError.Kind {
      try storageError { try contents(change).validate(file: "K.h5") }.kind
    }
    #expect(try refusal { $0.population = "I" } == .duplicate)
    #expect(try refusal { $0.population = "a/b" } == .invalidName)
    #expect(try refusal { $0.mean = Matrix(rows: 2, columns: 2) } == .wrongShape)
    #expect(try refusal { $0.deviation = Matrix(rows: 3, columns: 3) } == .wrongShape)
    #expect(try refusal { $0.mean = Matrix([[1, .nan], [3, 4], [5, 6]]) } == .invalidValue)
    #expect(try refusal { $0.deviationError = -1 } == .invalidValue)
  }
}
