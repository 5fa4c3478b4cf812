/// Solves the cable equation on a tree at many complex frequencies at once, exactly, in one sweep
/// towards the root and one back: the work per frequency is linear in the number of nodes.
///
/// With y the admittance of a node's whole subtree and r the resistance to its parent, the parent
/// sees y / (1 + y r): only additions of admittances, so that nothing cancels, and r = 0 is allowed.
/// Frequencies lie in the lanes of a vector: each lane walks the same tree.
struct TreeSweep {
  typealias Lanes = SIMD4<Double>

  private let parent: [Int]
  private let resistance: [Double]
  private let capacitance: [Double]
  private let conductance: [Double]
  private let compartment: [Int]

  /// Time constant, and the nodes with their amplitudes.
  private let relaxations: [(timeConstant: Double, nodes: [Int], amplitudes: [Double])]
  var nodeCount: Int { parent.count }

  init(_ cable: LinearCable) {
    let tree = cable.tree
    parent = tree.parent
    resistance = tree.resistance
    compartment = tree.compartment
    capacitance = tree.compartment.map { $0 < 0 ? 0 : cable.capacitance[$0] }
    conductance = tree.compartment.map { $0 < 0 ? 0 : cable.conductance[$0] }
    var node = [Int](repeating: 0, count: cable.compartmentCount)
    for (i, c) in tree.compartment.enumerated() where c >= 0 { node[c] = i }
    relaxations = cable.relaxations.map { term in
      (term.timeConstant, term.compartments.map { node[$0] }, term.amplitudes)
    }
  }

  /// The columns of a result: groups of lanes, each first the real, then the imaginary parts.
  static func columnCount(frequencies: Int) -> Int {
    2 * Lanes.scalarCount * ((frequencies + Lanes.scalarCount - 1) / Lanes.scalarCount)
  }

  /// Column of a frequency's real part; its imaginary part is `Lanes.scalarCount` further on.
  static func realColumn(_ k: Int) -> Int {
    let width = Lanes.scalarCount
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
    let columns = TreeSweep.columnCount(frequencies: frequencies.count)
    let groups = columns / (2 * Lanes.scalarCount)
    let size = nodeCount * groups * 2
    withUnsafeTemporaryAllocation(of: Lanes.self, capacity: size * sources.count) { currents in
      withUnsafeTemporaryAllocation(of: Lanes.self, capacity: 6 * nodeCount) { work in
        for group in 0..<groups {
          var (zr, zi) = (Lanes.zero, Lanes.zero)
          for lane in 0..<Lanes.scalarCount {
            // Spare lanes repeat the last frequency; nobody reads them.
            let z = frequencies[min(group * Lanes.scalarCount + lane, frequencies.count - 1)]
            (zr[lane], zi[lane]) = (z.re, z.im)
          }
          eliminate(zr, zi, work)
          for (s, weights) in sources.enumerated() {
            let target = UnsafeMutableBufferPointer(
              rebasing: currents[(s * size + group * 2)...])
            substitute(weights, work, target, stride: groups * 2)
          }
        }
      }
      currents.withMemoryRebound(to: Double.self) { entries in
        guard let base = entries.baseAddress else { return }
        for s in sources.indices { body(s, base + s * size * Lanes.scalarCount) }
      }
    }
  }

  /// Fills `work` with each node's subtree admittance y (0, 1) and factor 1 / (1 + y r) (2, 3).
  @inline(__always)
  func eliminate(_ zr: Lanes, _ zi: Lanes, _ work: UnsafeMutableBufferPointer<Lanes>) {
    let n = nodeCount
    parent.withUnsafeBufferPointer { parent in
      resistance.withUnsafeBufferPointer { resistance in
        for i in 0..<n {
          work[6 * i] = Lanes(repeating: conductance[i]) + zr * capacitance[i]
          work[6 * i + 1] = zi * capacitance[i]
        }
        for term in relaxations {
          let (tr, ti) = (1 + zr * term.timeConstant, zi * term.timeConstant)
          let scale = 1 / (tr * tr + ti * ti)
          let (fr, fi) = (tr * scale, -(ti * scale))
          for (i, amplitude) in zip(term.nodes, term.amplitudes) {
            work[6 * i] += amplitude * fr
            work[6 * i + 1] += amplitude * fi
          }
        }
        var i = n - 1
        while i > 0 {
          let (yr, yi) = (work[6 * i], work[6 * i + 1])
          let (tr, ti) = (1 + yr * resistance[i], yi * resistance[i])
          let scale = 1 / (tr * tr + ti * ti)
          let (fr, fi) = (tr * scale, -(ti * scale))
          (work[6 * i + 2], work[6 * i + 3]) = (fr, fi)
          let p = 6 * parent[i]
          work[p] += yr * fr - yi * fi
          work[p + 1] += yr * fi + yi * fr
          i -= 1
        }
      }
    }
  }

  /// Finds the currents for one source; `work` (4, 5) holds first the current that a node passes on,
  /// then its potential.
  @inline(__always)
  private func substitute(
    _ weights: [Double], _ work: UnsafeMutableBufferPointer<Lanes>,
    _ target: UnsafeMutableBufferPointer<Lanes>, stride: Int
  ) {
    let n = nodeCount
    parent.withUnsafeBufferPointer { parent in
      resistance.withUnsafeBufferPointer { resistance in
        for i in 0..<n {
          let c = compartment[i]
          work[6 * i + 4] = Lanes(repeating: c < 0 ? 0 : weights[c])
          work[6 * i + 5] = .zero
        }
        var i = n - 1
        while i > 0 {
          let (fr, fi) = (work[6 * i + 2], work[6 * i + 3])
          let (br, bi) = (work[6 * i + 4], work[6 * i + 5])
          let p = 6 * parent[i]
          work[p + 4] += br * fr - bi * fi
          work[p + 5] += br * fi + bi * fr
          i -= 1
        }
        let (yr, yi, br, bi) = (work[0], work[1], work[4], work[5])
        let scale = 1 / (yr * yr + yi * yi)
        work[4] = (br * yr + bi * yi) * scale
        work[5] = (bi * yr - br * yi) * scale
        target[0] = .zero
        target[1] = .zero
        i = 1
        while i < n {
          let (yr, yi) = (work[6 * i], work[6 * i + 1])
          let (fr, fi) = (work[6 * i + 2], work[6 * i + 3])
          let p = 6 * parent[i]
          let (vr, vi) = (work[p + 4], work[p + 5])
          let ar = yr * vr - yi * vi - work[6 * i + 4]
          let ai = yr * vi + yi * vr - work[6 * i + 5]
          let (jr, ji) = (ar * fr - ai * fi, ar * fi + ai * fr)
          target[i * stride] = jr
          target[i * stride + 1] = ji
          work[6 * i + 4] = vr - jr * resistance[i]
          work[6 * i + 5] = vi - ji * resistance[i]
          i += 1
        }
      }
    }
  }
}
