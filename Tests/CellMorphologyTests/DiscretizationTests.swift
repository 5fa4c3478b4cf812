import Testing

@testable import CellMorphology

@Suite struct DiscretizationTests {
  private func counts(_ sections: [Section], _ rule: Discretization) throws -> [Int] {
    let cell = try NeuronMorphology(sections: sections).cut(rule)
    return sections.indices.map { s in cell.compartments.section.filter { $0 == s }.count }
  }

  @Test func lambdaRuleOverRandomSections() throws {
    let wishes = try NeuronReference.file.get().lambdas
    #expect(wishes.count > 250)
    for wish in wishes {
      let section = Section(name: "dend", points: wish.points.map(MorphologyPoint.init(row:)))
      let own = section.lengthConstant(
        frequency: wish.frequency, axialResistivity: wish.axialResistivity,
        capacitance: wish.capacitance)
      // NEURON sums the arc length in other pieces; some tens of roundings.
      #expect(relativeError(own, wish.lengthConstant) < 1e-13)
      let cell = try DiscretizedCell(
        NeuronMorphology(sections: [section]),
        rule: .lambda(frequency: wish.frequency, fraction: wish.fraction),
        axialResistivity: [wish.axialResistivity], capacitance: [wish.capacitance])
      #expect(cell.compartments.count == wish.count)
    }
  }

  @Test func lambdaRuleByHand() throws {
    // d = 3 um, Ra = 100 ohm cm, cm = 1 uF/cm2 at 100 Hz: lambda = 1e5 sqrt(d/(4 pi f Ra cm)).
    let section = straight("apic", length: 1000, diameter: 3)
    let lambda = section.lengthConstant(frequency: 100, axialResistivity: 100, capacitance: 1)
    #expect(relativeError(lambda, 1e5 * (3 / (4 * Double.pi * 1e4)).squareRoot()) < 1e-14)
    #expect(try counts([section], .lambda()) == [21])
    // Without capacitance no signal is attenuated.
    let none = try DiscretizedCell(
      NeuronMorphology(sections: [section]), rule: .lambda(), axialResistivity: [100],
      capacitance: [0])
    #expect(none.compartments.count == 1)
  }

  @Test func maximumLength() throws {
    for (length, maximum, count) in [
      (100, 20, 5), (100, 19.9, 7), (100, 25, 5), (100, 33, 5), (100, 34, 3), (100, 50, 3),
      (100, 51, 3), (100, 100, 1), (100, 99, 3), (100, 1e9, 1), (0.3, 0.1, 3), (2.1, 0.3, 7),
      (2.7, 0.3, 9),
    ] as [(Double, Double, Int)] {
      let cut = try counts([straight("dend", length: length)], .maximumLength(maximum))
      #expect(cut == [count], "\(length) um in pieces of at most \(maximum) um")
    }
    var random = Random(seed: 3)
    for _ in 0..<300 {
      let length = Double.random(in: 0.1...1000, using: &random)
      let maximum = Double.random(in: 0.5...200, using: &random)
      let count = try counts([straight("dend", length: length)], .maximumLength(maximum))[0]
      #expect(count % 2 == 1)
      #expect(length / Double(count) <= maximum * (1 + 1e-11), "no longer than asked")
      #expect(count < 3 || length / Double(count - 2) > maximum, "the smallest odd number")
    }
  }

  @Test func givenNumbers() throws {
    let root = straight("soma")
    let rest = ["dend[0]", "dend[1]", "apic[0]", "dendrite"].map {
      straight($0, parent: SectionParent(section: 0))
    }
    // The name wins over the type, the type over the rest; types must match as a whole.
    let rule = Discretization.counts(["dend[1]": 5, "dend": 2, "soma": 4], otherwise: 7)
    #expect(try counts([root] + rest, rule) == [4, 2, 5, 7, 7])
    #expect(try counts([root], .counts([:])) == [1])
  }

  @Test func numbersOutOfRange() throws {
    func expect(_ rule: Discretization, _ problem: MorphologyError.Problem, _ text: String) {
      let error = MorphologyError(section: "dend[3]", problem: problem)
      #expect(throws: error) { try counts([straight("dend[3]")], rule) }
      #expect(error.description == "section 'dend[3]': " + text)
    }
    expect(
      .counts(["dend": 0]), .compartmentCount(0),
      "is given 0 compartments; at least 1 is needed")
    expect(
      .counts([:], otherwise: -2), .compartmentCount(-2),
      "is given -2 compartments; at least 1 is needed")
    expect(
      .counts(["dend[3]": 1_000_001]), .tooManyCompartments(1_000_001),
      "would be cut into 1000001 compartments, more than 1000000; use a coarser rule")
    expect(
      .maximumLength(1e-5), .tooManyCompartments(10_000_001),
      "would be cut into 10000001 compartments, more than 1000000; use a coarser rule")
    expect(
      .maximumLength(0), .tooManyCompartments(.max),
      "would be cut into endlessly many compartments, more than 1000000; use a coarser rule")
    expect(
      .lambda(frequency: .infinity), .tooManyCompartments(.max),
      "would be cut into endlessly many compartments, more than 1000000; use a coarser rule")
    // No rule, however wrong, stops the program.
    for number in [-1, -0.0, -1e-300, .nan, -.infinity, .infinity, 1e-300] {
      _ = try? counts([straight("dend")], .maximumLength(number))
      _ = try? counts([straight("dend")], .lambda(frequency: number, fraction: number))
      _ = try? counts([straight("dend")], .lambda(fraction: number))
    }
    #expect(try counts([straight("dend")], .counts([:], otherwise: 1_000_000)) == [1_000_000])
  }
}

@Suite struct DiscretizationInvariantTests {
  private let rules: [Discretization] = [
    .counts([:], otherwise: 2), .counts([:], otherwise: 3), .counts([:], otherwise: 64),
    .lambda(frequency: 100), .maximumLength(7),
  ]

  @Test func wholeAreaAndLengthDoNotDependOnTheNumber() throws {
    var random = Random(seed: 5)
    for _ in 0..<20 {
      let morphology = try random.morphology(8)
      let one = try morphology.cut(.counts([:])).compartments
      for rule in rules {
        let many = try morphology.cut(rule).compartments
        for s in morphology.sections.indices {
          func total(_ column: [Double]) -> Double {
            many.section.indices.reduce(0) { $0 + (many.section[$1] == s ? column[$1] : 0) }
          }
          // A sum of up to 200 compartments: 1e-12.
          #expect(relativeError(total(many.area), one.area[s]) < 1e-12)
          #expect(relativeError(total(many.length), one.length[s]) < 1e-12)
          let volume = zip(many.diameter, many.length).map { $0 * $1 }
          #expect(relativeError(total(volume), one.diameter[s] * one.length[s]) < 1e-12)
        }
      }
    }
  }

  @Test func axialResistanceDoesNotDependOnTheNumber() throws {
    // From a stub at the root's start to a stub at the end of a chain of four sections.
    var random = Random(seed: 6)
    for _ in 0..<20 {
      var sections = [Section(name: "root", points: random.points())]
      for i in 1..<4 {
        sections.append(
          Section(
            name: "chain[\(i)]", points: random.points(), parent: SectionParent(section: i - 1)))
      }
      sections.append(straight("first", parent: SectionParent(section: 0, position: 0)))
      sections.append(straight("last", parent: SectionParent(section: 3, position: 1)))
      let morphology = try NeuronMorphology(sections: sections)
      func resistance(_ rule: Discretization) throws -> Double {
        let cell = try morphology.cut(rule)
        let stubs = [4, 5].map { s in
          cell.tree.compartment.firstIndex(of: cell.compartments.section.firstIndex(of: s) ?? 0)
            ?? 0
        }
        return cell.tree.distances()[stubs[1]][stubs[0]]
      }
      // Half of both stubs and the chain's cones: the sum of 4 l / (pi d1 d2) times Ra.
      var expected = 2 * 50 / Double.pi
      for section in sections.prefix(4) {
        for (a, b) in zip(section.points, section.points.dropFirst()) {
          expected += 4 * distance(a.position, b.position) / (.pi * a.diameter * b.diameter)
        }
      }
      // Only one stub piece stays the same, so the stubs have one compartment in every rule.
      for number in [1, 2, 3, 10, 31] {
        let rule = Discretization.counts(["first": 1, "last": 1], otherwise: number)
        #expect(relativeError(try resistance(rule), expected) < 1e-12)
      }
    }
  }

  @Test func endsOfCompartmentsMeet() throws {
    var random = Random(seed: 7)
    let morphology = try random.morphology(20)
    for rule in rules {
      let cut = try morphology.cut(rule).compartments
      for i in 0..<cut.count {
        let points = morphology.sections[cut.section[i]].points
        if i > 0 && cut.section[i] == cut.section[i - 1] {
          #expect(cut.start(i) == cut.end(i - 1))
        } else {
          #expect(cut.start(i) == points[0].position)
        }
        if i + 1 == cut.count || cut.section[i + 1] != cut.section[i] {
          #expect(cut.end(i) == points[points.count - 1].position)
        }
        // An arc is no shorter than its chord, but for rounding.
        #expect(distance(cut.start(i), cut.end(i)) <= cut.length[i] * (1 + 1e-12))
        #expect(cut.midpointZ(i) == cut.midpoint(i).z)
      }
    }
  }

  @Test func scaling() throws {
    // All lengths doubled: areas 4-fold, resistances halved, exactly.
    var random = Random(seed: 8)
    let small = try random.morphology(12)
    let large = try NeuronMorphology(
      sections: small.sections.map { section in
        Section(
          name: section.name,
          points: section.points.map {
            MorphologyPoint(position: 2 * $0.position, diameter: 2 * $0.diameter)
          }, parent: section.parent)
      })
    let rule = Discretization.counts([:], otherwise: 5)
    let (a, b) = (try small.cut(rule), try large.cut(rule))
    #expect(b.compartments.area == a.compartments.area.map { 4 * $0 })
    #expect(b.tree.resistance == a.tree.resistance.map { 0.5 * $0 })
    let doubled = try small.cut(rule, axialResistivity: 200)
    #expect(doubled.tree.resistance == a.tree.resistance.map { 2 * $0 })
  }
}
