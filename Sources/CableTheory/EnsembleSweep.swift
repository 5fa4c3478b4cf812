internal import LinearAlgebra

/// Solves all cells of an ensemble at many complex frequencies: outputs per unit of each drive's time
/// course.
///
/// Members with the same membrane share an elimination: their drives are further right-hand sides.
struct EnsembleSweep: Sendable {
  private struct Group: Sendable {
    var sweep: TreeSweep
    var members: [Int]
  }

  private let groups: [Group]

  /// For each member outputs × nodes, differences along the tree.
  private let outputs: [Matrix]

  /// Bounds on where poles can lie off the real axis.
  let poles: OffAxisPoles
  let hasRelaxations: Bool
  let nodeCount: Int
  var outputCount: Int { outputs[0].rows }

  /// Nodes of all members together.
  var solvedNodeCount: Int { nodeCount * outputs.count }

  init(_ ensemble: CableEnsemble) {
    outputs = ensemble.members.map { $0.cable.axialOutputs(of: $0.outputs) }
    var groups: [Group] = []
    var cables: [LinearCable] = []
    for (index, member) in ensemble.members.enumerated() {
      if let known = cables.firstIndex(where: { $0.hasSameMembrane(as: member.cable) }) {
        groups[known].members.append(index)
      } else {
        cables.append(member.cable)
        groups.append(Group(sweep: TreeSweep(member.cable), members: [index]))
      }
    }
    self.groups = groups
    poles = OffAxisPoles(cables)
    hasRelaxations = cables.contains { !$0.relaxations.isEmpty }
    nodeCount = ensemble.members[0].cable.tree.nodeCount
  }

  /// Outputs × columns of `TreeSweep` for each drive.
  ///
  /// - Parameter weights: for each drive and member the current into each compartment, nA.
  func transfers(at frequencies: [Complex], weights: [[[Double]]]) -> [Matrix] {
    let columns = TreeSweep.columnCount(frequencies: frequencies.count)
    let (rows, nodes) = (outputCount, nodeCount)
    var transfers = weights.map { _ in Matrix(rows: rows, columns: columns) }
    guard nodes > 1 else { return transfers }
    for group in groups {
      // Some frequencies at a time: all currents along the tree would not fit the cache.
      let perChunk = min(64, max(16, 256 / (group.members.count * weights.count) / 8 * 8))
      for first in stride(from: 0, to: frequencies.count, by: perChunk) {
        let chunk = Array(frequencies[first..<min(first + perChunk, frequencies.count)])
        let width = TreeSweep.columnCount(frequencies: chunk.count)
        let sources = group.members.flatMap { member in weights.map { $0[member] } }
        group.sweep.axialCurrents(frequencies: chunk, sources: sources) { source, currents in
          let (member, drive) = source.quotientAndRemainder(dividingBy: weights.count)
          transfers[drive].withUnsafeMutableEntries { target in
            outputs[group.members[member]].withUnsafeEntries { entries in
              guard let base = target.baseAddress, let matrix = entries.baseAddress else { return }
              matrixProduct(
                m: rows, n: width, k: nodes - 1, matrix + 1, rowStride: nodes, currents + width,
                rowStride: width, beta: 1, into: base + 2 * first, rowStride: columns)
            }
          }
        }
      }
    }
    return transfers
  }

  /// What outputs are at most without cancellation: the largest sum over members of entries × currents.
  func largestOutput(of rows: Range<Int>, weights: [[Double]]) -> Double {
    var sum = 0.0
    for (matrix, weights) in zip(outputs, weights) {
      let injected = weights.reduce(0) { $0 + abs($1) }
      sum += injected * rows.reduce(0) { matrix.largestMagnitude(row: $1, atLeast: $0) }
    }
    return sum
  }
}

extension LinearCable {
  /// Whether two cables of one tree differ in nothing.
  func hasSameMembrane(as other: LinearCable) -> Bool {
    conductance == other.conductance && capacitance == other.capacitance
      && relaxations == other.relaxations
  }
}
