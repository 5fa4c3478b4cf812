public import CellMorphology
internal import LinearAlgebra

/// A part of a membrane's current that follows the potential with a time constant, as the gates of a
/// linearised channel do: its admittance is amplitude / (1 + s timeConstant).
public struct Relaxation: Sendable, Equatable {
  /// ms.
  public var timeConstant: Double

  /// The compartments that have it.
  public var compartments: [Int]

  /// The amplitude in each of them, uS; of either sign.
  public var amplitudes: [Double]

  public init(timeConstant: Double, compartments: [Int], amplitudes: [Double]) {
    precondition(compartments.count == amplitudes.count, "an amplitude per compartment")
    self.timeConstant = timeConstant
    self.compartments = compartments
    self.amplitudes = amplitudes
  }
}

/// A cell whose membrane is linear: a tree of compartments, each with a capacitance, a conductance to
/// rest and what relaxes with time constants of its own. The admittance of a compartment's membrane is
///
///     y(s) = s C + g + sum_k a_k / (1 + s tau_k)
///
/// In nF, uS, mV, ms and nA the cable equation C dV/dt + g V + (axial currents) = I needs no factors.
public struct LinearCable: Sendable, Equatable {
  public let tree: CompartmentTree

  /// Capacitance of each compartment, nF.
  public let capacitance: [Double]

  /// Membrane conductance of each compartment, uS.
  public let conductance: [Double]
  public let relaxations: [Relaxation]

  /// - Throws: `CableError` when a number is not finite, a capacitance, conductance or time constant is
  ///   negative, or the cell has no capacitance.
  public init(
    tree: CompartmentTree, capacitance: [Double], conductance: [Double],
    relaxations: [Relaxation] = []
  ) throws(CableError) {
    let count = tree.compartment.reduce(0) { $0 + ($1 >= 0 ? 1 : 0) }
    precondition(capacitance.count == count && conductance.count == count)
    for i in 0..<count {
      guard capacitance[i] >= 0, capacitance[i].isFinite else {
        throw .parameter(name: "capacitance", compartment: i, value: capacitance[i], unit: "nF")
      }
      guard conductance[i] >= 0, conductance[i].isFinite else {
        throw .parameter(name: "conductance", compartment: i, value: conductance[i], unit: "uS")
      }
    }
    guard capacitance.contains(where: { $0 > 0 }) else { throw .noCapacitance }
    for term in relaxations {
      let first = term.compartments.first ?? 0
      precondition(term.compartments.allSatisfy { $0 >= 0 && $0 < count })
      guard term.timeConstant > 0, term.timeConstant.isFinite else {
        throw .parameter(
          name: "a time constant", compartment: first, value: term.timeConstant, unit: "ms")
      }
      if let k = term.amplitudes.firstIndex(where: { !$0.isFinite }) {
        throw .parameter(
          name: "a channel's conductance", compartment: term.compartments[k],
          value: term.amplitudes[k], unit: "uS")
      }
    }
    self.tree = tree
    self.capacitance = capacitance
    self.conductance = conductance
    self.relaxations = relaxations
  }

  public var compartmentCount: Int { capacitance.count }

  /// For outputs that are sums over compartments of matrix × membrane current, the same outputs as
  /// sums over nodes of the returned matrix × the current that enters a node from its parent.
  ///
  /// As those currents are what the membrane of a whole subtree carries, membrane currents sum to
  /// zero by construction, and an output loses no digits where all currents nearly cancel.
  ///
  /// - Parameter matrix: outputs × compartments.
  /// - Returns: outputs × nodes; the root's column is 0.
  func axialOutputs(of matrix: Matrix) -> Matrix {
    let nodes = tree.nodeCount
    // A junction has no membrane: any value will do, and its parent's makes its own column 0.
    var owner = tree.compartment
    for i in 0..<nodes where owner[i] < 0 { owner[i] = owner[tree.parent[i]] }
    return Matrix(rows: matrix.rows, columns: nodes) { target in
      matrix.withUnsafeEntries { source in
        for e in 0..<matrix.rows {
          let row = e * matrix.columns
          target[e * nodes] = 0
          for i in 1..<max(nodes, 1) {
            target[e * nodes + i] = source[row + owner[i]] - source[row + owner[tree.parent[i]]]
          }
        }
      }
    }
  }
}
