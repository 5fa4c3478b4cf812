public import CellMorphology
internal import LinearAlgebra

/// A cell whose membrane is linear: a tree of compartments, each with a capacitance and a
/// conductance to rest.
///
/// In nF, uS, mV, ms and nA the cable equation C dV/dt + g V + (axial currents) = I needs no factors.
public struct LinearCable: Sendable, Equatable {
  public let tree: CompartmentTree

  /// Capacitance of each compartment, nF.
  public let capacitance: [Double]

  /// Membrane conductance of each compartment, uS.
  public let conductance: [Double]

  /// - Throws: `CableError` when a number is negative or not finite, or the cell has no capacitance.
  public init(
    tree: CompartmentTree, capacitance: [Double], conductance: [Double]
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
    self.tree = tree
    self.capacitance = capacitance
    self.conductance = conductance
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

/// What makes a cable impossible to solve.
public enum CableError: Error, Sendable, Equatable, CustomStringConvertible {
  case parameter(name: String, compartment: Int, value: Double, unit: String)
  case noCapacitance

  /// The exact solver's checks found a larger error than was allowed, also with more nodes.
  case inaccurate(estimate: Double, tolerance: Double)

  public var description: String {
    switch self {
    case .parameter(let name, let compartment, let value, let unit):
      "compartment \(compartment) has \(name) \(value) \(unit); it must be finite and not negative"
    case .noCapacitance: "no compartment has a capacitance; cm must be positive somewhere"
    case .inaccurate(let estimate, let tolerance):
      "the exact solver reaches an error of \(estimate) relative to the kernel's maximum, above the "
        + "tolerance \(tolerance); allow a larger tolerance or use solver: backward-euler"
    }
  }
}
