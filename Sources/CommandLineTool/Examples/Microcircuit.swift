import Foundation

/// The numbers of the cortical microcircuit under 1 mm2 of surface: Potjans & Diesmann 2014 (Cereb
/// Cortex 24:785, doi:10.1093/cercor/bhs358), tables 4 to 6. Indices are those of `populations`.
enum Microcircuit {
  struct Population {
    let name: String
    let size: Int

    /// Spontaneous rate of one neuron, spikes/s (table 6).
    let rate: Double

    /// External synapses per neuron, each at 8 spikes/s (table 5).
    let external: Int
    let layer: Int
    var isExcitatory: Bool { name.hasSuffix("E") }
  }

  static let populations = [
    Population(name: "L23E", size: 20683, rate: 0.86, external: 1600, layer: 0),
    Population(name: "L23I", size: 5834, rate: 2.80, external: 1500, layer: 0),
    Population(name: "L4E", size: 21915, rate: 4.45, external: 2100, layer: 1),
    Population(name: "L4I", size: 5479, rate: 5.93, external: 1900, layer: 1),
    Population(name: "L5E", size: 4850, rate: 7.59, external: 2000, layer: 2),
    Population(name: "L5I", size: 1065, rate: 8.64, external: 1900, layer: 2),
    Population(name: "L6E", size: 14395, rate: 1.09, external: 2900, layer: 3),
    Population(name: "L6I", size: 2948, rate: 7.88, external: 2100, layer: 3),
  ]

  /// The thalamus: neurons, and the rate of each while a stimulus lasts, spikes/s.
  static let thalamus = (name: "TC", size: 902, rate: 15.0)

  /// Probability that a pair has at least one synapse: a row per target, a column per source, the
  /// thalamus last.
  static let probabilities: [[Double]] = [
    [0.1009, 0.1689, 0.0437, 0.0818, 0.0323, 0, 0.0076, 0, 0],
    [0.1346, 0.1371, 0.0316, 0.0515, 0.0755, 0, 0.0042, 0, 0],
    [0.0077, 0.0059, 0.0497, 0.1350, 0.0067, 0.0003, 0.0453, 0, 0.0983],
    [0.0691, 0.0029, 0.0794, 0.1597, 0.0033, 0, 0.1057, 0, 0.0619],
    [0.1004, 0.0622, 0.0505, 0.0057, 0.0831, 0.3726, 0.0204, 0, 0],
    [0.0548, 0.0269, 0.0257, 0.0022, 0.0600, 0.3158, 0.0086, 0, 0],
    [0.0156, 0.0066, 0.0211, 0.0166, 0.0572, 0.0197, 0.0396, 0.2252, 0.0512],
    [0.0364, 0.0010, 0.0034, 0.0005, 0.0277, 0.0080, 0.0658, 0.1443, 0.0196],
  ]

  /// Upper and lower bounds of layers 2/3, 4, 5 and 6 below the surface, um (Hagen et al. 2016, Cereb
  /// Cortex 26:4461, after Stepanyants et al. 2008).
  static let layers: [(top: Double, bottom: Double)] = [
    (-81.6, -587.1), (-587.1, -922.2), (-922.2, -1170.0), (-1170.0, -1491.7),
  ]

  /// Synapses in all that make a pair connected with this probability when each synapse picks its two
  /// neurons at random (equation 1 of the paper).
  static func synapses(probability: Double, pre: Int, post: Int) -> Int {
    let pairs = Double(pre) * Double(post)
    return Int((log1p(-probability) / log1p(-1 / pairs)).rounded())
  }

  /// Depth of the somata of a layer, um.
  static func somata(_ layer: Int) -> Double {
    ((layers[layer].top + layers[layer].bottom) / 2).rounded()
  }
}
