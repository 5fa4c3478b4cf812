extension ExampleDescription {
  /// A small network and a sweep over it.
  static let sweep = ExampleDescription(
    name: "sweep",
    summary: "a parameter sweep: weights, a rate and a delay over a grid, with a derived parameter",
    text: """
      # A network of pyramidal cells (E) and interneurons (I), and a sweep over some of its numbers.
      #
      #   lfpkernels sweep sweep.yaml --dry-run            points, time and disk
      #   lfpkernels sweep sweep.yaml -o results           all points, to results/results.h5
      #
      # The network may be in a file of its own, with `base: net.yaml` here.

      time: {dt: 0.25, tau: 50}        # ms
      cells:
        pyramidal:
          sections:                    # points are [x, y, z, diameter] in um
            soma: {points: [[0, 0, -15, 30], [0, 0, 15, 30]]}
            apic: {points: [[0, 0, 15, 3], [0, 0, 1015, 3]], parent: soma(1)}
          membrane: [{passive: {g: 0.0003}}]  # S/cm2
      populations:
        E:
          size: 8000
          rate: 2.5                    # spikes/s of one neuron
          cell: pyramidal
          somata: {radius: 150, depth: {norm: {loc: 0, scale: 75}}}    # um
        I: {size: 1000, rate: 5}
      connections:
        - pre: E
          post: E
          probability: 0.05
          delay: {truncnorm: {loc: 1.3, scale: 0.5, low: 0.2}}         # ms
          synapse: {exp2: {weight: "0.12 nS", tau1: 0.2, tau2: 1.8, e: 0}}
          placement: {sections: [apic]}
        - pre: I
          post: E
          probability: 0.05
          delay: {truncnorm: {loc: 1.2, scale: 0.6, low: 0.3}}
          synapse: {exp2: {weight: "2 nS", tau1: 0.1, tau2: 9, e: -80}}
          placement: {sections: [soma]}
      probes:
        lfp: {gauss_cylinder: {z: {from: 1000, to: -200, count: 13}, sigma: 0.3}}
        dipole: {population_dipole: {}}

      sweep:
        # Each parameter is a key path, as messages print it, or a name with `key` or `keys`. All
        # combinations are points, the last parameter fastest.
        parameters:
          populations.I.rate: [2, 5, 10]
          w:
            key: connections[E->E].synapse.exp2.weight
            geomspace: {from: 0.06 nS, to: 0.24 nS, count: 5}
          g: [4, 8, 16]                # a name of its own, for expressions
          connections[I->E].synapse.exp2.weight: g * w
          connections[E->E].delay.truncnorm.loc: {linspace: {from: 1, to: 2, count: 5}}
        # zip: {a: [1, 2], b: [3, 4]}                      go together
        # random: {count: 100, seed: 1, parameters: {populations.E.rate: {norm: {loc: 2, scale: 1}}}}
        # latin_hypercube: ...                             the same, evenly spread
        # table: {file: points.csv, columns: {rate: populations.E.rate}}
        store:
          measures: [peak, latency, integral, norm]  # of each output; or difference, to the base
          # kernels: true                            # whole; or {every: 4}, every fourth lag
          # pathways: [E->E]
          # probes: [lfp]

      """)
}
