#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// One step for several drives, whose values lie side by side.
struct EulerStepper {
  let parent: [Int]
  let resistance: [Double]
  let stored: [Double]
  let factor: [Double]
  let admittance: [Double]
  let lanes: Int

  /// Gates of linearised channels: node, amplitude, decay over a step, and the state per lane, which
  /// relaxes towards the potential.
  private let gates: [(node: Int, amplitude: Double, approach: Double)]
  var states: [Double]

  init(_ cable: LinearCable, dt: Double, lanes: Int) {
    let tree = cable.tree
    parent = tree.parent
    resistance = tree.resistance
    stored = tree.compartment.map { $0 < 0 ? 0 : cable.capacitance[$0] / dt }
    var admittance = zip(stored, tree.compartment).map {
      $0 + ($1 < 0 ? 0 : cable.conductance[$1])
    }
    var factor = [Double](repeating: 0, count: tree.nodeCount)
    for i in stride(from: tree.nodeCount - 1, to: 0, by: -1) {
      factor[i] = 1 / (1 + admittance[i] * resistance[i])
      admittance[parent[i]] += admittance[i] * factor[i]
    }
    self.factor = factor
    self.admittance = admittance
    self.lanes = lanes
    var node = [Int](repeating: 0, count: cable.compartmentCount)
    for (i, c) in tree.compartment.enumerated() where c >= 0 { node[c] = i }
    gates = cable.relaxations.flatMap { term in
      zip(term.compartments, term.amplitudes).map {
        (node[$0], $1, -expm1(-dt / term.timeConstant))
      }
    }
    states = Array(repeating: 0, count: gates.count * lanes)
  }

  /// Advances `potential`; `axial` becomes the current that enters each node from its parent.
  mutating func step(
    _ potential: inout [Double], _ axial: inout [Double], weights: [Double], courses: [Double]
  ) {
    // `axial` holds the right-hand side on the way to the root.
    for i in parent.indices {
      for l in 0..<lanes {
        let k = i * lanes + l
        axial[k] = stored[i] * potential[k] + weights[k] * courses[l]
      }
    }
    for (k, gate) in gates.enumerated() {
      for l in 0..<lanes { axial[gate.node * lanes + l] -= gate.amplitude * states[k * lanes + l] }
    }
    for i in stride(from: parent.count - 1, to: 0, by: -1) {
      for l in 0..<lanes { axial[parent[i] * lanes + l] += axial[i * lanes + l] * factor[i] }
    }
    for l in 0..<lanes {
      potential[l] = axial[l] / admittance[0]
      axial[l] = 0
    }
    for i in 1..<max(parent.count, 1) {
      for l in 0..<lanes {
        let (k, above) = (i * lanes + l, potential[parent[i] * lanes + l])
        let current = (admittance[i] * above - axial[k]) * factor[i]
        potential[k] = above - current * resistance[i]
        axial[k] = current
      }
    }
    // Gates follow after the potential, as in NEURON's staggered step.
    for (k, gate) in gates.enumerated() {
      for l in 0..<lanes {
        states[k * lanes + l] +=
          gate.approach * (potential[gate.node * lanes + l] - states[k * lanes + l])
      }
    }
  }
}
