import CellMorphology

/// A reproducible stream of random numbers (SplitMix64).
struct Random: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func position(within size: Double = 100) -> SIMD3<Double> {
    SIMD3(
      .random(in: -size...size, using: &self), .random(in: -size...size, using: &self),
      .random(in: -size...size, using: &self))
  }

  mutating func points() -> [MorphologyPoint] {
    (0..<Int.random(in: 2...12, using: &self)).map { _ in
      MorphologyPoint(position: position(), diameter: .random(in: 0.2...12, using: &self))
    }
  }

  /// A cell of `count` sections, each at a random place of an earlier one.
  mutating func morphology(_ count: Int) throws -> NeuronMorphology {
    var sections = [Section(name: "soma", points: points())]
    for i in 1..<max(count, 1) {
      let name = "\(["dend", "apic", "axon"].randomElement(using: &self) ?? "dend")[\(i)]"
      let place = [0, 0.5, 1, Double.random(in: 0...1, using: &self)].randomElement(using: &self)
      sections.append(
        Section(
          name: name, points: points(),
          parent: SectionParent(section: .random(in: 0..<i, using: &self), position: place ?? 1)))
    }
    return try NeuronMorphology(sections: sections)
  }
}

extension NeuronMorphology {
  func cut(_ rule: Discretization, axialResistivity: Double = 100) throws -> DiscretizedCell {
    try DiscretizedCell(
      self, rule: rule, axialResistivity: sections.map { _ in axialResistivity },
      capacitance: sections.map { _ in 1 })
  }
}

/// A straight section along x from 0.
func straight(
  _ name: String, length: Double = 100, diameter: Double = 2, parent: SectionParent? = nil
) -> Section {
  Section(
    name: name,
    points: [.init(0, 0, 0, diameter: diameter), .init(length, 0, 0, diameter: diameter)],
    parent: parent)
}
