extension ExampleDescription {
  /// A network on a cell from a morphology file, with Ih.
  static let pyramidal = ExampleDescription(
    name: "pyramidal",
    summary: "a branched pyramidal cell from an SWC file, with Ih that grows along its dendrites",
    text: """
      # Pyramidal cells (E) whose shape comes from a morphology file and whose dendrites have Ih, driven
      # by themselves and by interneurons (I) around their somata.
      #
      #   lfpkernels cell pyramidal.swc --plot cell.png
      #   lfpkernels kernels pyramidal.yaml -o kernels.h5 --plot kernels.png

      time: {dt: 0.1, tau: 100}            # ms

      cells:
        pyramidal:
          morphology: pyramidal.swc        # SWC, Neurolucida ASC or hoc
          discretization: {lambda_f: 100}  # Hz
          Ra: 100                          # ohm cm
          cm: {otherwise: 1, dend: 2, apic: 2}     # uF/cm2; spines double the dendrites' membrane
          membrane:
            - passive: {g: 5.0e-5}         # S/cm2
            - Ih: {g: 2.0e-4, e: -45, approximation: quasi_active}
              sections: [soma, dend]
            # From the soma to the farthest tip the density grows about fortyfold.
            - Ih:
                g: {exponential: {g: 2.0e-4, offset: -0.8696, amplitude: 2.087, length: 0.27654, relative: true}}
                e: -45
              sections: [apic]
          vrest: -70                       # mV

      populations:
        E:
          size: 4000
          rate: 3                          # spikes/s
          cell: pyramidal
          somata: {radius: 200, depth: {norm: {loc: 0, scale: 80}}}
          external: {count: 800, rate: 4, synapse: {exp2: {weight: 0.0002, tau1: 0.2, tau2: 1.8, e: 0}}}
        I: {size: 1000, rate: 6}           # presynaptic only

      connections:
        - pre: E
          post: E
          probability: 0.1
          multapses: {poisson: {mu: 2, loc: 1}}
          delay: {truncnorm: {loc: 1.5, scale: 0.6, low: 0.3}}       # ms
          synapse: {exp2: {weight: 0.0001, tau1: 0.2, tau2: 1.8, e: 0}}
          placement: {sections: [dend, apic]}
        - pre: I
          post: E
          probability: 0.2
          multapses: {poisson: {mu: 4, loc: 1}}
          delay: {truncnorm: {loc: 1, scale: 0.4, low: 0.2}}
          synapse: {exp2: {weight: 0.0005, tau1: 0.3, tau2: 6, e: -80}}
          placement: {sections: [soma, dend, apic], depth: {norm: {loc: 0, scale: 60}}}

      probes:
        lfp: {gauss_cylinder: {z: {from: 1000, to: -300, count: 14}, sigma: 0.3}}
        dipole: {population_dipole: {}}

      """,
    files: ["pyramidal.swc": { GrownCell.swc() }])
}
