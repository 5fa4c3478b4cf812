import CellMorphology
import Testing

@Suite struct NeuronTests {
  private func cell(_ name: String) throws -> NeuronReference.Cell {
    try #require(try NeuronReference.file.get().cells.first { $0.name == name })
  }

  /// A relative error of 1e-12: some tens of roundings of sums over at most 200 cones.
  private let tolerance = 1e-12

  @Test(arguments: NeuronReference.cellNames)
  func geometryOfCompartments(name: String) throws {
    let cell = try cell(name)
    for cut in cell.cuts {
      let own = try cell.discretized(cut.rule.discretization).compartments
      #expect(own.sectionNames == cell.sections.map(\.name))
      try #require(
        own.section == cut.sections.indices.flatMap { s in cut.sections[s].area.map { _ in s } },
        "\(name): numbers and order of compartments")
      for s in cut.sections.indices {
        let expected = cut.sections[s]
        let first = try #require(own.section.firstIndex(of: s))
        for k in expected.area.indices {
          let i = first + k
          let place: Comment = "\(name) cut by \(cut.rule): \(expected.name) \(k)"
          #expect(relativeError(own.area[i], expected.area[k]) < tolerance, place)
          #expect(relativeError(own.diameter[i], expected.diameter[k]) < tolerance, place)
          let length = expected.length / Double(expected.area.count)
          #expect(relativeError(own.length[i], length) < tolerance, place)
          // Of coordinates up to 1000 um: 1e-12 of that.
          for axis in 0..<3 {
            #expect(abs(own.start(i)[axis] - expected.borders[k][axis]) < 1e-9, place)
            #expect(abs(own.end(i)[axis] - expected.borders[k + 1][axis]) < 1e-9, place)
          }
        }
      }
    }
  }

  @Test(arguments: NeuronReference.cellNames)
  func treeOfResistances(name: String) throws {
    let cell = try cell(name)
    for cut in cell.cuts {
      let own = try cell.discretized(cut.rule.discretization).tree
      let expected = ReferenceTree(cut)
      let count = own.compartment.filter { $0 >= 0 }.count
      #expect(count == cut.sections.reduce(0) { $0 + $1.area.count })
      #expect(own.compartment.filter { $0 >= 0 }.sorted() == Array(0..<count))
      #expect(own.parent[0] == -1 && own.resistance[0] == 0)
      #expect(own.parent.indices.dropFirst().allSatisfy { (0..<$0).contains(own.parent[$0]) })
      // All distances between leaves and branchings determine a tree with lengths.
      let nodes = own.distances()
      let theirs = expected.distances()
      for i in own.compartment.indices where own.compartment[i] >= 0 {
        for j in 0..<i where own.compartment[j] >= 0 {
          let (a, b) = (own.compartment[i], own.compartment[j])
          let comment: Comment = "\(name) cut by \(cut.rule): \(a) to \(b)"
          #expect(relativeError(nodes[i][j], theirs[a][b]) < tolerance, comment)
        }
      }
    }
  }

  @Test func surveyedSection() throws {
    let survey = try NeuronReference.file.get().survey
    let section = Section(name: "s", points: survey.points.map(MorphologyPoint.init(row:)))
    let child = Section(
      name: "c", points: [.init(0, 0, 0, diameter: 1), .init(1, 0, 0, diameter: 1)],
      parent: SectionParent(section: 0, position: 1))
    let morphology = try NeuronMorphology(sections: [section, child])
    func cut(_ rule: Discretization) throws -> DiscretizedCell {
      try DiscretizedCell(
        morphology, rule: rule, axialResistivity: [survey.axialResistivity, 100],
        capacitance: [survey.capacitance, 1])
    }
    let cell = try cut(.counts(["s": survey.count]))
    for k in 0..<survey.count {
      #expect(relativeError(cell.compartments.area[k], survey.area[k]) < tolerance)
      #expect(relativeError(cell.compartments.diameter[k], survey.diameter[k]) < tolerance)
      if k > 0 { #expect(relativeError(cell.tree.resistance[k], survey.resistance[k]) < tolerance) }
    }
    #expect(relativeError(section.arcLength, survey.length) < tolerance)
    // The node at the end comes before the child that needs it.
    let end = try #require(cell.tree.compartment.firstIndex(of: -1))
    #expect(relativeError(cell.tree.resistance[end], survey.endResistance) < tolerance)
    #expect(try cut(.lambda()).compartments.section.filter { $0 == 0 }.count == survey.countByRule)
  }
}

/// NEURON's tree as the fixture tells it: nodes 0 ..< count are the compartments, the rest are ends
/// of sections.
private struct ReferenceTree {
  private var neighbours: [[(node: Int, resistance: Double)]] = []
  private var compartmentCount = 0

  init(_ cut: NeuronReference.Cut) {
    var first: [String: Int] = [:]
    for section in cut.sections {
      first[section.name] = compartmentCount
      compartmentCount += section.area.count
    }
    neighbours = Array(repeating: [], count: compartmentCount)
    let byName = Dictionary(uniqueKeysWithValues: cut.sections.map { ($0.name, $0) })
    var junctions: [NeuronReference.Attachment: Int] = [:]
    for section in cut.sections {
      guard let begin = first[section.name] else { continue }
      for k in 1..<max(section.area.count, 1) {
        connect(begin + k - 1, begin + k, section.resistance[k])
      }
      guard let attachment = section.attachment, let parent = byName[attachment.section],
        let parentFirst = first[attachment.section]
      else { continue }
      let centre = parentFirst + attachment.compartment
      var node = centre
      if attachment.kind != "compartment" {
        if let known = junctions[attachment] {
          node = known
        } else {
          node = neighbours.count
          neighbours.append([])
          junctions[attachment] = node
          let half = attachment.kind == "end" ? parent.endResistance : parent.resistance[0]
          connect(centre, node, half)
        }
      }
      connect(node, begin, section.resistance[0])
    }
  }

  private mutating func connect(_ a: Int, _ b: Int, _ resistance: Double) {
    neighbours[a].append((b, resistance))
    neighbours[b].append((a, resistance))
  }

  func distances() -> [[Double]] {
    (0..<compartmentCount).map { source in
      var result = [Double](repeating: .nan, count: neighbours.count)
      result[source] = 0
      var stack = [source]
      while let node = stack.popLast() {
        for (next, resistance) in neighbours[node] where result[next].isNaN {
          result[next] = result[node] + resistance
          stack.append(next)
        }
      }
      return result
    }
  }
}

extension CompartmentTree {
  /// Resistance of the path from each node to each with a smaller index.
  func distances() -> [[Double]] {
    var result: [[Double]] = []
    for i in parent.indices {
      var row = [Double](repeating: 0, count: i)
      if i > 0 {
        let p = parent[i]
        for j in 0..<i {
          row[j] = resistance[i] + (j == p ? 0 : j < p ? result[p][j] : result[j][p])
        }
      }
      result.append(row)
    }
    return result
  }
}
