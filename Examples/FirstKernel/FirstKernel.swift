import LFPKernels

// The cell that stands for the population: a soma with an apical dendrite (x, y, z, diameter: um).
let morphology = try NeuronMorphology(sections: [
  Section(
    name: "soma",
    points: [MorphologyPoint(0, 0, -15, diameter: 30), MorphologyPoint(0, 0, 15, diameter: 30)]),
  Section(
    name: "apic",
    points: [MorphologyPoint(0, 0, 15, diameter: 3), MorphologyPoint(0, 0, 1015, diameter: 3)],
    parent: SectionParent(section: 0)),
])
let pyramidal = Cell(
  morphology: morphology, membrane: [MembraneEntry(.passive(conductance: 3e-4))])  // S/cm2

// 1000 inhibitory neurons, which project to the somata of 8000 pyramidal ones.
let inhibition = Connection(
  pre: "I", post: "E", connectivity: .probability(0.05, multapses: try .poisson(mu: 5)),
  delay: try .truncnorm(low: 0.3, loc: 1.2, scale: 0.6),  // ms
  synapse: Synapse(
    .exp2(tau1: 0.1, tau2: 9), .conductance(weight: 0.002, reversal: -80)),  // ms, uS, mV
  placement: SynapsePlacement(sections: ["soma"]))
let network = Network(
  settings: KernelSettings(dt: 0.1, tau: 100),  // ms
  cells: ["pyramidal": pyramidal],
  populations: [
    Population(name: "I", size: 1000, rate: 5),  // spikes/s
    Population(
      name: "E", size: 8000,
      postsynaptic: PostsynapticModel(
        cell: "pyramidal", somata: Somata(radius: 150, depth: try .norm(loc: 0, scale: 75)))),
  ],
  connections: [inhibition],
  probes: [Probe(name: "lfp", GaussCylinderProbe(z: [800, 400, 0, -400]))])  // um

// What one spike of one inhibitory neuron does to the potential at the four depths.
let kernel = try KernelEngine(network).kernels()[0]
for (output, z) in [800, 400, 0, -400].enumerated() {
  let extreme = kernel.values.row(output).max { abs($0) < abs($1) } ?? 0
  print("z = \(z) um: \(extreme) \(kernel.unit)")
}
