import Foundation
import KernelFiles
import Testing

/// Text files of spikes in the forms that programs and people leave them in.
@Suite("Tables of spikes")
struct SpikeTableTests {
  private func groups(
    _ bytes: some Collection<UInt8>, _ name: String,
    _ options: SpikeFileOptions = SpikeFileOptions()
  ) throws -> [SpikeTable.Group] {
    let directory = try ScratchDirectory()
    let path = try directory.write(bytes, to: name)
    guard case .spikes(let table) = try SpikeFile.read(path: path, options: options) else {
      throw StorageError(.wrongFormat, file: path, problem: "is no table of spikes")
    }
    return table.groups
  }

  /// NEST 2 with times in steps: step 100 of 0.1 ms is 10 ms, not 100 ms.
  @Test(arguments: ["s.gdf", "s.dat", "s.txt"]) func stepsWithoutOffset(_ name: String) throws {
    #expect(
      try groups("1\t100\n2\t103\n".utf8, name, .init(resolution: 0.1))
        == [.init(population: nil, times: [100 * 0.1, 103 * 0.1], nodes: [1, 2])])
  }

  @Test(arguments: [
    ("1\t100.5\n", "s.gdf", ":1: '100.5' is not a step"),
    ("1\t10\t0\n2\t1.5\t0\n", "s.gdf", ":2: '1.5' is not a step"),
    ("sender\ttime_ms\n1\t100\n", "s.dat", "has no times in steps, which --resolution is for"),
    ("time,node\n1,1\n", "s.csv", "has no times in steps, which --resolution is for"),
    ("time,time_step,node\n1,1,1\n", "s.csv", ":1: has times in ms and in steps"),
  ])
  func stepsThatAreNone(text: String, name: String, message: String) throws {
    let error = try #require(throws: (any Error).self) {
      try groups(text.utf8, name, .init(resolution: 0.1))
    }
    #expect("\(error)".contains(message), "\(error)")
  }

  /// A row that stands for a hundred spikes is not one.
  @Test(arguments: ["count", "weight"]) func counts(_ title: String) throws {
    let found = try groups(
      "time,population,\(title)\n10.0,E,100\n2,E,0\n3,I,2.5\n".utf8, "s.csv")
    #expect(
      found == [
        .init(population: "E", times: [10, 2], weights: [100, 0]),
        .init(population: "I", times: [3], weights: [2.5]),
      ])
    let grid = TimeGrid(first: 0, dt: 1)
    let spikes = try PopulationSpikes([
      SpikeTable(file: "a", groups: found),
      SpikeTable(file: "b", groups: [.init(population: "E", times: [4])]),
    ])
    var activity = PopulationActivity(on: grid)
    try activity.add(spikes)
    let bins = activity.counts(of: ["E", "I"], bins: 0..<12)
    #expect((0..<12).map { bins[0, $0] } == [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 100, 0])
    #expect((0..<12).map { bins[1, $0] } == [0, 0, 0, 2.5, 0, 0, 0, 0, 0, 0, 0, 0])
    #expect(spikes.report.read == 103.5)
    #expect(activity.totals(of: "E", around: 3..<10) == (all: 101, before: 0, after: 100))
  }

  @Test(arguments: [
    (
      "time,node,trial\n1,2,0\n1,2,1\n", "'trial', which is not understood",
      "--ignore-columns trial"
    ),
    ("time,node,x,y\n1,2,0,1\n", "'x', which is not understood", "--ignore-columns x,y"),
    ("time,node,count\n1,2,-1\n", ":2: '-1' is not a count", "0 or more"),
    ("time,node,count\n1,2,nan\n", ":2: 'nan' is not a count", "0 or more"),
    ("time,node,count,weight\n1,2,1,1\n", "'weight' and another one", "keep one"),
    ("sender,time_ms,receiver\n1,2,3\n", "'receiver', which is not understood", "receiver"),
  ])
  func columnsThatAreRefused(text: String, what: String, remedy: String) throws {
    let error = try #require(throws: (any Error).self) { try groups(text.utf8, "s.csv") }
    #expect("\(error)".contains(what) && "\(error)".contains(remedy), "\(error)")
  }

  @Test func columnsThatDoNotMatter() throws {
    #expect(
      try groups(
        ",time,node,trial\n0,1,2,0\n1,3,2,1\n".utf8, "s.csv", .init(ignoredColumns: ["trial"]))
        == [.init(population: nil, times: [1, 3], nodes: [2, 2])])
  }

  static let forms = [
    ("senders,times\n12,0.5\n7,3.25\n", "s.csv"), ("times,senders\n0.5,12\n3.25,7\n", "s.csv"),
    ("sender,time_ms\n12,0.5\n7,3.25\n", "s.csv"), ("sender;time_ms\n12;0.5\n7;3.25\n", "s.dat"),
    ("12,0.5\n7,3.25\n", "s.gdf"), ("12, 0.5\n7, 3.25\n", "s.dat"),
    ("time node\n0.5 12\n3.25 7\n", "s.txt"), ("time  node\n0.5  12\n 3.25 7\n", "s.csv"),
    ("  # recorded\n12 0.5\n \t# more\n7 3.25\n", "s.dat"),
    ("  # x\ntime,node\n0.5,12\n\t# y\n3.25,7\n", "s.csv"),
    // Threads' files, joined by cat.
    ("sender\ttime_ms\n12\t0.5\n# NEST version: 3.6\nsender\ttime_ms\n7\t3.25\n", "s.dat"),
    ("\u{FEFF}time,node\n0.5,12\n\u{FEFF}time,node\n3.25,7\n", "s.csv"),
    ("time_us,node\n500,12\n3250,7\n", "s.csv"),
  ]

  @Test(arguments: forms) func isRead(text: String, name: String) throws {
    let expected = [SpikeTable.Group(population: nil, times: [0.5, 3.25], nodes: [12, 7])]
    #expect(try groups(text.utf8, name) == expected)
    for (encoding, mark) in [
      (String.Encoding.utf16LittleEndian, [0xFF, 0xFE] as [UInt8]),
      (.utf16BigEndian, [0xFE, 0xFF]),
    ] {
      let bytes = try #require(text.data(using: encoding))
      #expect(try groups(mark + bytes, name) == expected)
    }
  }

  /// Joined files whose titles differ are refused: their columns would be mixed up.
  @Test func joinedFilesOfOtherColumns() throws {
    let error = try #require(throws: (any Error).self) {
      try groups("time,node\n1,2\nnode,time\n2,1\n".utf8, "s.csv")
    }
    #expect("\(error)".contains(":3: 'node' is not a time"))
  }

  @Test(.enabled(if: python != nil)) func packed() throws {
    let directory = try ScratchDirectory()
    try runPython(
      """
      import gzip, sys
      one = gzip.compress(b'time,node\\n0.5,12\\n')
      open(sys.argv[1], 'wb').write(one + gzip.compress(b'3.25,7\\n'))
      open(sys.argv[2], 'wb').write(gzip.compress(b'12 0.5\\n7 3.25\\n'))
      open(sys.argv[3], 'wb').write(one[:-9])
      bad = bytearray(one); bad[-6] ^= 1
      open(sys.argv[4], 'wb').write(bad)
      """, directory("s.csv.gz"), directory("s.dat.gz"), directory("cut.csv.gz"),
      directory("bad.csv.gz"))
    for name in ["s.csv.gz", "s.dat.gz"] {
      #expect(
        try SpikeFile.read(path: directory(name))
          == .spikes(
            SpikeTable(
              file: directory(name),
              groups: [.init(population: nil, times: [0.5, 3.25], nodes: [12, 7])])))
    }
    for name in ["cut.csv.gz", "bad.csv.gz"] {
      let error = try #require(throws: (any Error).self) {
        try SpikeFile.read(path: directory(name))
      }
      #expect("\(error)".contains("cut short: it cannot be unpacked"), "\(error)")
    }
  }

  @Test(arguments: ["/dev/zero", "/dev/null"]) func devices(_ path: String) throws {
    let error = try #require(throws: (any Error).self) {
      try SpikeFile.read(path: path, options: .init(format: .csv))
    }
    #expect("\(error)".contains("is a device or socket"), "\(error)")
    #expect(throws: (any Error).self) { try DescriptionFile.read(path: path) }
  }

  @Test func unitsOfNWB() throws {
    let directory = try ScratchDirectory()
    let path = directory("s.nwb")
    let file = try HDF5File(inMemoryFor: path)
    try file.setAttribute("nwb_version", to: "2.6.0")
    try file.write(StoredArray([0.5, 0.25, 1.5]), to: ["units", "spike_times"])
    try file.write(StoredArray([2, 2, 3]), to: ["units", "spike_times_index"])
    try file.write(StoredArray([7, 8, 9]), to: ["units", "id"])
    try file.write(to: path, overwrite: false)
    #expect(
      try SpikeFile.read(path: path)
        == .spikes(
          SpikeTable(
            file: path,
            groups: [.init(population: nil, times: [500, 250, 1500], nodes: [7, 7, 9])])))
    for ends in [[2, 1, 3], [2, 2, 4], [-1, 2, 3], [2, 3]] {
      let file = try HDF5File(inMemoryFor: path)
      try file.setAttribute("nwb_version", to: "2.6.0")
      try file.write(StoredArray([0.5, 0.25, 1.5]), to: ["units", "spike_times"])
      try file.write(StoredArray(ends), to: ["units", "spike_times_index"])
      try file.write(StoredArray([7, 8, 9]), to: ["units", "id"])
      try file.write(to: path, overwrite: true)
      let error = try storageError { _ = try SpikeFile.read(path: path) }
      #expect("\(error)".contains("/units/spike_times_index"))
    }
  }

  /// What simulators leave empty beside populations says nothing; times may be in microseconds.
  @Test func leftoversOfSonata() throws {
    let directory = try ScratchDirectory()
    let path = directory("s.h5")
    let file = try HDF5File(inMemoryFor: path)
    try file.write(StoredArray([500.0, 250]), to: ["spikes", "E", "timestamps"])
    try file.setAttribute("units", of: ["spikes", "E", "timestamps"], to: "us")
    try file.write(StoredArray([1, 2]), to: ["spikes", "E", "node_ids"])
    try file.createGroup(["spikes", "I"])
    try file.write(StoredArray([Double]()), to: ["spikes", "none"])
    try file.write(to: path, overwrite: false)
    #expect(
      try SpikeFile.read(path: path)
        == .spikes(
          SpikeTable(
            file: path, groups: [.init(population: "E", times: [0.5, 0.25], nodes: [1, 2])])))
  }

  /// As the developer guide has it, which libsonata insists on.
  @Test(.enabled(if: python != nil)) func typesOfSonata() throws {
    let directory = try ScratchDirectory()
    let table = SpikeTable(
      file: "",
      groups: [
        .init(population: "E", times: [1, 2], nodes: [3, 0]),
        .init(population: "I", times: [2, 1], nodes: [3, 0]),
      ])
    try table.writeSonata(to: directory("s.h5"), overwrite: false)
    try runPython(
      """
      import h5py, sys
      with h5py.File(sys.argv[1]) as f:
          for name, value in [('E', 2), ('I', 0)]:
              group = f['spikes'][name]
              assert group['node_ids'].dtype == 'u8', group['node_ids'].dtype
              assert list(group['node_ids'][:]) == [3, 0]
              kind = group.attrs.get_id('sorting').dtype
              assert h5py.check_enum_dtype(kind) == {'none': 0, 'by_id': 1, 'by_time': 2}, kind
              assert group.attrs['sorting'] == value
      """, directory("s.h5"))
    guard case .spikes(let found) = try SpikeFile.read(path: directory("s.h5")) else {
      Issue.record("no spikes")
      return
    }
    #expect(found.groups == table.groups)
    let negative = SpikeTable(
      file: "", groups: [.init(population: "E", times: [1], nodes: [-1])])
    _ = try storageError { try negative.writeSonata(to: directory("n.h5"), overwrite: false) }
  }
}
