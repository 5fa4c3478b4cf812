import Foundation
import LFPKernels
import Testing

@testable import KernelFiles

@Suite("Files of signals")
struct SignalFileTests {
  static func header(count: Int = 1000) -> SignalFileHeader {
    SignalFileHeader(
      signals: [
        .init(probe: "lfp", name: "total", outputs: 3),
        .init(probe: "lfp", name: "E:I", outputs: 3),
        .init(probe: "dipole", name: "total", outputs: 3),
      ],
      probes: KernelFileContents.sample().probes, count: count, dt: 0.1, firstTime: -2.5,
      descriptionSHA256: sha256("net"), kernels: .init(file: "k.h5", sha256: sha256("k")),
      spikes: [
        .init(file: "a.gdf", sha256: sha256("a")), .init(file: "b.gdf", sha256: sha256("b")),
      ],
      programVersion: "1.2.3")
  }

  static func value(_ signal: Int, _ row: Int, _ column: Int) -> Double {
    sin(Double(column) * 0.1) * Double(row + 1) + Double(signal)
  }

  static func block(_ signal: Int, _ columns: Range<Int>) -> Matrix {
    Matrix(
      rows: 3, columns: columns.count,
      storage: (0..<3).flatMap { row in columns.map { value(signal, row, $0) } })
  }

  /// Writes a file in blocks of many sizes.
  static func write(_ path: String, count: Int = 1000) throws {
    let writer = try SignalFileWriter(header(count: count), path: path, overwrite: false)
    var start = 0
    for size in [1, 300, 0, 7, count] {
      let columns = start..<min(start + size, count)
      // Last signal first: the order is free.
      for signal in (0..<3).reversed() {
        try writer.write(block(signal, columns), of: signal, at: start)
      }
      start = columns.upperBound
    }
    try writer.commit()
  }

  @Test func whatIsWrittenIsRead() throws {
    let directory = try ScratchDirectory()
    try Self.write(directory("s.h5"))
    #expect(try directory.names == ["s.h5"])
    let file = try SignalFile(directory("s.h5"))
    #expect(file.header == Self.header())
    for signal in 0..<3 {
      #expect(try file.read(signal) == Self.block(signal, 0..<1000))
      #expect(try file.read(signal, columns: 17..<400) == Self.block(signal, 17..<400))
      #expect(try file.read(signal, columns: 5..<5).columns == 0)
    }
    #expect(try file.signal(probe: "dipole") == 2)
    #expect(SignalFile.isOne(directory("s.h5")))
    let error = try storageError { _ = try file.signal(probe: "lfp", name: "I:E") }
    #expect("\(error)".contains("there are lfp/total, lfp/E:I and dipole/total"), "\(error)")
  }

  @Test func equalContentsGiveEqualBytes() throws {
    let directory = try ScratchDirectory()
    try Self.write(directory("a.h5"))
    try Self.write(directory("b.h5"))
    #expect(try directory.bytes("a.h5") == directory.bytes("b.h5"))
  }

  @Test(.enabled(if: python != nil)) func h5pyReadsThem() throws {
    let directory = try ScratchDirectory()
    try Self.write(directory("s.h5"))
    try runPython(
      """
      import h5py, numpy as np, sys
      with h5py.File(sys.argv[1], 'r') as f:
          assert f.attrs['format'] == 'LFPKernels signals' and f.attrs['format_version'] == 1
          assert list(f.attrs['spikes']) == ['a.gdf', 'b.gdf']
          assert list(f['signals']) == ['lfp', 'dipole'], list(f['signals'])
          for k, path in enumerate(['lfp/total', 'lfp/E:I', 'dipole/total']):
              d = f['signals/' + path]
              assert d.shape == (3, 1000) and d.dtype == np.float64
              assert d.attrs['unit'] == ('mV' if k < 2 else 'nA um')
              assert d.attrs['dt'] == 0.1 and d.attrs['first_time'] == -2.5
              t = np.arange(1000)
              expected = np.sin(t * 0.1) * np.arange(1, 4)[:, None] + k
              # Two libraries' sines.
              assert abs(d[()] - expected).max() < 1e-14
          assert f['probes/lfp/positions'].shape == (3, 3)
      # Other programs may change it, too.
      with h5py.File(sys.argv[1], 'a') as f:
          f['signals/lfp/total'][0, 0] = 5
          f['more'] = np.arange(10)
      with h5py.File(sys.argv[1], 'r') as f:
          assert f['signals/lfp/total'][0, 0] == 5 and f['more'][9] == 9
          assert f['signals/dipole/total'][2, 999] == np.float64(sys.argv[2])
      """, directory("s.h5"), "\(Self.value(2, 2, 999))")
  }

  @Test(.enabled(if: python != nil)) func sonataReports() throws {
    let directory = try ScratchDirectory()
    let writer = try SonataReportWriter(
      channels: 3, count: 40, firstTime: 10, dt: 0.5, unit: "mV", path: directory("ecp.h5"),
      overwrite: false)
    try writer.write(Self.block(0, 0..<25), at: 0)
    try writer.write(Self.block(0, 25..<40), at: 25)
    try writer.commit()
    try runPython(
      """
      import h5py, numpy as np, sys
      with h5py.File(sys.argv[1], 'r') as f:
          assert f.attrs['magic'] == 0x0A7A and list(f.attrs['version']) == [0, 1]
          assert sorted(f['ecp']) == ['channel_id', 'data', 'time']
          d = f['ecp/data']
          assert d.shape == (3, 40) and d.attrs['units'] == 'mV'
          assert abs(d[()] - np.sin(np.arange(40) * 0.1) * np.arange(1, 4)[:, None]).max() < 1e-14
          assert list(f['ecp/time']) == [10, 30, 0.5] and f['ecp/time'].attrs['units'] == 'ms'
          assert list(f['ecp/channel_id']) == [0, 1, 2]
      """, directory("ecp.h5"))
  }

  @Test func anAbandonedWriterLeavesNothing() throws {
    let directory = try ScratchDirectory()
    do {
      let writer = try SignalFileWriter(Self.header(), path: directory("s.h5"), overwrite: false)
      try writer.write(Self.block(0, 0..<5), of: 0, at: 0)
      #expect(try directory.names.count == 1)
    }
    #expect(try directory.names == [])
  }

  @Test func nothingIsOverwrittenUnasked() throws {
    let directory = try ScratchDirectory()
    _ = try directory.write("mine".utf8, to: "s.h5")
    let error = try storageError { try Self.write(directory("s.h5")) }
    #expect(error.kind == .fileExists)
    #expect(try directory.bytes("s.h5") == Array("mine".utf8))
    for path in [directory("s.npz"), directory("s")] {
      #expect(try storageError { try Self.write(path) }.kind == .unknownEnding)
    }
  }

  /// More than any disk has: refused before anything is written.
  @Test func noSpace() throws {
    let directory = try ScratchDirectory()
    let error = try storageError {
      _ = try SignalFileWriter(
        Self.header(count: 1 << 50), path: directory("s.h5"), overwrite: false)
    }
    #expect([.noSpace, .tooLarge, .systemFailure].contains(error.kind), "\(error)")
    #expect(try directory.names == [])
  }

  @Test(
    arguments: [
      { (header: inout SignalFileHeader) in header.dt = 0 },
      { $0.count = 0 },
      { $0.firstTime = .nan },
      { $0.signals = [] },
      { $0.signals[1].name = "total" },
      { $0.signals[1].name = "a/b" },
      { $0.signals[0].probe = "none" },
      { $0.signals[0].outputs = 4 },
      { $0.signals[0].outputs = 0 },
      { $0.probes.removeLast() },
    ] as [@Sendable (inout SignalFileHeader) -> Void])
  func headersThatAreWrong(_ change: @Sendable (inout SignalFileHeader) -> Void) throws {
    let directory = try ScratchDirectory()
    var header = Self.header()
    change(&header)
    _ = try storageError {
      _ = try SignalFileWriter(header, path: directory("s.h5"), overwrite: false)
    }
    #expect(try directory.names == [])
  }

  /// What such a file is not, and the attributes that it has.
  @Test(
    arguments: [
      ("is an HDF5 file, but not one of signals", nil, 0),
      ("holds \"LFPKernels kernels\", not signals", "LFPKernels kernels", 1),
      ("has version 2 of the format", SignalFileLayout.format, 2),
      ("/probes: does not exist", SignalFileLayout.format, 1),
    ] as [(String, String?, Int)])
  func filesThatAreWrong(_ part: String, _ format: String?, _ version: Int) throws {
    let directory = try ScratchDirectory()
    let file = try HDF5File(inMemoryFor: "s.h5")
    if let format {
      try file.setAttribute("format", to: format)
      try file.setAttribute("format_version", to: version)
    }
    try file.write(to: directory("s.h5"), overwrite: false)
    let error = try storageError { _ = try SignalFile(directory("s.h5")) }
    #expect("\(error)".contains(part), "\(error)")
    #expect(SignalFile.isOne(directory("s.h5")) == (format == SignalFileLayout.format))
  }

  @Test func filesThatAreCutShort() throws {
    let directory = try ScratchDirectory()
    try Self.write(directory("s.h5"))
    let bytes = try directory.bytes("s.h5")
    for count in [0, 7, 100, 3000, bytes.count / 2, bytes.count - 4096] {
      let path = try directory.write(bytes[..<count], to: "cut.h5")
      _ = try storageError {
        let file = try SignalFile(path)
        for signal in 0..<3 { _ = try file.read(signal) }
      }
    }
  }
}
