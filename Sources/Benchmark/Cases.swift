import LFPKernels

/// The networks that are timed.
enum Case {
  /// The example of the method's paper: 27 compartments, both populations onto E.
  static func readme(cell: Cell, contacts: Int = 13, pathways: [String] = ["E", "I"]) throws
    -> Network
  {
    let zs = (0..<contacts).map { 1000 - 1200 * Double($0) / Double(contacts - 1) }
    let exc = Synapse(.exp2(tau1: 0.2, tau2: 1.8), .conductance(weight: 0.00012, reversal: 0))
    let inh = Synapse(.exp2(tau1: 0.1, tau2: 9), .conductance(weight: 0.002, reversal: -80))
    let all = [
      Connection(
        pre: "E", post: "E",
        connectivity: .probability(
          0.05, multapses: try .truncnorm(a: -1 / 0.6, b: 8 / 0.6, loc: 2, scale: 0.6)),
        delay: try .truncnorm(a: -2.2, b: .infinity, loc: 1.3, scale: 0.5), synapse: exc,
        placement: SynapsePlacement(
          sections: ["apic", "dend"], depth: [.init(try .norm(loc: 50, scale: 100))])),
      Connection(
        pre: "I", post: "E",
        connectivity: .probability(
          0.05, multapses: try .truncnorm(a: -4 / 1.1, b: 5 / 1.1, loc: 5, scale: 1.1)),
        delay: try .truncnorm(a: -1.5, b: .infinity, loc: 1.2, scale: 0.6), synapse: inh,
        placement: SynapsePlacement(
          sections: ["soma", "apic", "dend"], depth: [.init(try .norm(loc: -100, scale: 100))])),
    ]
    return Network(
      settings: KernelSettings(dt: 0.0625, tau: 50), cells: ["pyramidal": cell],
      populations: [
        Population(
          name: "E", size: 8192, rate: 2.5,
          postsynaptic: PostsynapticModel(
            cell: "pyramidal", somata: Somata(radius: 150, depth: try .norm(loc: 0, scale: 75)),
            external: [
              ExternalInput(
                count: 450, rate: 40,
                synapse: Synapse(
                  .exp2(tau1: 0.2, tau2: 1.8), .conductance(weight: 0.0002, reversal: 0)))
            ])), Population(name: "I", size: 1024, rate: 5),
      ],
      connections: all.filter { pathways.contains($0.pre) },
      probes: [Probe(name: "lfp", GaussCylinderProbe(z: zs))])
  }

  static func ballAndSticks(apicalCompartments: Int? = nil) throws -> Cell {
    let morphology = try NeuronMorphology(sections: [
      Section(
        name: "soma",
        points: [
          MorphologyPoint(0, 0, -15, diameter: 30), MorphologyPoint(0, 0, 15, diameter: 30),
        ]),
      Section(
        name: "dend",
        points: [
          MorphologyPoint(0, 0, -15, diameter: 2), MorphologyPoint(0, 0, -215, diameter: 2),
        ], parent: SectionParent(section: 0, position: 0)),
      Section(
        name: "apic",
        points: [
          MorphologyPoint(0, 0, 15, diameter: 3), MorphologyPoint(0, 0, 1015, diameter: 3),
        ], parent: SectionParent(section: 0, position: 1)),
    ])
    var cell = Cell(
      morphology: morphology, membrane: [MembraneEntry(.passive(conductance: 3e-4))])
    if let apicalCompartments {
      cell.discretization = .counts(["apic": apicalCompartments, "dend": 5], otherwise: 1)
    }
    return cell
  }
}
