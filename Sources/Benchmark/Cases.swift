import LFPKernels

/// A network whose kernels are timed.
struct Case {
  /// As in Scripts/reference_benchmark.py.
  let name: String
  let title: String
  let network: Network

  /// The presynaptic populations whose kernels are computed; all add to the leak.
  let pre: Set<String>

  /// Whether the reference is timed on it.
  let isShared: Bool

  /// Both averages over depths of somata: the joint one, and the separate one, which the reference has.
  static func all() throws -> [Case] {
    let fine = try ballAndSticks(counts: ["soma": 1, "dend": 5, "apic": 434])
    var cases: [Case] = []
    for average in SomaAverage.allCases {
      cases += [
        Case(
          name: "readme", title: "27 compartments, 13 contacts, I onto E, \(average.rawValue)",
          network: try readme(cell: ballAndSticks(), contacts: 13, average: average), pre: ["I"],
          isShared: true),
        Case(
          name: "fine", title: "440 compartments, 16 contacts, I onto E, \(average.rawValue)",
          network: try readme(cell: fine, contacts: 16, average: average), pre: ["I"],
          isShared: true),
        Case(
          name: "readme-both",
          title: "27 compartments, 13 contacts, E and I onto E, \(average.rawValue)",
          network: try readme(cell: ballAndSticks(), contacts: 13, average: average),
          pre: ["E", "I"], isShared: false),
      ]
    }
    return cases
  }

  /// The example network of LFPykernels' README with its postsynaptic population E.
  static func readme(
    cell: Cell, contacts: Int, average: SomaAverage = .joint
  ) throws -> Network {
    let depths = (0..<contacts).map { 1000 - 1200 * Double($0) / Double(contacts - 1) }
    let external = ExternalInput(
      count: 450, rate: 40,
      synapse: Synapse(.exp2(tau1: 0.2, tau2: 1.8), .conductance(weight: 0.0002, reversal: 0)))
    return Network(
      settings: KernelSettings(dt: 0.0625, tau: 50, average: average),
      cells: ["pyramidal": cell],
      populations: [
        Population(
          name: "E", size: 8192, rate: 2.5,
          postsynaptic: PostsynapticModel(
            cell: "pyramidal", somata: Somata(radius: 150, depth: try .norm(loc: 0, scale: 75)),
            external: [external])),
        Population(name: "I", size: 1024, rate: 5),
      ],
      connections: [try excitation(), try inhibition()],
      probes: [Probe(name: "lfp", GaussCylinderProbe(z: depths))])
  }

  private static func excitation() throws -> Connection {
    Connection(
      pre: "E", post: "E",
      connectivity: .probability(
        0.05, multapses: try .truncnorm(low: 1, high: 10, loc: 2, scale: 0.6)),
      delay: try .truncnorm(a: -2.2, loc: 1.3, scale: 0.5),
      synapse: Synapse(.exp2(tau1: 0.2, tau2: 1.8), .conductance(weight: 0.00012, reversal: 0)),
      placement: SynapsePlacement(
        sections: ["apic", "dend"], depth: [.init(try .norm(loc: 50, scale: 100))]))
  }

  private static func inhibition() throws -> Connection {
    Connection(
      pre: "I", post: "E",
      connectivity: .probability(
        0.05, multapses: try .truncnorm(low: 1, high: 10, loc: 5, scale: 1.1)),
      delay: try .truncnorm(a: -1.5, loc: 1.2, scale: 0.6),
      synapse: Synapse(.exp2(tau1: 0.1, tau2: 9), .conductance(weight: 0.002, reversal: -80)),
      placement: SynapsePlacement(
        sections: ["soma", "apic", "dend"], depth: [.init(try .norm(loc: -100, scale: 100))]))
  }

  static func ballAndSticks(counts: [String: Int]? = nil) throws -> Cell {
    func stick(_ a: Double, _ b: Double, diameter: Double) -> [MorphologyPoint] {
      [MorphologyPoint(0, 0, a, diameter: diameter), MorphologyPoint(0, 0, b, diameter: diameter)]
    }
    let morphology = try NeuronMorphology(sections: [
      Section(name: "soma", points: stick(-15, 15, diameter: 30)),
      Section(
        name: "dend", points: stick(-15, -215, diameter: 2),
        parent: SectionParent(section: 0, position: 0)),
      Section(
        name: "apic", points: stick(15, 1015, diameter: 3),
        parent: SectionParent(section: 0, position: 1)),
    ])
    return Cell(
      morphology: morphology, discretization: counts.map { .counts($0) } ?? .lambda(),
      membrane: [MembraneEntry(.passive(conductance: 3e-4))])
  }
}
