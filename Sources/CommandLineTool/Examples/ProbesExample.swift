extension ExampleDescription {
  /// One network, seen by every sort of probe.
  static let probes = ExampleDescription(
    name: "probes",
    summary: "one network seen by every sort of probe: LFP, CSD, ECoG, dipole, EEG and MEG",
    text: """
      # Pyramidal cells (E) that receive synapses from each other and from interneurons (I): the
      # populations of the README's example, seen by every sort of probe.
      #
      #   lfpkernels kernels probes.yaml -o kernels.h5 --plot kernels.png
      #
      # Keep the probes that you need. Numbers are in the unit that stands beside them.

      time: {dt: 0.0625, tau: 50}      # ms

      cells:
        pyramidal:
          sections:                    # points are [x, y, z, diameter] in um
            soma: {points: [[0, 0, -15, 30], [0, 0, 15, 30]]}
            dend: {points: [[0, 0, -15, 2], [0, 0, -215, 2]], parent: soma(0)}
            apic: {points: [[0, 0, 15, 3], [0, 0, 1015, 3]], parent: soma(1)}
          membrane: [{passive: {g: 0.0003}}]  # S/cm2
          vrest: -65                   # mV

      populations:
        E:
          size: 8192
          rate: 2.5                    # spikes/s of one neuron
          cell: pyramidal
          somata: {radius: 150, depth: {norm: {loc: 0, scale: 75}}}    # um
          external: {count: 450, rate: 40, synapse: {exp2: {weight: 0.0002, tau1: 0.2, tau2: 1.8, e: 0}}}
        I: {size: 1024, rate: 5}       # presynaptic only

      connections:
        - pre: E
          post: E
          probability: 0.05
          multapses: {truncnorm: {loc: 2, scale: 0.6, low: 1, high: 10}}
          delay: {truncnorm: {loc: 1.3, scale: 0.5, low: 0.2}}         # ms
          synapse: {exp2: {weight: "0.12 nS", tau1: 0.2, tau2: 1.8, e: 0}}
          placement: {sections: [apic, dend], depth: {norm: {loc: 50, scale: 100}}}
        - pre: I
          post: E
          probability: 0.05
          multapses: {truncnorm: {loc: 5, scale: 1.1, low: 1, high: 10}}
          delay: {truncnorm: {loc: 1.2, scale: 0.6, low: 0.3}}
          synapse: {exp2: {weight: "2 nS", tau1: 0.1, tau2: 9, e: -80}}
          placement: {sections: [soma, apic, dend], depth: {norm: {loc: -100, scale: 100}}}

      probes:
        # Potentials and current source densities are means over the population's somata; with
        # `average: cell` they are those of one cell on the z axis.
        LFP:
          line_source:                 # or point_source, soma_as_point
            x: 0                       # or file: probe.json, with position and rotation
            y: 0
            z: {from: 1200, to: -400, count: 17}     # um
            contact: {disc: 7.5}       # radius, um; or square, rectangle; or leave it out for points
            normal: [1, 0, 0]          # the direction in which contacts face
            sigma: 0.3                 # S/m; or [sx, sy, sz]
            tolerance: 1.0e-4          # of the mean, relative to its largest entry; 1e-6 unless told

        CSD:
          laminar_csd:
            z: {from: 1250, to: -450, count: 18}     # um, the edges of 17 layers
            radius: 150                # um

        ECoG:                          # an array on the cortex, 185 um above the tips of the dendrites
          ecog:
            x: [-600, -200, 200, 600, -600, -200, 200, 600, -600, -200, 200, 600, -600, -200, 200, 600]
            y: [-600, -600, -600, -600, -200, -200, -200, -200, 200, 200, 200, 200, 600, 600, 600, 600]
            z: 1200
            surface: 1200              # um
            contact: {disc: 100}
            normal: [0, 0, 1]
            tissue: 0.3                # S/m
            above: 1.7                 # S/m, cerebrospinal fluid
            tolerance: 1.0e-4

        dipole: {population_dipole: {}}          # or dipole, for the three components of one cell

        EEG:                           # scalp over skull, cerebrospinal fluid and brain
          eeg:
            electrodes: &cap           # angles from the z axis and about it; or a list of [x, y, z], or file
              theta: {from: 0, to: "90 deg", count: 6}
              phi: {from: 0, to: "330 deg", count: 12}
            location: [0, 30000, 71000]          # um from the centre: where the population is
            axis: [0, 1, 1]            # where its z axis points; outwards unless told
            unit: uV

        MEG:                           # outside a spherical conductor
          meg:
            sensors: {<<: *cap, radius: 110000}  # um
            normals: radial            # or leave it out for all three components
            location: [0, 30000, 71000]
            axis: [0, 1, 1]
            unit: fT

      """)
}
