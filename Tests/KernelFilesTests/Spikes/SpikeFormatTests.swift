import KernelFiles
import Testing

/// Files of spikes in the layouts that their programs publish.
@Suite("Files of spikes")
struct SpikeFormatTests {
  private func table(
    _ text: String, _ name: String, _ options: SpikeFileOptions = SpikeFileOptions()
  ) throws -> [SpikeTable.Group] {
    let directory = try ScratchDirectory()
    let path = try directory.write(text.utf8, to: name)
    guard case .spikes(let table) = try SpikeFile.read(path: path, options: options) else {
      throw StorageError(.wrongFormat, file: path, problem: "is no table of spikes")
    }
    return table.groups
  }

  static let nest3 = """
    # NEST version: 3.6
    # RecordBackendASCII version: 2
    sender\ttime_ms
    12\t0.100
    7\t3.200
    12\t0.300

    """

  @Test func nest3() throws {
    let groups = try table(Self.nest3, "spike_recorder-9-0.dat")
    #expect(
      groups == [.init(population: nil, times: [0.1, 3.2, 0.3], nodes: [12, 7, 12])])
  }

  @Test func nestInSteps() throws {
    let text = """
      # NEST version: 3.6
      # RecordBackendASCII version: 2
      sender\ttime_step\ttime_offset
      12\t1\t0.000
      7\t32\t0.025

      """
    let groups = try table(text, "s.dat", .init(resolution: 0.1))
    #expect(groups == [.init(population: nil, times: [0.1, 32 * 0.1 - 0.025], nodes: [12, 7])])
    // Without a header the columns are the same.
    let bare = try table("12\t1\t0.000\n7\t32\t0.025\n", "s.gdf", .init(resolution: 0.1))
    #expect(bare == groups)
  }

  @Test(arguments: ["1\t0.5\t\n23\t10.1\t\n", "1 0.5\r\n23   10.1\r\n", "1\t0.5\r23\t10.1"])
  func nest2(_ text: String) throws {
    let groups = try table(text, "spikes-12-0.gdf")
    #expect(groups == [.init(population: nil, times: [0.5, 10.1], nodes: [1, 23])])
  }

  @Test func nestThatRecordedNothing() throws {
    let header = "# NEST version: 3.6\n# RecordBackendASCII version: 2\nsender\ttime_ms\n"
    #expect(try table(header, "s.dat") == [.init(population: nil, times: [])])
  }

  @Test(arguments: [
    "time,population\n0.5,E\n1.25,I\n0.25,E\n",
    "population;time\nE;0.5\nI;1.25\nE;0.25\n",
    "\u{FEFF}time (ms)\tpopulation\n0.5\tE\n1.25\tI\n0.25\tE\n",
    "\"time_s\", \"pop\"\n# a comment\n0.0005, \"E\"\n\n0.00125, 'I'\n0.00025, E\n",
  ])
  func tables(_ text: String) throws {
    let groups = try table(text, "spikes.csv")
    #expect(
      groups == [
        .init(population: "E", times: [0.5, 0.25]), .init(population: "I", times: [1.25]),
      ])
  }

  @Test func tableOfNodes() throws {
    let groups = try table("node_id,time,weight\n3,0.5,1\n4,nan,2\n3,-1e-1,0\n", "s.txt")
    #expect(groups.count == 1)
    #expect(groups[0].nodes == [3, 4, 3])
    #expect(groups[0].times[0] == 0.5 && groups[0].times[1].isNaN && groups[0].times[2] == -0.1)
  }

  @Test func tableOfBoth() throws {
    let groups = try table("t,pop,gid\n1,E,3\n2,E,4\n2,I,4\n", "s.csv")
    #expect(
      groups == [
        .init(population: "E", times: [1, 2], nodes: [3, 4]),
        .init(population: "I", times: [2], nodes: [4]),
      ])
  }

  @Test func sonata() throws {
    let directory = try ScratchDirectory()
    let path = directory("spikes.h5")
    let file = try HDF5File(inMemoryFor: path)
    for (name, unit, factor) in [("cortex", "ms", 1.0), ("thalamus", "s", 1e-3)] {
      let group = ["spikes", name]
      try file.write(
        StoredArray([10.5, 0.25, 3].map { $0 * factor }), to: group + ["timestamps"])
      try file.setAttribute("units", of: group + ["timestamps"], to: unit)
      try file.write(StoredArray([4, 0, 4]), to: group + ["node_ids"])
      try file.setAttribute("sorting", of: group, to: "none")
    }
    try file.write(to: path, overwrite: false)
    guard case .spikes(let table) = try SpikeFile.read(path: path) else {
      Issue.record("no spikes")
      return
    }
    #expect(table.groups.map(\.population) == ["cortex", "thalamus"])
    for group in table.groups {
      #expect(group.nodes == [4, 0, 4])
      #expect(zip(group.times, [10.5, 0.25, 3]).allSatisfy { abs($0 - $1) < 1e-14 })
    }
  }

  @Test func sonataWithoutPopulations() throws {
    let directory = try ScratchDirectory()
    let path = directory("spikes.h5")
    let file = try HDF5File(inMemoryFor: path)
    try file.write(StoredArray([1.0, 2]), to: ["spikes", "timestamps"])
    try file.write(StoredArray([8, 9]), to: ["spikes", "gids"])
    try file.write(to: path, overwrite: false)
    #expect(
      try SpikeFile.read(path: path)
        == .spikes(
          SpikeTable(
            file: path, groups: [.init(population: nil, times: [1, 2], nodes: [8, 9])])))
  }

  @Test(.enabled(if: python != nil)) func layoutsByH5py() throws {
    let directory = try ScratchDirectory()
    try runPython(
      """
      import h5py, numpy as np, sys
      with h5py.File(sys.argv[1], 'w') as f:
          dtype = h5py.special_dtype(vlen=np.dtype('float'))
          for name, gids, times in [('E', [0, 1], [[1.5, 2.5], []]), ('I', [], [])]:
              grp = f.create_group(name)
              grp['gids'] = np.array(gids).flatten()
              if gids:
                  dset = grp.create_dataset('times', (len(gids),), dtype=dtype)
                  for j, t in enumerate(times):
                      dset[j] = t
              else:
                  grp['times'] = []
      with h5py.File(sys.argv[2], 'w') as f:
          g = f.create_group('spikes/lgn')
          sorting = h5py.enum_dtype({'none': 0, 'by_id': 1, 'by_time': 2})
          g.attrs.create('sorting', 2, dtype=sorting)
          g['timestamps'] = np.array([0.5, 7.25])
          g['timestamps'].attrs['units'] = 'ms'
          g['node_ids'] = np.array([3, 2], dtype='u8')
      np.save(sys.argv[3], np.asfortranarray([[1, 0, 2], [0, 3, 0]], dtype='>i4'))
      np.savez_compressed(sys.argv[4], E=np.array([1., 2.]), I=np.array([0, 1], dtype='u2'), dt=0.5)
      np.savez(sys.argv[5], nu=np.ones((2, 4), 'f4'), populations=np.array(['E', 'Iµ']), dt=0.25,
               first_time=1)
      """, directory("lfpy.h5"), directory("sonata.h5"), directory("a.npy"), directory("b.npz"),
      directory("c.npz"))
    #expect(
      try SpikeFile.read(path: directory("lfpy.h5"))
        == .spikes(
          SpikeTable(
            file: directory("lfpy.h5"),
            groups: [
              .init(population: "E", times: [1.5, 2.5], nodes: [0, 0]),
              .init(population: "I", times: []),
            ])))
    #expect(
      try SpikeFile.read(path: directory("sonata.h5"))
        == .spikes(
          SpikeTable(
            file: directory("sonata.h5"),
            groups: [.init(population: "lgn", times: [0.5, 7.25], nodes: [3, 2])])))
    #expect(
      try SpikeFile.read(
        path: directory("a.npy"), options: .init(binWidth: 0.5, names: ["E", "I"]))
        == .binned(
          BinnedActivity(
            file: directory("a.npy"), populations: ["E", "I"], dt: 0.5,
            counts: [[1, 0, 2], [0, 3, 0]])))
    #expect(
      try SpikeFile.read(path: directory("b.npz"))
        == .binned(
          BinnedActivity(
            file: directory("b.npz"), populations: ["E", "I"], dt: 0.5, counts: [[1, 2], [0, 1]])))
    #expect(
      try SpikeFile.read(path: directory("c.npz"))
        == .binned(
          BinnedActivity(
            file: directory("c.npz"), populations: ["E", "Iµ"], dt: 0.25, first: 1,
            counts: [[1, 1, 1, 1], [1, 1, 1, 1]])))
  }

  @Test func numPyOfThisProgram() throws {
    let directory = try ScratchDirectory()
    let array = StoredArray(shape: [2, 2], values: [1.0, 2, 3, 4])
    let npy = try directory.write(NPYArray(array).bytes, to: "a.npy")
    #expect(
      try SpikeFile.read(path: npy, options: .init(binWidth: 1, names: ["E", "I"]))
        == .binned(
          BinnedActivity(file: npy, populations: ["E", "I"], dt: 1, counts: [[1, 2], [3, 4]])))
    var archive = NPZFile(for: "b.npz")
    try archive.add(StoredArray([1, 2]), as: "E")
    try archive.add(StoredArray(scalar: 0.5), as: "dt")
    try archive.write(to: directory("b.npz"), overwrite: false)
    #expect(
      try SpikeFile.read(path: directory("b.npz"))
        == .binned(
          BinnedActivity(
            file: directory("b.npz"), populations: ["E"], dt: 0.5, counts: [[1, 2]])))
  }

  @Test func binnedInHDF5() throws {
    let directory = try ScratchDirectory()
    let path = directory("nu.h5")
    let file = try HDF5File(inMemoryFor: path)
    try file.setAttribute("dt", to: 0.1)
    try file.setAttribute("first_time", to: 2.0)
    try file.write(StoredArray([1, 0, 2]), to: ["E"])
    try file.write(StoredArray([0.5, 0]), to: ["I"])
    try file.write(to: path, overwrite: false)
    #expect(
      try SpikeFile.read(path: path)
        == .binned(
          BinnedActivity(
            file: path, populations: ["E", "I"], dt: 0.1, first: 2, counts: [[1, 0, 2], [0.5, 0]])))
    let other = directory("rates.h5")
    let matrix = try HDF5File(inMemoryFor: other)
    try matrix.write(StoredArray(shape: [2, 2], values: [1.0, 2, 3, 4]), to: ["rates"])
    try matrix.setAttribute("populations", of: ["rates"], to: ["E", "I"])
    try matrix.setAttribute("dt", of: ["rates"], to: 0.1)
    try matrix.write(to: other, overwrite: false)
    #expect(
      try SpikeFile.read(path: other)
        == .binned(
          BinnedActivity(
            file: other, populations: ["E", "I"], dt: 0.1, counts: [[1, 2], [3, 4]])))
  }

  @Test func spikesOfOnePopulation() throws {
    let groups = try table("3 1.5\n4 2.5\n", "spikes_E.gdf", .init(population: "E"))
    #expect(groups == [.init(population: "E", times: [1.5, 2.5], nodes: [3, 4])])
  }
}
