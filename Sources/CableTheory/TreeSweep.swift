internal import CVectorMath

/// Solves the cable equation on a tree at many complex frequencies at once, exactly, in one sweep
/// towards the root and one back: the work per frequency is linear in the number of nodes.
///
/// With y the admittance of a node's whole subtree and r the resistance to its parent, the parent
/// sees y / (1 + y r): only additions of admittances, so that nothing cancels, and r = 0 is allowed.
/// Frequencies lie in the lanes of a vector: each lane walks the same tree.
struct TreeSweep {
  /// Frequencies that are solved side by side.
  static let laneCount = 8

  private let parent: [UInt]
  private let resistance: [Double]
  private let capacitance: [Double]
  private let conductance: [Double]

  /// The compartment of each node; -1 for a junction.
  private let compartment: [Int]

  /// Relaxations one after another: their time constants, where the terms of each begin, and the nodes
  /// and amplitudes of these.
  private let timeConstants: [Double]
  private let firstTerms: [UInt]
  private let termNodes: [UInt]
  private let amplitudes: [Double]
  var nodeCount: Int { parent.count }

  init(_ cable: LinearCable) {
    let tree = cable.tree
    // The root's is never used.
    parent = tree.parent.map { UInt(max($0, 0)) }
    resistance = tree.resistance
    compartment = tree.compartment
    capacitance = tree.compartment.map { $0 < 0 ? 0 : cable.capacitance[$0] }
    conductance = tree.compartment.map { $0 < 0 ? 0 : cable.conductance[$0] }
    var node = [Int](repeating: 0, count: cable.compartmentCount)
    for (i, c) in tree.compartment.enumerated() where c >= 0 { node[c] = i }
    timeConstants = cable.relaxations.map(\.timeConstant)
    firstTerms = cable.relaxations.reduce(into: [0]) {
      $0.append(($0.last ?? 0) + UInt($1.compartments.count))
    }
    termNodes = cable.relaxations.flatMap { $0.compartments.map { UInt(node[$0]) } }
    amplitudes = cable.relaxations.flatMap(\.amplitudes)
  }

  /// The columns of a result: groups of lanes, each first the real, then the imaginary parts.
  static func columnCount(frequencies: Int) -> Int {
    2 * laneCount * ((frequencies + laneCount - 1) / laneCount)
  }

  /// Column of a frequency's real part; its imaginary part is `laneCount` further on.
  static func realColumn(_ k: Int) -> Int {
    let width = laneCount
    return k / width * 2 * width + k % width
  }

  /// The current that enters each node from its parent when currents `weights` (per compartment, nA)
  /// are injected, for each source: nodes × columns, node 0 being 0.
  ///
  /// - Parameter frequencies: z, 1/ms, none with y = 0 at the root.
  func axialCurrents(
    frequencies: [Complex], sources: [[Double]],
    body: (_ source: Int, _ currents: UnsafePointer<Double>) -> Void
  ) {
    let width = TreeSweep.laneCount
    let columns = TreeSweep.columnCount(frequencies: frequencies.count)
    let perNode = 2 * width
    let injected = sources.map { weights in compartment.map { $0 < 0 ? 0 : weights[$0] } }
    withUnsafeTemporaryAllocation(
      of: Double.self, capacity: sources.count * nodeCount * columns + 3 * nodeCount * perNode
    ) { memory in
      guard let y = memory.baseAddress else { return }
      let (f, work) = (y + nodeCount * perNode, y + 2 * nodeCount * perNode)
      let currents = y + 3 * nodeCount * perNode
      var z = [Double](repeating: 0, count: perNode)
      for group in 0..<columns / perNode {
        for lane in 0..<width {
          // Spare lanes repeat the last frequency; nobody reads them.
          let frequency = frequencies[min(group * width + lane, frequencies.count - 1)]
          (z[lane], z[width + lane]) = (frequency.re, frequency.im)
        }
        eliminate(z, y, f)
        for s in sources.indices {
          cvm_tree_substitute(
            nodeCount, parent, resistance, y, f, injected[s], work,
            currents + s * nodeCount * columns + group * perNode, columns)
        }
      }
      for s in sources.indices { body(s, currents + s * nodeCount * columns) }
    }
  }

  private func eliminate(
    _ z: [Double], _ y: UnsafeMutablePointer<Double>, _ f: UnsafeMutablePointer<Double>
  ) {
    cvm_tree_eliminate(
      nodeCount, parent, resistance, conductance, capacitance, timeConstants.count, timeConstants,
      firstTerms, termNodes, amplitudes, z, y, f)
  }

  /// What elimination divides by at one frequency, root first: the product is the determinant of the
  /// cable's equations up to a constant.
  func pivots(at z: Complex) -> [Complex] {
    let width = TreeSweep.laneCount
    let perNode = 2 * width
    var y = [Double](repeating: 0, count: nodeCount * perNode)
    var f = y
    eliminate(
      Array(repeating: z.re, count: width) + Array(repeating: z.im, count: width), &y, &f)
    return (0..<nodeCount).map { i in
      i == 0
        ? Complex(y[0], y[width])
        : Complex(f[perNode * i], f[perNode * i + width]).reciprocal
    }
  }
}
