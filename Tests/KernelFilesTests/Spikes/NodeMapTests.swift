import KernelFiles
import Testing

@Suite("Nodes of populations")
struct NodeMapTests {
  @Test func commandLine() throws {
    let map = try NodeMap.reading(["E=1-3", "I=5,7, 9-10", "L=thalamus:0-4", "T=cortex"])
    #expect(
      map.entries == [
        .init(population: "E", ranges: [1...3]),
        .init(population: "I", ranges: [5...5, 7...7, 9...10]),
        .init(population: "L", source: "thalamus", ranges: [0...4]),
        .init(population: "T", source: "cortex"),
      ])
    #expect(map.populations == ["E", "I", "L", "T"])
  }

  @Test func files() throws {
    let directory = try ScratchDirectory()
    let yaml = try directory.write(
      "E: 1-3\nI: [5, 7, 9-10]\nL: 'thalamus:0-4'\nT: cortex\n".utf8, to: "m.yaml")
    let json = try directory.write(
      "{\"E\": \"1-3\", \"I\": [5, 7, \"9-10\"], \"L\": \"thalamus:0-4\", \"T\": \"cortex\"}".utf8,
      to: "m.json")
    let map = try NodeMap.reading([yaml])
    #expect(map.populations == ["E", "I", "L", "T"])
    #expect(map == (try NodeMap.reading([json])))
    let nest = try directory.write("1 3\n4 9\n".utf8, to: "population_nodeids.dat")
    #expect(
      try NodeMap.reading([nest], names: ["L23E", "L23I"])
        == NodeMap.reading(["L23E=1-3", "L23I=4-9"]))
  }

  @Test(arguments: [
    ("E=", "--nodes: E=: has no ids"), ("E=1-x", "'1-x' is no list of ids"),
    ("E=5-1", "5-1 ends before it begins; write 1-5"), ("E=1-2-3", "'1-2-3' is neither an id"),
    ("E=1,,2", "'' is neither an id"), ("E=c:a-b", "is no list of ids"), ("E=:1", "no list of ids"),
    ("=1", "the name is empty"), ("a/b=1", "contains \"/\""), ("E=1..3", "is no list of ids"),
    ("none.yaml", "none.yaml: there is no such file"),
    ("E=99999999999999999999", "is neither an id"),
  ])
  func wrongArguments(_ argument: String, _ part: String) throws {
    let error = try #require(throws: DescriptionError.self) { try NodeMap.reading([argument]) }
    #expect("\(error)".contains(part), "\(error)")
  }

  @Test(arguments: [
    ("m.yaml", "E: {a: 1}\n", "m.yaml:1: E: a mapping are no ids"),
    ("m.yaml", "- 1\n", "is not a mapping"), ("m.yaml", "E: [1, x-]\nI: 3-\n", ":2: I:"),
    ("m.yaml", "E: 5-1\n", ":1: E: the range 5-1"), ("m.json", "{\"E\": ", "not valid"),
    ("n.dat", "1 2\n3\n", "n.dat:2: '3' is not the first and the last id"),
    ("n.dat", "1 2\n", "has the ids of 1 populations, and there are 2 names"),
    ("n.dat", "1 2 3\n", "as in '1 8192'"), ("n.dat", "2 1\n3 4\n", "n.dat:1:"),
    ("n.dat", "1 a\n", "n.dat:1:"),
  ])
  func wrongFiles(_ name: String, _ text: String, _ part: String) throws {
    let directory = try ScratchDirectory()
    let path = try directory.write(text.utf8, to: name)
    let error = try #require(throws: DescriptionError.self) {
      try NodeMap.reading([path], names: ["E", "I"])
    }
    #expect("\(error)".contains(part), "\(error)")
  }

  @Test func overlaps() throws {
    for arguments in [["E=1-5", "I=5"], ["E=c", "I=c:3"], ["E=1,1"]] {
      let error = try #require(throws: DescriptionError.self) { try NodeMap.reading(arguments) }
      #expect("\(error)".contains("given twice"), "\(error)")
    }
  }

  private func spikes(_ groups: [SpikeTable.Group], _ map: [String]) throws -> PopulationSpikes {
    try PopulationSpikes(
      [SpikeTable(file: "s", groups: groups)], map: map.isEmpty ? nil : NodeMap.reading(map))
  }

  @Test func sortingIntoPopulations() throws {
    let bare = SpikeTable.Group(
      population: nil, times: [3, 1, 2, .nan, 1], nodes: [1, 2, 9, 1, 2])
    let sorted = try spikes([bare], ["E=1", "I=2-3"])
    #expect(sorted.populations == ["E", "I"])
    #expect(sorted.times == [[3], [1, 1]])
    #expect(sorted.report.read == 5)
    #expect(sorted.report.notFinite == 1)
    #expect(sorted.report.unknownNodes == 1)
    #expect(sorted.report.unknownExamples == [9])
    #expect(sorted.report.unsortedGroups == 1)
    #expect(sorted.report.populations.map(\.duplicates) == [0, 1])
    let named = SpikeTable.Group(population: "cortex", times: [1, -2], nodes: [0, 8])
    #expect(try spikes([named], []).populations == ["cortex"])
    #expect(try spikes([named], ["E=0-7", "I=8"]).times == [[1], [-2]])
    #expect(try spikes([named], ["E=cortex"]).times == [[-2, 1]])
    #expect(try spikes([named], ["E=cortex:0"]).report.unknownNodes == 1)
    #expect(try spikes([named], []).report.populations[0].negativeTimes == 1)
    // Ids of one of several populations need its name.
    let other = SpikeTable.Group(population: "I", times: [5], nodes: [0])
    #expect(try spikes([named, other], ["E=cortex:0-9"]).populations == ["E", "I"])
    #expect(try spikes([named, other], ["E=0-9"]).populations == ["cortex", "I"])
  }

  @Test func idsWithoutPopulation() throws {
    let bare = SpikeTable.Group(population: nil, times: [3, 4], nodes: [1, 17])
    let error = try storageError { _ = try spikes([bare], []) }
    #expect("\(error)".contains("by the ids of nodes (1 to 17)"))
    #expect("\(error)".contains("--nodes E=1-8192"))
  }

  @Test func everySpikeIsSomewhere() throws {
    var state: UInt64 = 5
    func random(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    let nodes = (0..<2000).map { _ in random(40) }
    let times = nodes.map { _ in random(50) == 0 ? Double.infinity : Double(random(3000)) / 10 - 20
    }
    let result = try spikes(
      [.init(population: nil, times: times, nodes: nodes)], ["E=0-9", "I=10-12,20", "L=30"])
    let report = result.report
    let placed = report.populations.reduce(0) { $0 + $1.spikes }
    #expect(report.read == placed + Double(report.notFinite + report.unknownNodes))
    #expect(result.times.allSatisfy { $0 == $0.sorted() })
    // Duplicates as a plain count over all pairs of node and time.
    var seen: Set<[Double]> = []
    var duplicates = 0
    for (time, node) in zip(times, nodes)
    where time.isFinite && (node <= 12 || node == 20 || node == 30) {
      if !seen.insert([time, Double(node)]).inserted { duplicates += 1 }
    }
    #expect(report.populations.reduce(0) { $0 + $1.duplicates } == duplicates)
  }
}
