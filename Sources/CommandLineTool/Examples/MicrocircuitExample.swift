import Foundation

extension ExampleDescription {
  /// Eight populations in four layers, and the thalamus.
  static let microcircuit = ExampleDescription(
    name: "microcircuit",
    summary: "the cortical microcircuit of Potjans & Diesmann 2014: 8 populations and the thalamus",
    text: MicrocircuitText.whole)
}

/// The description of `Microcircuit` as text.
enum MicrocircuitText {
  static let whole =
    head + MicrocircuitCells.text + "\n" + populations + "\n" + connections + "\n" + probes

  private static let head = """
    # The cortical microcircuit of Potjans & Diesmann (2014, doi:10.1093/cercor/bhs358): four layers
    # under 1 mm2 of surface, each with excitatory (E) and inhibitory (I) neurons, and thalamic input
    # (TC). Sizes, connection probabilities, weights, delays and mean rates are the paper's. Its neurons
    # are points: that synapses lie in the layer of the presynaptic population, where the dendrites reach
    # it, and the shapes of the cells are assumptions of this example. Of the 8 x 9 pathways, those that
    # have synapses are listed.
    #
    #   lfpkernels kernels microcircuit.yaml -o kernels.h5
    #   lfpkernels poisson microcircuit.yaml -o spikes.h5 --duration 10000
    #   lfpkernels predict kernels.h5 spikes.h5 -o signals.h5 --plot signals.png
    #
    # z is the depth below the surface of the cortex, upwards positive, um.

    time: {dt: 0.1, tau: 100, lags: fir}     # ms


    """

  private static var populations: String {
    var lines = [
      "# Sizes, rates (spikes/s) and external synapses; somata on a disc of 1 mm2 around their layer's middle.",
      "populations:",
    ]
    for population in Microcircuit.populations {
      let depth = Microcircuit.somata(population.layer)
      lines += [
        "  \(population.name):",
        "    size: \(population.size)",
        "    rate: \(population.rate)",
        "    cell: \(population.name)",
        "    somata: {radius: 564.19, depth: {uniform: {loc: \(number(depth - 50)), scale: 100}}}",
        "    external: {count: \(population.external), rate: 8, "
          + "synapse: {exp: {weight: 0.0878, tau: 0.5}, current: true}}",
      ]
    }
    let thalamus = Microcircuit.thalamus
    lines.append(
      "  \(thalamus.name): {size: \(thalamus.size), rate: \(number(thalamus.rate))}"
        + "     # presynaptic only")
    return lines.joined(separator: "\n") + "\n"
  }

  private static var connections: String {
    var lines = [
      "# Currents of 87.8 pA (0.15 mV at the soma of the paper's point neurons), four times as strong and",
      "# inward when inhibitory; from L4E onto L23E twice as strong. Numbers of synapses are those that",
      "# give the paper's connection probabilities.",
      "connections:",
    ]
    for (target, post) in Microcircuit.populations.enumerated() {
      for (source, probability) in Microcircuit.probabilities[target].enumerated()
      where probability > 0 {
        lines += connection(from: source, onto: post, probability: probability)
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func connection(
    from source: Int, onto post: Microcircuit.Population, probability: Double
  ) -> [String] {
    let pre = source < 8 ? Microcircuit.populations[source] : nil
    let name = pre?.name ?? Microcircuit.thalamus.name
    let isExcitatory = pre?.isExcitatory ?? true
    let weight = isExcitatory ? (name == "L4E" && post.name == "L23E" ? 0.1756 : 0.0878) : -0.3512
    let delay =
      isExcitatory ? "loc: 1.5, scale: 0.75, low: 0.1" : "loc: 0.75, scale: 0.375, low: 0.1"
    let synapses = Microcircuit.synapses(
      probability: probability, pre: pre?.size ?? Microcircuit.thalamus.size, post: post.size)
    // Thalamic axons end in the layers of their targets.
    let layer = pre?.layer ?? post.layer
    return [
      "  - pre: \(name)",
      "    post: \(post.name)",
      "    synapses: \(synapses)     # probability \(probability)",
      "    delay: {truncnorm: {\(delay)}}",
      "    synapse: {exp: {weight: \(weight), tau: 0.5}, current: true}",
      "    placement: \(placement(onto: post, isExcitatory: isExcitatory, layer: layer))",
    ]
  }

  private static func placement(
    onto post: Microcircuit.Population, isExcitatory: Bool, layer: Int
  ) -> String {
    let soma = Microcircuit.somata(post.layer)
    if !isExcitatory {
      return "{depth: {norm: {loc: \(number(soma)), scale: 60}}}"
    }
    let reach = MicrocircuitCells.reach(of: post.name)
    let bounds = Microcircuit.layers[layer]
    // At least 30 um of dendrite in the layer, or the synapses lie in the target's own.
    let overlap =
      min(bounds.top, soma + reach.upperBound) - max(bounds.bottom, soma + reach.lowerBound)
    let (top, bottom) = overlap >= 30 ? bounds : Microcircuit.layers[post.layer]
    let sections = post.isExcitatory ? "[dend, apic]" : "[dend]"
    return "{sections: \(sections), depth: {uniform: {loc: \(number(bottom)), "
      + "scale: \(number(((top - bottom) * 10).rounded() / 10))}}}"
  }

  private static let probes = """
    probes:
      # Means over each population, to 1e-4 of the largest entry.
      LFP: {line_source: {x: 0, y: 0, z: {from: 0, to: -1500, count: 16}, sigma: 0.3, tolerance: 1.0e-4}}
      CSD: {laminar_csd: {z: {from: 50, to: -1550, count: 17}, radius: 564.19, tolerance: 1.0e-4}}
      dipole: {population_dipole: {}}

    """

  /// A number with at most four decimals.
  static func number(_ value: Double) -> String {
    let short = (value * 1e4).rounded() / 1e4
    return short == short.rounded() ? String(Int(short)) : String(short)
  }
}
