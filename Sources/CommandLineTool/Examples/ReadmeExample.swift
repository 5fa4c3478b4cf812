extension ExampleDescription {
  /// The example network of LFPykernels' README.
  static let readme = ExampleDescription(
    name: "readme",
    summary:
      "excitatory and inhibitory ball-and-sticks neurons, LFP and dipole (Hagen et al. 2022)",
    text: """
      # A network of excitatory (E) and inhibitory (I) neurons: the example of LFPykernels' README,
      # after Hagen et al. 2022, PLoS Comput Biol 18(8): e1010353.
      #
      #   lfpkernels check readme.yaml                     what follows from this file
      #   lfpkernels kernels readme.yaml -o kernels.h5     its kernels
      #
      # Numbers are in the unit that stands beside them; others carry theirs, as in "0.12 nS".
      # Kernels are computed for each connection and probe.

      time:
        dt: 0.0625                 # ms, step of the lags
        tau: 50                    # ms, largest lag; a multiple of dt
        solver: exact              # or backward-euler, which takes NEURON's steps

      # Model cells: one stands for all neurons of a population.
      cells:
        pyramidal:
          sections:                # points are [x, y, z, diameter] in um
            soma: {points: [[0, 0, -15, 30], [0, 0, 15, 30]]}
            dend: {points: [[0, 0, -15, 2], [0, 0, -215, 2]], parent: soma(0)}
            apic: {points: [[0, 0, 15, 3], [0, 0, 1015, 3]], parent: soma(1)}
          discretization: {lambda_f: 100}    # Hz; or {max_length: 20}, or {counts: {soma: 1, apic: 21}}
          Ra: 100                  # ohm cm, axial resistivity
          cm: 1                    # uF/cm2, capacitance; may differ: {otherwise: 1, apic: 2}
          membrane: [{passive: {g: 0.0003}}]  # S/cm2, leak
          vrest: -65               # mV, about which the cell is linearised
        interneuron:
          sections:
            soma: {points: [[0, 0, -15, 30], [0, 0, 15, 30]]}
            dend: {points: [[0, 0, -15, 2], [0, 0, -215, 2]], parent: soma(0)}
            apic: {points: [[0, 0, 15, 3], [0, 0, 215, 3]], parent: soma(1)}
          membrane: [{passive: {g: 0.0003}}]
          vrest: -65

      populations:
        E:
          size: 8192               # neurons
          rate: 2.5                # spikes/s of one neuron, for the mean conductance of its synapses
          cell: pyramidal
          somata: &somata          # a disc around the z axis, spread in depth; um
            radius: 150
            depth: {norm: {loc: 0, scale: 75}}
          external: &external      # synapses from outside of the network, onto each neuron
            count: 450
            rate: 40               # spikes/s of each
            synapse: {exp2: {weight: 0.0002, tau1: 0.2, tau2: 1.8, e: 0}}
        I:
          size: 1024
          rate: 5
          cell: interneuron
          somata: *somata          # the same as above, by YAML's alias
          external:
            <<: *external          # the same but for the count
            count: 160

      # Distributions have scipy.stats' names and parameters.
      connections:
        - pre: E
          post: [E, I]             # a connection of each pair
          probability: 0.05        # that two neurons are connected; or synapses, or indegree
          multapses: {truncnorm: {loc: 2, scale: 0.6, low: 1, high: 10}}  # synapses of a pair
          delay: {truncnorm: {loc: 1.3, scale: 0.5, low: 0.2}}            # ms
          synapse: {exp2: {weight: "0.12 nS", tau1: 0.2, tau2: 1.8, e: 0}} # ms, mV; or exp, alpha
          placement:               # by area times a density of depth, um
            sections: [apic, dend]
            depth: {norm: {loc: 50, scale: 100}}
        - pre: I
          post: [E, I]
          probability: 0.05
          multapses: {truncnorm: {loc: 5, scale: 1.1, low: 1, high: 10}}
          delay: {truncnorm: {loc: 1.2, scale: 0.6, low: 0.3}}
          synapse: {exp2: {weight: "2 nS", tau1: 0.1, tau2: 9, e: -80}}
          placement:
            sections: [soma, apic, dend]
            depth: {norm: {loc: -100, scale: 100}}

      probes:
        lfp:                       # potential on the z axis; radius and scale are the somata's
          gauss_cylinder:
            z: {from: 1000, to: -200, count: 13}   # um
            sigma: 0.3             # S/m
        dipole: {population_dipole: {}}

      """)
}
