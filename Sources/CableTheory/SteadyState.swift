extension LinearCable {
  /// The potentials that steady currents hold, mV, by compartment.
  ///
  /// - Parameter currents: into each compartment, nA.
  public func steadyState(injecting currents: [Double]) -> [Double] {
    precondition(currents.count == compartmentCount, "a current per compartment")
    let nodes = tree.nodeCount
    var admittance = tree.compartment.map { $0 < 0 ? 0 : conductance[$0] }
    var source = tree.compartment.map { $0 < 0 ? 0 : currents[$0] }
    var node = [Int](repeating: 0, count: compartmentCount)
    for (i, c) in tree.compartment.enumerated() where c >= 0 { node[c] = i }
    for term in relaxations {
      for (c, amplitude) in zip(term.compartments, term.amplitudes) {
        admittance[node[c]] += amplitude
      }
    }
    var factor = [Double](repeating: 0, count: nodes)
    for i in stride(from: nodes - 1, to: 0, by: -1) {
      factor[i] = 1 / (1 + admittance[i] * tree.resistance[i])
      admittance[tree.parent[i]] += admittance[i] * factor[i]
      source[tree.parent[i]] += source[i] * factor[i]
    }
    var potential = [Double](repeating: source[0] / admittance[0], count: nodes)
    for i in 1..<max(nodes, 1) {
      potential[i] = (potential[tree.parent[i]] + source[i] * tree.resistance[i]) * factor[i]
    }
    return node.map { potential[$0] }
  }

  /// The steady potential of a compartment per current into it, MOhm.
  public func inputResistance(at compartment: Int) -> Double {
    var currents = [Double](repeating: 0, count: compartmentCount)
    currents[compartment] = 1
    return steadyState(injecting: currents)[compartment]
  }
}
